// A citizen's number (BSN): taken in to find somebody, checked, and never repeated, stored or logged.

import { SchakelError } from "./errors";

declare const brand: unique symbol;
/** Nine digits that pass the elfproef. */
export type Bsn = string & { readonly [brand]: "Bsn" };

const WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2, -1];

/** Does a text of nine digits pass the elfproef (9a+8b+7c+6d+5e+4f+3g+2h-i divisible by 11, not all zero)? */
export function passesElfproef(text: string): boolean {
  if (!/^\d{9}$/.test(text) || /^0+$/.test(text)) return false;
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(text[place]), 0);
  return sum % 11 === 0;
}

/** A BSN out of what was typed; throws INPUT_INVALID that names the argument and never the value. */
export function toBsn(argument: string, text: string): Bsn {
  if (!passesElfproef(text)) {
    throw new SchakelError("INPUT_INVALID", { argument, expected: "nine digits that pass the elfproef" });
  }
  return text as Bsn;
}
