// What is written down of an id that was refused: somebody may have typed anything where an id belongs.

const LOOKS_LIKE_ID = /^(?=.*\d)[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
/** A BSN, also with marks between its digits; a date of birth looks the same. */
const LOOKS_LIKE_NUMBER_OF_A_PERSON = /^\d(?:[._-]?\d){7,8}$/;

/** Stands in the log where something was typed that does not look like an id of the hub. */
export const NOT_AN_ID = "(not an id)";

/** The id itself when it looks like one of the hub's; a name (no digit) and a BSN do not. */
export function writtenId(id: string): string {
  return LOOKS_LIKE_ID.test(id) && !LOOKS_LIKE_NUMBER_OF_A_PERSON.test(id) ? id : NOT_AN_ID;
}
