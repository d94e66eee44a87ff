// Ids of entries grow with time (UUID version 7), so that the log's index grows at one end only.

import { takeRandomBytes } from "../kernel/random-bytes";

/** A new UUID version 7 (RFC 9562): 48 bits of milliseconds since 1970, then 74 random bits. */
export function newEntryId(now: number = Date.now()): string {
  const bytes = takeRandomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  const hex = bytes.toString("hex");
  return (
    [8, 12, 16, 20].map((end, index, ends) => hex.slice(ends[index - 1] ?? 0, end)).join("-") +
    `-${hex.slice(20)}`
  );
}
