// Random bytes in small pieces, taken out of one larger draw: asking the system for each costs more than using them.

import { randomFillSync } from "node:crypto";

const DRAWN_BYTES = 8_192;

const drawn = Buffer.alloc(DRAWN_BYTES);
let used = DRAWN_BYTES;

/** So many random bytes, at most 64; each is given once. */
export function takeRandomBytes(count: number): Buffer {
  if (used + count > DRAWN_BYTES) {
    randomFillSync(drawn);
    used = 0;
  }
  const taken = Buffer.from(drawn.subarray(used, used + count));
  used += count;
  return taken;
}
