// A report is safe in a divided family: two worlds that differ only in facts about the other parent, about a sibling of that
// parent's, or about that parent's household, give one parent the same report, about herself and about her child. The entries
// of both worlds are made by the real rules.

import * as fc from "fast-check";
import { reportFacts } from "../../../subgraphs/access-log/source/report/facts";
import {
  reportLines,
  type ReportEntry,
  type ReportLine,
} from "../../../subgraphs/access-log/source/report/lines";
import { TODAY } from "../../kit/family-records";
import { Looks } from "../../kit/looked-at";
import { aDecider } from "../../kit/policies";
import {
  ANNA,
  anyRecordOfHis,
  anySharedRecord,
  CASPER,
  NOW,
  recordsOf,
  region,
  type His,
  type Shared,
} from "./worlds";

let looks: Looks;
beforeAll(() => {
  looks = new Looks(aDecider());
});

interface World {
  readonly entries: readonly ReportEntry[];
  readonly reports: readonly (readonly ReportLine[])[];
}

async function worldOf(both: Shared, him: His): Promise<World> {
  const records = recordsOf(both, him);
  const all = both.divided ? [...both.looks, ...him.looks] : both.looks;
  const entries = (await Promise.all(all.map((one) => looks.entriesOf(one, records))))
    .flat()
    .toSorted((one, other) =>
      one.recordedAt > other.recordedAt ? -1 : one.recordedAt < other.recordedAt ? 1 : 0,
    );
  const report = async (subjectId: string): Promise<ReportLine[]> => {
    const facts = reportFacts(records, { viewerId: ANNA, subjectId }, region, TODAY);
    if (!facts) throw new Error("She has this report in every world.");
    const lines: ReportLine[] = [];
    for await (const line of reportLines(inOrder(entries), facts, NOW)) lines.push(line);
    return lines;
  };
  return { entries, reports: [await report(ANNA), await report(CASPER)] };
}

async function* inOrder<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

test("whatever is on record about the other parent and his, one parent's reports are the same", async () => {
  let told = 0;
  let differed = 0;
  await fc.assert(
    fc.asyncProperty(
      anySharedRecord(() => looks),
      anyRecordOfHis(() => looks),
      anyRecordOfHis(() => looks),
      async (both, one, other) => {
        const [here, there] = [await worldOf(both, one), await worldOf(both, other)];
        expect(there.reports).toEqual(here.reports);
        if (here.reports.flat().length > 0) told += 1;
        const hers = (world: World): ReportEntry[] =>
          world.entries.filter(({ traceId }) =>
            both.looks.some(({ trace }) => Number.parseInt(traceId, 16) === trace),
          );
        if (JSON.stringify(hers(here)) !== JSON.stringify(hers(there))) differed += 1;
      },
    ),
    { numRuns: 300 },
  );
  // It holds of something: reports had lines, and the entries of the very same looks differed between the worlds.
  expect(told).toBeGreaterThan(90);
  expect(differed).toBeGreaterThan(25);
}, 120_000);
