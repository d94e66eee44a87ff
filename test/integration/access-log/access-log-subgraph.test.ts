// accessLog as the gateway asks it: for privacy officers only, of the own organisation only.

import { graphql, type GraphQLSchema } from "graphql";
import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { openRuleBook } from "../../../shared/access-log/rule-words/rule-words";
import type { Purpose, WorkerFunction } from "../../../shared/kernel/codes";
import { toOrganisationCode, toWorkerId } from "../../../shared/kernel/ids";
import type { Requester } from "../../../shared/kernel/requester";
import { buildSubgraphSchema } from "../../../shared/subgraph-kit/build-subgraph-schema";
import { createContext } from "../../../shared/subgraph-kit/context";
import { definition } from "../../../subgraphs/access-log/schema";
import { anEntry } from "../../kit/access-log-entries";
import { withDatabase } from "../../kit/database";
import { faultsUnderR4 } from "../../kit/fhir-r4";
import { aGrant, aRequester, UTRECHT } from "../../kit/requesters";

const database = withDatabase();
let schema: GraphQLSchema;

beforeAll(async () => {
  const writer = createAccessLogWriter(database.pool);
  const rvdk = { organisation: toOrganisationCode("rvdk"), worker: toWorkerId("rvdk.investigator") } as const;
  for (const entry of [
    anEntry({ operation: "own worker at save", team: "team-noord", rules: ["no-rule", "MONTH_OVER"] }),
    anEntry({ operation: "other worker at lokalis", source: "lokalis", ...rvdk, purpose: "INVESTIGATION" }),
    anEntry({ operation: "other worker elsewhere", source: "save", ...rvdk, purpose: "INVESTIGATION" }),
  ]) {
    await writer.write([entry]);
  }
  schema = await buildSubgraphSchema(definition);
});

const officer = aRequester("lokalis.privacy-officer", "PRIVACY_OFFICER");

async function ask(source: string, requester: Requester = officer, purpose: Purpose = "OVERSIGHT") {
  const connect = jest.spyOn(database.pool, "connect");
  const contextValue = createContext(aGrant(requester, purpose), {
    kind: "hub",
    stores: { pool: database.pool, region: UTRECHT, rules: openRuleBook() },
    ready: () => Promise.resolve(),
    close: () => Promise.resolve(),
  });
  const { data, errors } = await graphql({ schema, source, contextValue });
  const questions = connect.mock.calls.length;
  connect.mockRestore();
  return { data: JSON.parse(JSON.stringify(data ?? null)) as unknown, errors: errors ?? [], questions };
}

test("gives the own organisation's entries and those at its source, newest first", async () => {
  const { data, errors } = await ask(
    "{ accessLog { totalCount edges { node { operation worker source categoriesDelivered } } pageInfo { hasNextPage } } }",
  );
  expect(errors).toEqual([]);
  expect(data).toEqual({
    accessLog: {
      totalCount: 2,
      edges: [
        {
          node: {
            operation: "other worker at lokalis",
            worker: "rvdk.investigator",
            source: "lokalis",
            categoriesDelivered: ["CARE_PLAN"],
          },
        },
        {
          node: {
            operation: "own worker at save",
            worker: "lokalis.worker",
            source: "save",
            categoriesDelivered: ["CARE_PLAN"],
          },
        },
      ],
      pageInfo: { hasNextPage: false },
    },
  });
});

test("filters, and counts only when the count is asked for", async () => {
  const one = await ask(
    '{ accessLog(filter: { purpose: CARE, familyId: "OVV-06", from: "2020-01-01T00:00:00Z" }) { edges { node { operation } } } }',
  );
  expect(one.data).toEqual({ accessLog: { edges: [{ node: { operation: "own worker at save" } }] } });
  expect(one.questions).toBe(1);
  expect((await ask("{ accessLog { totalCount } }")).questions).toBe(2);
});

test("shows why, in the words of the rules of that time, and nothing where there are none", async () => {
  const { data } = await ask(
    '{ accessLog(filter: { familyId: "OVV-06", worker: "lokalis.worker" }) { edges { node { team reliedOn errorMessage subjectErased why { id does nl en citation rows } } } } }',
  );
  const nothing = { does: null, nl: null, en: null, citation: null, rows: [] };
  const words = {
    does: "DENY",
    nl: expect.stringMatching(/\.$/) as unknown,
    en: expect.stringMatching(/\.$/) as unknown,
    citation: expect.any(String) as unknown,
    rows: expect.any(Array) as unknown,
  };
  expect(data).toEqual({
    accessLog: {
      edges: [
        {
          node: {
            team: "team-noord",
            reliedOn: [],
            errorMessage: null,
            subjectErased: false,
            why: [
              { id: "no-rule", ...words },
              { id: "MONTH_OVER", ...nothing },
            ],
          },
        },
      ],
    },
  });
});

