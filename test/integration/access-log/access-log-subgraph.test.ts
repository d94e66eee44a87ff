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
import { aGrant, aRequester, UTRECHT } from "../../kit/requesters";

const database = withDatabase();
let schema: GraphQLSchema;

beforeAll(async () => {
  const writer = createAccessLogWriter(database.pool);
  const rvdk = { organisation: toOrganisationCode("rvdk"), worker: toWorkerId("rvdk.investigator") } as const;
  for (const entry of [
    anEntry({ operation: "own worker at save" }),
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

test.each<[string, WorkerFunction, Purpose]>([
  ["lokalis.worker", "WORKER", "OVERSIGHT"],
  ["lokalis.privacy-officer", "PRIVACY_OFFICER", "CARE"],
])("is closed to %s as %s for %s", async (worker, workerFunction, purpose) => {
  const { data, errors, questions } = await ask(
    "{ accessLog { totalCount } }",
    aRequester(worker, workerFunction),
    purpose,
  );
  expect(data).toBeNull();
  expect(errors[0]?.originalError).toMatchObject({ code: "ACCESS_DENIED" });
  expect(questions).toBe(0);
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
])("refuses to page with %#", async (args, argument) => {
  const { errors } = await ask(`{ accessLog(${args}) { totalCount } }`);
  expect(errors[0]?.originalError).toMatchObject({ code: "INPUT_INVALID", details: { argument } });
});
