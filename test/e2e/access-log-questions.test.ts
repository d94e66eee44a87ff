// A privacy officer asks the log through the door: by whom, about whom and why, how much, and as a text to keep. Without a
// second factor the log is closed, and that it was asked or exported stands in it.

import { entriesOf, newTrace } from "../kit/access-log";
import { faultsUnderR4 } from "../kit/fhir-r4";
import { ask, type Answer, type Ask } from "../kit/hub";
import { sharedHub } from "../kit/shared-hub";
import { at } from "../kit/view";

const hub = sharedHub();
const OFFICER = { persona: "lokalis.privacy-officer", purpose: "OVERSIGHT" } as const;

const codesOf = (answer: Answer): unknown[] =>
  (answer.body.errors ?? []).map((one) => one.extensions["code"]);
const askOfficer = async (query: string, more: Partial<Ask> = {}): Promise<Answer> =>
  ask(hub, { ...OFFICER, query, ...more });

const DAY_MS = 24 * 60 * 60 * 1_000;
const lastWeek = (): { from: string; to: string } => ({
  from: new Date(Date.now() - 7 * DAY_MS).toISOString(),
  to: new Date(Date.now() + 60_000).toISOString(),
});
const period = (): string => `{ from: "${lastWeek().from}", to: "${lastWeek().to}" }`;

/** Every question that there is. */
const QUESTIONS: readonly [string, string, () => string][] = [
  ["OVERSIGHT", "accessLog", () => "{ accessLog(first: 1) { edges { node { id } } } }"],
  ["OVERSIGHT", "accessLogCounts", () => `{ accessLogCounts(period: ${period()}, by: DAY) { key } }`],
  [
    "EXPORT",
    "exportAccessLog",
    () => "mutation { exportAccessLog(input: { format: CSV, first: 1 }) { entries } }",
  ],
];

describe.each(QUESTIONS)("%s by %s", (act, operation, query) => {
  test("is closed without a second factor, and on record as refused", async () => {
    const { traceId, headers } = newTrace();
    const answer = await askOfficer(query(), { headers, secondFactor: false });
    expect(codesOf(answer)).toEqual(["SECOND_FACTOR_REQUIRED"]);
    expect(answer.body.data?.[operation] ?? null).toBeNull();
    expect(await entriesOf(hub, "lokalis", traceId)).toMatchObject([
      {
        act,
        operation,
        outcome: "REFUSED",
        errorCode: "SECOND_FACTOR_REQUIRED",
        worker: "lokalis.privacy-officer",
      },
    ]);
  });

  test.each([
    ["a worker", "lokalis.worker", "CARE"],
    ["who runs the hub", "hub.operator", "OVERSIGHT"],
    ["the municipality", "municipality.process-lead", "OVERSIGHT"],
    ["a member of the family", "family.parent", "SUBJECT_RIGHTS"],
  ])("is closed to %s, second factor or not", async (_who, persona, purpose) => {
    const answer = await ask(hub, { persona, purpose, query: query(), secondFactor: true });
    expect(codesOf(answer)).toEqual(["ACCESS_DENIED"]);
    expect(answer.body.data?.[operation] ?? null).toBeNull();
  });

  test("is on record when it is answered", async () => {
    const { traceId, headers } = newTrace();
    const answer = await askOfficer(query(), { headers });
    expect(codesOf(answer)).toEqual([]);
    expect(await entriesOf(hub, "lokalis", traceId)).toMatchObject([
      {
        act,
        operation,
        outcome: "DELIVERED",
        subjectType: "NONE",
        source: "access-log",
        purpose: "OVERSIGHT",
      },
    ]);
  });
});

test("a question about somebody is on record as about them", async () => {
  const query = `query ($filter: AccessLogFilter) { accessLog(filter: $filter, first: 1) { edges { node { id } } } }`;
  for (const [filter, expected] of [
    [{ familyId: "OVV-06" }, { subjectType: "FAMILY", subjectId: "OVV-06", familyId: "OVV-06" }],
    [{ personId: "OVV-06-4" }, { subjectType: "PERSON", subjectId: "OVV-06-4", familyId: "OVV-06" }],
    [{ familyId: "OVV-99" }, { subjectType: "FAMILY", subjectId: "OVV-99", familyId: null }],
    [{ familyId: "999918473" }, { subjectType: "FAMILY", subjectId: "(not an id)", familyId: null }],
  ] as const) {
    const { traceId, headers } = newTrace();
    expect(codesOf(await askOfficer(query, { headers, variables: { filter } }))).toEqual([]);
    expect(await entriesOf(hub, "lokalis", traceId)).toMatchObject([
      { act: "OVERSIGHT", outcome: "DELIVERED", ...expected },
    ]);
  }
});