test("pages by cursor", async () => {
  const first = await ask(
    "{ accessLog(first: 1) { edges { cursor node { operation } } pageInfo { hasNextPage endCursor } } }",
  );
  const page = (first.data as { accessLog: { pageInfo: { hasNextPage: boolean; endCursor: string } } })
    .accessLog;
  expect(page.pageInfo.hasNextPage).toBe(true);
  const second = await ask(
    `{ accessLog(first: 1, after: "${page.pageInfo.endCursor}") { edges { node { operation } } pageInfo { hasNextPage } } }`,
  );
  expect(second.data).toEqual({
    accessLog: { edges: [{ node: { operation: "own worker at save" } }], pageInfo: { hasNextPage: false } },
  });
});

test("goes on from the cursor of another organisation with its own entries alone", async () => {
  const others = await ask(
    "{ accessLog(first: 1) { pageInfo { endCursor } } }",
    aRequester("save.privacy-officer", "PRIVACY_OFFICER"),
  );
  const { endCursor } = (others.data as { accessLog: { pageInfo: { endCursor: string } } }).accessLog
    .pageInfo;
  const { data } = await ask(`{ accessLog(after: "${endCursor}") { edges { node { operation } } } }`);
  expect(data).toEqual({
    accessLog: {
      edges: [
        { node: { operation: "other worker at lokalis" } },
        { node: { operation: "own worker at save" } },
      ],
    },
  });
});

const PERIOD = '{ from: "2020-01-01T00:00:00Z", to: "2020-12-31T00:00:00Z" }';
const ALL_QUESTIONS = [
  "{ accessLog { totalCount } }",
  `{ accessLogCounts(period: ${PERIOD}, by: DAY) { entries } }`,
  "mutation { exportAccessLog(input: { format: CSV }) { content } }",
];

describe("counting", () => {
  const thisYear = (): string => {
    const day = 24 * 60 * 60 * 1_000;
    const at = (moment: number): string => JSON.stringify(new Date(moment).toISOString());
    return `{ from: ${at(Date.now() - 300 * day)}, to: ${at(Date.now() + day)} }`;
  };

  test("divides the own organisation's entries over what is asked", async () => {
    const counts = (by: string, filter = ""): Promise<{ data: unknown }> =>
      ask(
        `{ accessLogCounts(period: ${thisYear()}, by: ${by}${filter}) { key entries delivered withheld } }`,
      );
    expect((await counts("PURPOSE")).data).toEqual({
      accessLogCounts: [
        { key: "CARE", entries: 1, delivered: 1, withheld: 0 },
        { key: "INVESTIGATION", entries: 1, delivered: 1, withheld: 0 },
      ],
    });
    expect((await counts("SOURCE", ', filter: { worker: "rvdk.investigator" }')).data).toEqual({
      accessLogCounts: [{ key: "lokalis", entries: 1, delivered: 1, withheld: 0 }],
    });
    expect((await counts("RULE", ', filter: { to: "2020-06-01T00:00:00Z" }')).data).toEqual({
      accessLogCounts: [],
    });
  });

  test.each([
    ['{ from: "2020-01-01T00:00:00Z", to: "2020-01-01T00:00:00Z" }'],
    ['{ from: "2020-01-01T00:00:00Z", to: "2021-01-03T00:00:00Z" }'],
  ])("refuses a period of %s", async (period) => {
    const { errors } = await ask(`{ accessLogCounts(period: ${period}, by: DAY) { entries } }`);
    expect(errors[0]?.originalError).toMatchObject({
      code: "INPUT_INVALID",
      details: { argument: "period.to" },
    });
  });
});

