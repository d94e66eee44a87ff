// accessLog as the gateway asks it: for privacy officers only, of the own organisation only.

import type { Purpose, WorkerFunction } from "../../../shared/kernel/codes";
import { toOrganisationCode } from "../../../shared/kernel/ids";
import type { Requester } from "../../../shared/kernel/requester";
import { withDatabase } from "../../kit/database";
import { aRequester } from "../../kit/requesters";
import { askRegister, officer, writeThree } from "./arrange-questions";

const database = withDatabase();
const ask = (source: string, requester?: Requester, purpose?: Purpose) =>
  askRegister(database.pool, source, requester, purpose);

beforeAll(() => writeThree(database.pool));

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
