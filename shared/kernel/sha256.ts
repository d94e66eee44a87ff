// SHA-256 of a text, in the one form in which it is compared and kept.

import { createHash } from "node:crypto";

/** SHA-256 of a text in UTF-8, hexadecimal. */
export const sha256Hex = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");
