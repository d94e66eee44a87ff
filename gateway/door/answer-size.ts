// How large an answer is, before it is written out: counting stops at the limit, so that the count is never the cost.

const ENTRY_MARKS = 4;
const SHORT_VALUE = 8;

/** About how many bytes `value` takes as JSON; more than `most` is not told apart. Text counts by its characters. */
export function approximateBytes(value: unknown, most: number): number {
  if (typeof value === "string") return value.length + 2;
  if (typeof value !== "object" || value === null) return SHORT_VALUE;
  if (Array.isArray(value)) {
    let bytes = value.length + 2;
    for (const one of value as unknown[]) {
      if (bytes > most) break;
      bytes += approximateBytes(one, most - bytes);
    }
    return bytes;
  }
  let bytes = 2;
  for (const key of Object.keys(value)) {
    if (bytes > most) break;
    bytes += key.length + ENTRY_MARKS;
    bytes += approximateBytes((value as Readonly<Record<string, unknown>>)[key], most - bytes);
  }
  return bytes;
}
