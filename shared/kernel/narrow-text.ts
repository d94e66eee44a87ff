// Text in as little memory as it can have. Node keeps a large text out of a file in one byte for each character when all of it is
// ASCII, else in two; what is cut out of it stays as wide, and whatever it becomes part of grows as wide. One letter with an accent
// in a description doubles every answer in which a name out of that schema stands, and an answer that is twice as wide takes
// five times as long to write out.

/** The same text; in one byte for each character when all of it is ASCII. Half a surrogate pair is replaced. */
export const narrow = (text: string): string => Buffer.from(text).toString();

const NAME = /[A-Z_a-z]\w*/g;

/** Of every name the first text that was known under it; V8 uses that one for all keys of that name, as long as it is kept. */
const kept = Object.create(null) as Record<string, true>;

/**
 * Has V8 know the names in a text (a schema) as narrow ones, before anything cuts them out of it: whoever uses them as keys from
 * then on has narrow keys. They are kept for good, so it is for texts of which there are few.
 */
export function keepNamesNarrow(text: string): void {
  for (const [name] of text.matchAll(NAME)) kept[narrow(name)] = true;
}
