// Random operations over random facts, at the real door of a hub: every leaf of every answer and everything that was
// asked of every subgraph against an oracle that shares no code with the enforcement (test/oracle).
//
// SCHAKEL_RANDOM_OPERATIONS: how many (2000). SCHAKEL_SEED: which (another one each time; it is printed).
// SCHAKEL_RANDOM_ONLY: the number of the one operation that is run.

import { randomInt } from "node:crypto";
import { Contract } from "../oracle/contract";
import { ROWS } from "../oracle/judge";
import { readSubgraphSdl } from "../kit/random/marked-source";
import { Worlds } from "../kit/random/open-worlds";
import { PLANTED_FAULTS } from "../kit/random/planted-faults";
import { newTally, OPERATIONS_PER_WORLD, runOperations, type Tally } from "../kit/random/random-run";
import { UTRECHT } from "../kit/requesters";

const OPERATIONS = Number(process.env["SCHAKEL_RANDOM_OPERATIONS"] ?? 2_000);
const SEED = process.env["SCHAKEL_SEED"] ?? String(randomInt(1_000_000_000));
const ONLY = process.env["SCHAKEL_RANDOM_ONLY"];
/** Operations from which on it counts how much was seen. */
const ENOUGH_TO_COUNT = 1_000;
/** Far more than an operation takes. */
const MS_PER_OPERATION = 1_000;

const worlds = new Worlds(SEED, new Contract(UTRECHT, readSubgraphSdl));
afterAll(async () => worlds.close());

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

const inOrder = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, count]) => `${name}: ${count}`)
    .join(", ");

test(
  "no answer leaks or withholds, and nothing is asked that may not be asked",
  async () => {
    say(`random operations: SCHAKEL_SEED=${SEED} SCHAKEL_RANDOM_OPERATIONS=${OPERATIONS}`);
    const tally = newTally();
    const range = ONLY === undefined ? { first: 0, count: OPERATIONS } : { first: Number(ONLY), count: 1 };
    const began = Date.now();
    const found = await runOperations(worlds, range, tally);
    const seconds = (Date.now() - began) / 1_000;
    say(`${tally.operations} operations in ${seconds.toFixed(1)} s, ${tally.requests} requests to subgraphs`);
    say(`verdicts: ${inOrder(tally.outcomes)}`);
    say(`by row: ${inOrder(tally.rows)}`);
    const met = new Set([...tally.rows.keys()].map((one) => one.split(" ")[0]));
    say(`rows that did not come up: ${ROWS.filter((one) => !met.has(one)).join(", ") || "none"}`);
    if (found) say(await found.tell());
    expect(found?.faults ?? []).toEqual([]);
    if (tally.operations >= ENOUGH_TO_COUNT) expectMuchSeen(tally);
  },
  60_000 + OPERATIONS * MS_PER_OPERATION,
);

/** A run that only ever met closed doors would prove nothing. */
function expectMuchSeen({ operations, requests, outcomes, rows }: Tally): void {
  const all = [...outcomes.values()].reduce((sum, one) => sum + one, 0);
  const share = (outcome: string): number => (100 * (outcomes.get(outcome) ?? 0)) / all;
  expect(all).toBeGreaterThan(5 * operations);
  expect(requests).toBeGreaterThan(operations / 2);
  expect(share("PERMIT")).toBeGreaterThan(20);
  expect(share("DENY")).toBeGreaterThan(20);
  expect(share("HOLD")).toBeGreaterThan(1.5);
  expect(rows.size).toBeGreaterThan(45);
}

test.each(PLANTED_FAULTS)("finds $name", async ({ found: asWhat, planted }) => {
  const found = await runOperations(worlds, { first: 0, count: OPERATIONS_PER_WORLD, planted }, newTally());
  expect(found?.faults.join("\n")).toMatch(asWhat);
});
