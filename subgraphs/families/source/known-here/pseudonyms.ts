// The pseudonyms that a BSN stands for, made when they are needed.

import type { Bsn } from "../../../../shared/kernel/bsn";
import { pseudonymOf } from "../../../../shared/sources/pseudonym";
import { validKeys } from "../../../../shared/sources/pseudonym-keys";
import type { FindingStores } from "../families-stores";

/** A pseudonym at one organisation. */
export interface PseudonymAt {
  readonly organisation: string;
  readonly pseudonym: string;
  readonly version: number;
}

/** At every organisation, under every version of its key that is valid: while one replaces another, the register holds both. */
export function pseudonymsOf(keys: FindingStores["pseudonymKeys"], bsn: Bsn): PseudonymAt[] {
  return [...keys].flatMap(([organisation, own]) =>
    validKeys(own).map((key) => ({
      organisation,
      pseudonym: pseudonymOf(key, { bsn }),
      version: key.version,
    })),
  );
}

/** At one organisation, under its newest key. Throws an Error for an organisation without one. */
export function newestPseudonym(
  keys: FindingStores["pseudonymKeys"],
  organisation: string,
  bsn: Bsn,
): PseudonymAt {
  const own = keys.get(organisation);
  if (!own) throw new Error("An organisation has no key for pseudonyms.");
  const [key] = validKeys(own);
  return { organisation, pseudonym: pseudonymOf(key, { bsn }), version: key.version };
}
