// What counts as a difference between a source's record and the hub's log, and what does not.

import type { Category } from "../../../shared/kernel/codes";
import type { DeliveryLine } from "../../../shared/subgraph-kit/deliveries/delivery-line";
import { compareSides, MATCH_MS } from "../../../subgraphs/access-log/source/reconcile/compare";
import type { LoggedDelivery } from "../../../subgraphs/access-log/source/reconcile/differences";

const NOON = Date.parse("2026-06-12T12:00:00.000Z");
const at = (ms: number): string => new Date(NOON + ms).toISOString();
const RANGE = { from: "2026-06-12T00:00:00.000Z", to: "2026-06-13T00:00:00.000Z" };
const trace = (n: number): string => n.toString(16).padStart(32, "0");

const line = (change: Partial<DeliveryLine> = {}): DeliveryLine => ({
  at: at(0),
  outcome: "DELIVERED",
  traceId: trace(1),
  subjectType: "PERSON",
  subjectId: "OVV-06-1",
  delivered: ["CARE_PLAN", "SAFETY"],
  refused: [],
  worker: "lokalis.worker",
  organisation: "lokalis",
  workerFunction: "WORKER",
  purpose: "CARE",
  code: null,
  times: 1,
  ...change,
});
let position = 0;
const entry = (change: Partial<LoggedDelivery> = {}): LoggedDelivery => ({
  position: (position += 1),
  recordedAt: at(40).replace("Z", "123Z"),
  traceId: trace(1),
  subjectType: "PERSON",
  subjectId: "OVV-06-1",
  outcome: "DELIVERED",
  delivered: ["CARE_PLAN", "SAFETY"],
  withheld: [],
  worker: "lokalis.worker",
  organisation: "lokalis",
  workerFunction: "WORKER",
  purpose: "CARE",
  ...change,
});
const compare = (
  lines: readonly DeliveryLine[],
  entries: readonly LoggedDelivery[],
  now = NOON + 86_400_000,
) => compareSides({ source: "save", lines, entries, range: RANGE, now });
const kindsOf = ({ differences }: ReturnType<typeof compare>) =>
  differences.map(({ kind, categories }) => [kind, ...categories]);

test("what both sides have is equal", () => {
  const { counts, differences } = compare([line()], [entry()]);
  expect(differences).toEqual([]);
  expect(counts).toMatchObject({ lines: 1, entries: 1, equal: 1 });
});

test("a request that took several questions to the source is one entry", () => {
  const lines = [line({ delivered: ["CARE_PLAN"] }), line({ at: at(20), delivered: ["SAFETY"] })];
  expect(compare(lines, [entry()]).differences).toEqual([]);
});

describe("serious: data left and is not on record as it left", () => {
  test("the log has nothing of the request", () => {
    const { differences } = compare([line()], []);
    expect(differences).toEqual([
      {
        kind: "NOT_IN_HUB_LOG",
        source: "save",
        traceId: trace(1),
        subjectType: "PERSON",
        subjectId: "OVV-06-1",
        at: at(0),
        categories: ["CARE_PLAN", "SAFETY"],
        requestOnRecord: false,
        entries: [],
      },
    ]);
  });

  test("the log has the request and leaves out one of its subjects", () => {
    const { differences } = compare([line(), line({ subjectId: "OVV-06-2" })], [entry()]);
    expect(differences).toMatchObject([
      { kind: "NOT_IN_HUB_LOG", subjectId: "OVV-06-2", requestOnRecord: true },
    ]);
  });

  test("the log names fewer kinds of information than left", () => {
    const result = compare([line()], [entry({ delivered: ["CARE_PLAN"], outcome: "PARTIAL" })]);
    expect(kindsOf(result)).toEqual([["MORE_AT_SOURCE", "SAFETY"]]);
    expect(kindsOf(compare([line()], [entry({ delivered: [], outcome: "WITHHELD" })]))).toEqual([
      ["MORE_AT_SOURCE", "CARE_PLAN", "SAFETY"],
    ]);
  });

  test.each([
    { worker: "lokalis.colleague" },
    { organisation: "wss" },
    { purpose: "REFERRAL" },
    { workerFunction: "DUO_MEMBER" },
  ] as const)("the log names another requester: %o", (change) => {
    expect(kindsOf(compare([line()], [entry(change)]))).toEqual([["REQUESTER_DIFFERS"]]);
  });

  test("a second request under the same trace id, hours later, is not covered by the first", () => {
    const later = line({ at: at(3_600_000) });
    expect(kindsOf(compare([line(), later], [entry()]))).toEqual([["NOT_IN_HUB_LOG", "CARE_PLAN", "SAFETY"]]);
  });
});