describe("exporting", () => {
  const exported = async (
    input: string,
  ): Promise<{
    content: string;
    mediaType: string;
    entries: number;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  }> => {
    const { data, errors } = await ask(
      `mutation { exportAccessLog(input: { ${input} }) { mediaType content entries pageInfo { hasNextPage endCursor } } }`,
    );
    expect(errors).toEqual([]);
    return (data as { exportAccessLog: Awaited<ReturnType<typeof exported>> }).exportAccessLog;
  };

  test("gives the own organisation's entries, newest first, with why, and goes on from its end", async () => {
    const first = await exported("format: JSON, first: 1");
    expect(first).toMatchObject({
      mediaType: "application/json",
      entries: 1,
      pageInfo: { hasNextPage: true },
    });
    const rest = await exported(`format: JSON, after: "${first.pageInfo.endCursor}"`);
    expect(rest).toMatchObject({ entries: 1, pageInfo: { hasNextPage: false } });
    const entries = [first, rest].flatMap(({ content }) => JSON.parse(content) as { operation: string }[]);
    expect(entries).toMatchObject([
      { operation: "other worker at lokalis", why: expect.any(Array) as unknown },
      { operation: "own worker at save", subjectId: "OVV-06", why: [{ id: "no-rule", does: "DENY" }, {}] },
    ]);
  });

  test("gives the same as lines for a spreadsheet and as AuditEvents", async () => {
    const csv = await exported('format: CSV, filter: { worker: "lokalis.worker" }');
    const [head, line, end] = csv.content.split("\r\n");
    expect([head?.split(",")[0], line?.includes("OVV-06"), end]).toEqual(["id", true, ""]);
    const fhir = await exported('format: FHIR, filter: { worker: "lokalis.worker" }');
    expect(fhir.mediaType).toBe("application/fhir+json");
    const bundle = JSON.parse(fhir.content) as { entry: unknown[] };
    expect(bundle.entry).toHaveLength(1);
    expect(faultsUnderR4(bundle)).toEqual([]);
  });

  test("gives an empty whole where there is nothing", async () => {
    const nothing = 'filter: { worker: "nobody" }';
    expect(JSON.parse((await exported(`format: JSON, ${nothing}`)).content)).toEqual([]);
    expect((await exported(`format: CSV, ${nothing}`)).content.split("\r\n")).toHaveLength(2);
    const bundle = JSON.parse((await exported(`format: FHIR, ${nothing}`)).content) as object;
    expect(faultsUnderR4(bundle)).toEqual([]);
    // FHIR knows no empty lists.
    expect(bundle).not.toHaveProperty("entry");
  });

  test.each([
    ["first: 0", "input.first"],
    ["first: 2001", "input.first"],
    ['after: "bm9uc2Vuc2U"', "input.after"],
    ['filter: { from: "2021-01-01T00:00:00Z", to: "2020-01-01T00:00:00Z" }', "input.filter.to"],
    ['filter: { familyId: "a\\u0000b" }', "input.filter.familyId"],
  ])("refuses %s", async (args, argument) => {
    const { errors } = await ask(`mutation { exportAccessLog(input: { format: CSV, ${args} }) { content } }`);
    expect(errors[0]?.originalError).toMatchObject({ code: "INPUT_INVALID", details: { argument } });
  });
});

test.each(ALL_QUESTIONS)("asks a second factor for %s", async (question) => {
  for (const secondFactor of [false, undefined]) {
    const { secondFactor: _taken, ...once } = officer;
    const requester = secondFactor === undefined ? once : { ...once, secondFactor };
    const { data, errors, questions } = await ask(question, requester);
    expect(data).toBeNull();
    expect(errors[0]?.originalError).toMatchObject({ code: "SECOND_FACTOR_REQUIRED" });
    expect(questions).toBe(0);
  }
});

test.each<[string, WorkerFunction, Purpose]>([
  ["lokalis.worker", "WORKER", "OVERSIGHT"],
  ["lokalis.privacy-officer", "PRIVACY_OFFICER", "CARE"],
])("is closed to %s as %s for %s", async (worker, workerFunction, purpose) => {
  for (const question of ALL_QUESTIONS) {
    const requester = { ...aRequester(worker, workerFunction), secondFactor: true };
    const { data, errors, questions } = await ask(question, requester, purpose);
    expect(data).toBeNull();
    expect(errors[0]?.originalError).toMatchObject({ code: "ACCESS_DENIED" });
    expect(questions).toBe(0);
  }
});

test("is closed to who runs the hub", async () => {
  const operator = { ...officer, organisation: toOrganisationCode("hub") };
  const { errors } = await ask("{ accessLog { totalCount } }", operator);
  expect(errors[0]?.originalError).toMatchObject({ code: "ACCESS_DENIED" });
});

test.each([
  ["first: 0", "first"],
  ["first: 101", "first"],
  ['after: "bm9uc2Vuc2U"', "after"],
  [
    `after: "${Buffer.from(`2020-02-30T00:00:00.000000Z ${"0".repeat(8)}-0000-0000-0000-${"0".repeat(12)}`).toString("base64url")}"`,
    "after",
  ],
  ['filter: { from: "2021-01-01T00:00:00Z", to: "2020-01-01T00:00:00Z" }', "filter.to"],
  ['filter: { worker: "a\\u0000b" }', "filter.worker"],
])("refuses to page with %#", async (args, argument) => {
  const { errors } = await ask(`{ accessLog(${args}) { totalCount } }`);
  expect(errors[0]?.originalError).toMatchObject({ code: "INPUT_INVALID", details: { argument } });
});
