// Checks on the few texts that people write in their own words: long enough to say something, no room for a file, no BSN.

import { SchakelError } from "./errors";

const invalid = (argument: string, expected: string): SchakelError =>
  new SchakelError("INPUT_INVALID", { argument, expected });

const CONTROL_CHARACTERS = /\p{Cc}/u;
/** Characters that are not seen, such as a zero-width space. */
const UNSEEN = /\p{Cf}/gu;
/** Groups of digits with no letter, and no more than " - ", between them. */
const DIGITS_APART = /\p{Nd}+(?:[^\p{L}\p{N}]{1,3}\p{Nd}+)*/gu;
const GROUP = /\p{Nd}+/gu;
const BSN_DIGITS = 9;

/** How many characters a text may have. */
export interface TextLength {
  readonly least: number;
  readonly most: number;
}

/**
 * The text with single spaces, or INPUT_INVALID with the argument and what is expected; the text is never repeated.
 * Refused are a text that is too short or too long, and nine digits that may be a BSN, also with dots or spaces between.
 */
export function textOf(argument: string, value: string, { least, most }: TextLength): string {
  const text = value.replaceAll(/\s+/gu, " ").trim();
  // Counted as the database counts: by character, not by half of one.
  const { length } = Array.from(text);
  if (length < least || length > most) throw invalid(argument, `${least} to ${most} characters`);
  if (CONTROL_CHARACTERS.test(text)) throw invalid(argument, "letters, digits and punctuation only");
  if (mayHoldBsn(text))
    throw invalid(argument, "no BSN: no nine digits in a row, with or without marks between");
  return text;
}

/** The same for a text that may be left out or empty. */
export function optionalTextOf(
  argument: string,
  value: string | null | undefined,
  length: TextLength,
): string | null {
  return value == null || value.trim() === "" ? null : textOf(argument, value, length);
}

/** Nine digits in whole groups: 123456782, 1234.56.782, 123 456 782. A longer group, such as a phone number, is none. */
function mayHoldBsn(text: string): boolean {
  const seen = text.normalize("NFKC").replaceAll(UNSEEN, "");
  return [...seen.matchAll(DIGITS_APART)].some(([run]) => {
    const groups = (run.match(GROUP) ?? []).map((group) => group.length);
    return groups.some((_, first) => {
      let digits = 0;
      return groups.slice(first).some((group) => (digits += group) === BSN_DIGITS);
    });
  });
}