describe("to be explained: the log says more than the source", () => {
  test("the source has no line", () => {
    expect(kindsOf(compare([], [entry()]))).toEqual([["NOT_AT_SOURCE", "CARE_PLAN", "SAFETY"]]);
  });

  test("the source gave less, or says that it refused", () => {
    const refusing = line({ delivered: ["CARE_PLAN"], refused: ["SAFETY"] });
    const result = compare([refusing], [entry()]);
    expect(kindsOf(result)).toEqual([["MORE_IN_HUB_LOG", "SAFETY"]]);
    expect(result.counts.refusedBySource).toBe(1);
  });
});

describe("no difference", () => {
  test.each(["FAILED", "UNAVAILABLE"] as const)(
    "the source delivered and the log says that nothing left the hub: %s",
    (outcome) => {
      const { counts, differences } = compare([line()], [entry({ outcome, delivered: [] })]);
      expect(differences).toEqual([]);
      expect(counts).toMatchObject({ notPassedOn: 1, equal: 0 });
    },
  );

  test("the source failed half-way and says so", () => {
    const failed = line({ outcome: "FAILED", delivered: [] });
    const { counts, differences } = compare([failed], [entry()]);
    expect(differences).toEqual([]);
    expect(counts.sourceFailed).toBe(1);
  });

  test("that nothing is known there was answered by the hub's own register", () => {
    expect(compare([], [entry({ delivered: ["INVOLVEMENT"] })]).differences).toEqual([]);
    const both: Category[] = ["CARE_PLAN", "INVOLVEMENT"];
    expect(compare([line({ delivered: ["CARE_PLAN"] })], [entry({ delivered: both })]).differences).toEqual(
      [],
    );
  });

  test("everything was withheld, so that the source was not asked", () => {
    expect(compare([], [entry({ outcome: "WITHHELD", delivered: [] })]).differences).toEqual([]);
  });

  test("the source refused by its own rules, and the log was closed with that", () => {
    const refused = line({ delivered: ["CARE_PLAN"], refused: ["SAFETY"] });
    const first = entry();
    const closing = (change: Partial<LoggedDelivery> = {}) =>
      entry({ outcome: "WITHHELD", delivered: [], withheld: ["SAFETY"], ...change });
    expect(compare([refused], [first, closing()]).differences).toEqual([]);
    const more = [["MORE_IN_HUB_LOG", "SAFETY"]];
    expect(kindsOf(compare([refused], [first]))).toEqual(more);
    // Not what one of the two says alone, nor what is about somebody else's reading or another kind of information.
    expect(kindsOf(compare([line({ delivered: ["CARE_PLAN"] })], [first, closing()]))).toEqual(more);
    expect(kindsOf(compare([refused], [first, closing({ worker: "lokalis.other" })]))).toEqual(more);
    expect(kindsOf(compare([refused], [first, closing({ withheld: ["CARE_PLAN"] })]))).toEqual(more);
  });

  test("the request is under way", () => {
    const { counts, differences } = compare([line()], [], NOON + MATCH_MS - 1);
    expect(differences).toEqual([]);
    expect(counts.underWay).toBe(1);
    expect(compare([line()], [], NOON + MATCH_MS).differences).toHaveLength(1);
  });

  test("the key of the subject was destroyed", () => {
    const { counts, differences } = compare([line()], [entry({ subjectId: null })]);
    expect(differences).toEqual([]);
    expect(counts.notComparable).toBe(1);
  });
});

test("what lies on the edge of a range counts in one of the two, with its other half across the edge", () => {
  const midnight = Date.parse(RANGE.to) - NOON;
  const lines = [line({ at: at(midnight - 10) })];
  const entries = [entry({ recordedAt: at(midnight + 10) })];
  const next = { from: RANGE.to, to: "2026-06-14T00:00:00.000Z" };
  const before = compareSides({ source: "save", lines, entries, range: RANGE, now: NOON + 2 * 86_400_000 });
  const after = compareSides({ source: "save", lines, entries, range: next, now: NOON + 2 * 86_400_000 });
  expect([before.differences, after.differences]).toEqual([[], []]);
  expect([before.counts.lines, before.counts.entries, after.counts.lines, after.counts.entries]).toEqual([
    1, 0, 0, 1,
  ]);
});

test("refused requests are counted, each as often as it came", () => {
  const refused = line({
    outcome: "REFUSED",
    subjectType: "NONE",
    subjectId: null,
    delivered: [],
    code: "GRANT_REQUIRED",
    times: 19,
  });
  const { counts, differences } = compare([refused], []);
  expect(differences).toEqual([]);
  expect(counts).toMatchObject({ refusedRequests: 19, lines: 0 });
});
