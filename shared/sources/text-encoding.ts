// Bytes -> text in the encoding that was declared; what is not written in it is refused, not guessed.

import { SourceFailed } from "./source-failure";

/** Encodings that systems write: names as in HTTP and XML. */
export const ENCODINGS = ["utf-8", "windows-1252", "iso-8859-1", "iso-8859-15", "utf-16le"] as const;
export type TextEncoding = (typeof ENCODINGS)[number];

/** Is this one of them? */
export const isEncoding = (name: string): name is TextEncoding =>
  (ENCODINGS as readonly string[]).includes(name);

/** Throws SourceFailed (ENCODING) on bytes that the encoding does not have. A mark at the beginning is left out. */
export function decodeText(bytes: Uint8Array, encoding: string): string {
  const name = encoding.toLowerCase();
  if (!isEncoding(name)) throw new SourceFailed("FAILED", "ENCODING_UNKNOWN");
  try {
    return new TextDecoder(name, { fatal: true }).decode(bytes);
  } catch {
    throw new SourceFailed("FAILED", "ENCODING");
  }
}
