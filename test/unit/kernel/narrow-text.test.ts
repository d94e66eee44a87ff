// Names that are cut out of a schema do not make every answer twice as wide.

import { serialize } from "node:v8";
import { keepNamesNarrow, narrow } from "../../../shared/kernel/narrow-text";

/** Text as it comes out of a file. */
const fromFile = (text: string): string => Buffer.from(text).toString();
/** V8 stores a text of one byte for each character under this tag, after its own two bytes. */
const NARROW_TAG = '"';
const isNarrow = (text: string): boolean => serialize(text).toString("latin1", 2, 3) === NARROW_TAG;

/** A name that stands nowhere in this code: V8 would know it as a narrow one from there. */
const nameOf = (...parts: readonly string[]): string => parts.join("");
const schemaWith = (name: string): string => fromFile(`"Wie dit leest: € 1." type Vloot { ${name}: String }`);
const cut = (text: string, name: string): string => text.slice(text.indexOf(name)).slice(0, name.length);
const answerWith = (name: string): string => JSON.stringify({ [name]: "a" });

test("what is written out with the names of a schema is narrow, once these are kept so", () => {
  const [wide, kept] = [nameOf("wind", "kaart"), nameOf("kapers", "brief")];
  const text = schemaWith(kept);
  keepNamesNarrow(text);
  expect(answerWith(cut(text, kept))).toBe('{"kapersbrief":"a"}');
  expect(isNarrow(answerWith(cut(text, kept)))).toBe(true);
  // What happens without; when this fails because Node keeps such names narrow by itself, nothing of this is needed.
  expect(isNarrow(answerWith(cut(schemaWith(wide), wide)))).toBe(false);
});

test("a text is the same when it is made narrow", () => {
  const text = fromFile(`€ 👪 ${nameOf("Zilver", "vloot")}`);
  expect(narrow(text)).toBe(text);
  const piece = cut(text, "Zilvervloot");
  expect(isNarrow(piece)).toBe(false);
  expect(isNarrow(narrow(piece))).toBe(true);
  expect(narrow(piece)).toBe("Zilvervloot");
});
