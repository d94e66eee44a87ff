// Looks at the bytes of a request before they become values: how deep they nest, and how many values they hold.

import type { QueryLimits } from "../identify/limits";
import { beyondLimit } from "./beyond-limit";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);

/** The place of the quote that ends the text which starts behind `from`. */
function endOfText(bytes: Uint8Array, from: number): number {
  let at = from + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}

/**
 * Throws INPUT_TOO_DEEP or INPUT_TOO_LARGE when the JSON in these bytes (UTF-8) nests deeper or holds more values than is
 * allowed. Whether it is JSON at all is for the parser to say.
 */
export function scanJson(bytes: Uint8Array, limits: QueryLimits): void {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) {
      at = endOfText(bytes, at);
    } else if (byte === COMMA) {
      values += 1;
      if (values > limits.jsonValues) throw beyondLimit("jsonValues", limits);
    } else if (OPEN.has(byte)) {
      depth += 1;
      values += 1;
      if (depth > limits.jsonDepth) throw beyondLimit("jsonDepth", limits);
    } else if (CLOSE.has(byte)) {
      depth -= 1;
    }
  }
}
