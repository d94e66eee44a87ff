// Bytes -> text in the encoding that was declared; what is not written in it is refused, not guessed.

import { SourceFailed } from "./source-failure";

/** Encodings that systems write: names as in HTTP and XML. */
export const ENCODINGS = ["utf-8", "windows-1252", "iso-8859-1", "iso-8859-15", "utf-16le"] as const;
export type TextEncoding = (typeof ENCODINGS)[number];

/** Is this one of them? */
export const isEncoding = (name: string): name is TextEncoding =>
  (ENCODINGS as readonly string[]).includes(name);

/** Signs of the bytes 80 to 9F in windows-1252 (WHATWG Encoding); the other bytes are as in Unicode. */
const SIGNS_80_TO_9F =
  "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f" +
  "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";
const FIRST_OF_THOSE = 0x80;

/** Read by hand: TextDecoder of Node 20, and of some versions after it, gives control signs for these bytes. */
const decodeWindows1252 = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString("latin1")
    .replaceAll(/[\x80-\x9f]/g, (sign) => SIGNS_80_TO_9F[sign.charCodeAt(0) - FIRST_OF_THOSE] ?? sign);

/** A text in windows-1252; a sign that it does not have is a question mark. */
export function encodeWindows1252(text: string): Buffer {
  const bytes = Array.from(text, (sign) => {
    const at = SIGNS_80_TO_9F.indexOf(sign);
    if (at >= 0) return FIRST_OF_THOSE + at;
    return sign <= "\u00ff" ? sign.charCodeAt(0) : "?".charCodeAt(0);
  });
  return Buffer.from(bytes);
}

/** Throws SourceFailed (ENCODING) on bytes that the encoding does not have. A mark at the beginning is left out. */
export function decodeText(bytes: Uint8Array, encoding: string): string {
  const name = encoding.toLowerCase();
  if (!isEncoding(name)) throw new SourceFailed("FAILED", "ENCODING_UNKNOWN");
  // Whoever says iso-8859-1 writes windows-1252 (WHATWG Encoding, 4.2).
  if (name === "windows-1252" || name === "iso-8859-1") return decodeWindows1252(bytes);
  try {
    return new TextDecoder(name, { fatal: true }).decode(bytes);
  } catch {
    throw new SourceFailed("FAILED", "ENCODING");
  }
}
