// No number from 1 to 9 can be computed from what is published, whoever knows how it is made.

import * as fc from "fast-check";
import {
  LEAST_AMOUNT,
  LEAST_WORKERS,
  OTHER,
  publishCounts,
  type Cell,
} from "../../../subgraphs/access-log/source/review/publish-counts";

const cell = (key: string, amount: number, workers = Math.min(amount, LEAST_WORKERS)): Cell => ({
  key,
  amount,
  workers,
});
const split = (...amounts: number[]): Cell[] =>
  amounts.map((amount, n) => cell(String.fromCharCode(65 + n), amount));

test("gives large numbers as they are, and small ones together with one that is large", () => {
  expect(publishCounts([split(10, 250, 12)])).toEqual([
    [
      { key: "A", count: 10 },
      { key: "B", count: 250 },
      { key: "C", count: 12 },
    ],
  ]);
  expect(publishCounts([split(3, 250, 40, 1)])).toEqual([
    [
      { key: "C", count: 40 },
      { key: OTHER, count: 254 },
    ],
  ]);
});

test("a number of fewer than three workers is small, however large it is", () => {
  expect(publishCounts([[cell("A", 90, 2), cell("B", 50, 3), cell("C", 60, 9)]])).toEqual([
    [
      { key: "C", count: 60 },
      { key: OTHER, count: 140 },
    ],
  ]);
});

test("gives nothing at all when one split of the same things has nothing to give", () => {
  expect(publishCounts([split(30), split(9, 9, 9, 3)])).toBeUndefined();
});

/** All splits into so many cells that add up to a total. */
function splitsOf(total: number, cells: number): number[][] {
  if (cells === 1) return [[total]];
  return Array.from({ length: total + 1 }, (_, first) =>
    splitsOf(total - first, cells - 1).map((rest) => [first, ...rest]),
  ).flat();
}

test("whoever knows all numbers that could have been, and how they are published, cannot tell a small one", () => {
  /** Publication -> for each cell, the numbers that it has in the tables that are published so. */
  const possible = new Map<string, Set<number>[]>();
  const tables: { readonly publication: string; readonly numbers: readonly number[] }[] = [];
  for (let total = 0; total <= 29; total++) {
    for (const three of splitsOf(total, 3)) {
      for (const two of splitsOf(total, 2)) {
        const publication = JSON.stringify(publishCounts([split(...three), split(...two)]) ?? null);
        const numbers = [...three, ...two];
        const known = possible.get(publication) ?? numbers.map(() => new Set<number>());
        possible.set(publication, known);
        for (const [n, number] of numbers.entries()) known[n]?.add(number);
        tables.push({ publication, numbers });
      }
    }
  }
  const told = tables.filter(({ publication, numbers }) =>
    numbers.some(
      (number, n) => number > 0 && number < LEAST_AMOUNT && possible.get(publication)?.[n]?.size === 1,
    ),
  );
  expect(told).toEqual([]);
});

test("in any number of splits, a small one can be exchanged for a large one without a trace", () => {
  const amounts = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(fc.array(amounts, { minLength: 1, maxLength: 4 }), (given) => {
      const splits = given.map((one) => split(...one));
      const published = publishCounts(splits);
      if (!published) return;
      for (const [n, cells] of splits.entries()) {
        for (const [place, { amount }] of cells.entries()) {
          if (amount === 0 || amount >= LEAST_AMOUNT) continue;
          const others = cells.map((_, other) => other).filter((other) => other !== place);
          const exchanged = others.flatMap((other) =>
            [1, -1].map((change) =>
              cells.map((one, at) =>
                cell(one.key, one.amount + (at === place ? -change : at === other ? change : 0)),
              ),
            ),
          );
          const unseen = exchanged
            .filter((changed) => changed.every((one) => one.amount >= 0))
            .some((changed) => {
              const again = publishCounts(splits.map((one, at) => (at === n ? changed : one)));
              return JSON.stringify(again) === JSON.stringify(published);
            });
          expect(unseen).toBe(true);
        }
      }
    }),
    { numRuns: 300 },
  );
});
