// Only what answers the same is compared: the log and the plain table give the same entries, in the same order.

import { BenchError } from "../kit/benchmark";

/** The ids of a page, by who gave it. */
export type Pages = Readonly<Record<string, readonly string[]>>;

/** Throws a BenchError, which names the first place and never what stands there, unless all give the same page. */
export function requireSamePages(pages: Pages): void {
  const [[firstName, first] = ["", []], ...others] = Object.entries(pages);
  for (const [name, page] of others) {
    const length = Math.max(first.length, page.length);
    const at = Array.from({ length }, (_, place) => place).find((place) => first[place] !== page[place]);
    if (at === undefined) continue;
    throw new BenchError(
      `"${firstName}" and "${name}" do not answer the same: ${first.length} and ${page.length} entries, of which number ` +
        `${at + 1} differs. Nothing was measured.`,
    );
  }
}
