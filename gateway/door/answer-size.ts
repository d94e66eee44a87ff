// How large an answer is, before it is written out: counting stops at the limit, so that the count is never the cost.

const ENTRY_MARKS = 4;
const SHORT_VALUE = 8;

/** About how many bytes `value` takes as JSON; more than `most` is not told apart. Text counts by its characters. */
export function approximateBytes(value: unknown, most: number): number {
  let bytes = 0;
  const waiting: unknown[] = [value];
  while (waiting.length > 0 && bytes <= most) {
    const one = waiting.pop();
    if (typeof one === "string") bytes += one.length + 2;
    else if (Array.isArray(one)) {
      bytes += one.length + 2;
      for (const inner of one as unknown[]) waiting.push(inner);
    } else if (typeof one === "object" && one !== null) {
      bytes += 2;
      for (const [key, inner] of Object.entries(one)) {
        bytes += key.length + ENTRY_MARKS;
        waiting.push(inner);
      }
    } else bytes += SHORT_VALUE;
  }
  return bytes;
}