describe("after a worker looked at a child", () => {
  const trace = newTrace();
  beforeAll(async () => {
    const query = `{ family(id: "OVV-06") { save { carePlan { summary } } members { id lokalis { goals { text } } } } }`;
    await ask(hub, { persona: "lokalis.worker", purpose: "CARE", query, headers: trace.headers });
  });

  interface Node {
    readonly traceId: string;
    readonly subjectId: string;
    readonly worker: string;
    readonly why: readonly { readonly id: string; readonly does: string; readonly nl: string }[];
  }
  const nodesOf = (answer: Answer): Node[] => {
    const { edges } = at(answer, ["accessLog"]) as { edges: { node: Node }[] };
    return edges.map(({ node }) => node);
  };
  const find = async (filter: object): Promise<Node[]> => {
    const answer = await askOfficer(
      `query ($filter: AccessLogFilter) { accessLog(filter: $filter, first: 100) {
        edges { node { traceId subjectId worker why { id does nl en citation rows } } } } }`,
      { variables: { filter: { ...filter, ...lastWeek() } } },
    );
    expect(codesOf(answer)).toEqual([]);
    return nodesOf(answer).filter(({ traceId }) => traceId === trace.traceId);
  };

  test("the officer finds who saw the child, with the household that was looked at, and why it was so", async () => {
    const found = await find({ personId: "OVV-06-4" });
    expect(new Set(found.map(({ subjectId }) => subjectId))).toEqual(new Set(["OVV-06", "OVV-06-4"]));
    expect(new Set(found.map(({ worker }) => worker))).toEqual(new Set(["lokalis.worker"]));
    for (const { why } of found) {
      expect(why.length).toBeGreaterThan(0);
      for (const rule of why) {
        expect(rule).toMatchObject({
          does: expect.stringMatching(/^(PERMIT|HOLD|DENY)$/) as unknown,
          nl: expect.stringMatching(/\.$/) as unknown,
          en: expect.stringMatching(/\.$/) as unknown,
          citation: expect.stringMatching(/\w/) as unknown,
        });
      }
    }
  });

  test("the officer finds it by what was withheld, by the rule that did, and by the worker", async () => {
    const [withheld] = await find({ withheld: "CARE_PLAN", source: "save", worker: "lokalis.worker" });
    const denying = withheld?.why.find(({ does }) => does !== "PERMIT");
    expect(denying).toBeDefined();
    expect(await find({ rule: denying?.id, source: "save" })).toContainEqual(withheld);
    expect(await find({ worker: "lokalis.worker", delivered: "REPORTER" })).toEqual([]);
  });

  test("the officer of an organisation that had no part in it finds nothing of it", async () => {
    for (const persona of ["wss.privacy-officer", "rvdk.privacy-officer"]) {
      const query = `query ($filter: AccessLogFilter) { accessLog(filter: $filter, first: 100) { edges { node { traceId } } } }`;
      const filter = { familyId: "OVV-06", worker: "lokalis.worker", ...lastWeek() };
      const answer = await ask(hub, { ...OFFICER, persona, query, variables: { filter } });
      expect(nodesOf(answer).filter(({ traceId }) => traceId === trace.traceId)).toEqual([]);
    }
  });

  test("counts add up to what there is", async () => {
    const filter = `{ familyId: "OVV-06", worker: "lokalis.worker", act: READ, from: "${lastWeek().from}" }`;
    const answer = await askOfficer(`{
      accessLog(filter: ${filter}) { totalCount }
      accessLogCounts(period: ${period()}, by: OUTCOME, filter: ${filter}) { key entries delivered withheld }
    }`);
    const { accessLog, accessLogCounts } = answer.body.data as {
      accessLog: { totalCount: number };
      accessLogCounts: { key: string; entries: number }[];
    };
    expect(accessLogCounts.reduce((sum, { entries }) => sum + entries, 0)).toBe(accessLog.totalCount);
    expect(accessLog.totalCount).toBeGreaterThan(0);
  });

  test("an export holds what the page shows, as AuditEvents too, and is on record about the family", async () => {
    const { traceId, headers } = newTrace();
    const answer = await askOfficer(
      `mutation ($input: ExportAccessLogInput!) { exportAccessLog(input: $input) { content mediaType entries } }`,
      {
        headers,
        variables: {
          input: { format: "FHIR", filter: { familyId: "OVV-06", worker: "lokalis.worker", ...lastWeek() } },
        },
      },
    );
    expect(codesOf(answer)).toEqual([]);
    const { content, entries } = at(answer, ["exportAccessLog"]) as {
      content: string;
      entries: number;
    };
    const bundle = JSON.parse(content) as { entry: { resource: { entity: unknown[] } }[] };
    expect(bundle.entry).toHaveLength(entries);
    expect(faultsUnderR4(bundle)).toEqual([]);
    expect(content).toContain(trace.traceId);
    expect(await entriesOf(hub, "lokalis", traceId)).toMatchObject([
      { act: "EXPORT", outcome: "DELIVERED", operation: "exportAccessLog", subjectId: "OVV-06" },
    ]);
  });
});
