// The subgraph as the gateway asks it: entities in batches, root fields, mutations, and what it says that it delivered.

import { graphql, type GraphQLSchema } from "graphql";
import type { Purpose } from "../../../shared/kernel/codes";
import type { Requester } from "../../../shared/kernel/requester";
import { loadRegion } from "../../../shared/region/region";
import { buildSubgraphSchema } from "../../../shared/subgraph-kit/build-subgraph-schema";
import { createContext } from "../../../shared/subgraph-kit/context";
import { definition } from "../../../subgraphs/families/schema";
import type { FindingStores } from "../../../subgraphs/families/source/families-stores";
import { withDatabase } from "../../kit/database";
import { seedDemoRegister } from "../../kit/demo-register";
import { NOT_PROBED } from "../../kit/probe";
import { UNLIMITED } from "../../kit/search-limit";
import { aGrant, aRequester, UTRECHT } from "../../kit/requesters";

const database = withDatabase();
let schema: GraphQLSchema;
beforeAll(async () => {
  await seedDemoRegister(database.pool);
  schema = await buildSubgraphSchema(definition);
});

const lokalis = aRequester("lokalis.worker", "WORKER");

async function ask(
  source: string,
  variableValues: object = {},
  requester: Requester = lokalis,
  purpose: Purpose = "CARE",
  region = UTRECHT,
) {
  const stores: FindingStores = {
    pool: database.pool,
    region,
    pseudonymKeys: new Map(),
    searchLimit: UNLIMITED,
    probe: NOT_PROBED,
  };
  const contextValue = createContext(aGrant(requester, purpose), {
    kind: "hub",
    stores,
    ready: () => Promise.resolve(),
    close: () => Promise.resolve(),
  });
  const result = await graphql({ schema, source, contextValue, variableValues: { ...variableValues } });
  const data: unknown = JSON.parse(JSON.stringify(result.data ?? null));
  return { data, errors: result.errors ?? [], deliveries: contextValue.deliveries };
}

const ENTITIES = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on Family { id status members { id role ageBand } }
  ... on Person { id role family { id status } }
} }`;

test("gives entities by their key, and null for those that are not there", async () => {
  const representations = [
    { __typename: "Family", id: "OVV-09" },
    { __typename: "Person", id: "OVV-06-3" },
    { __typename: "Family", id: "OVV-99" },
  ];
  const { data, errors, deliveries } = await ask(ENTITIES, { representations });
  expect(errors).toEqual([]);
  expect(data).toEqual({
    _entities: [
      {
        id: "OVV-09",
        status: "OPEN",
        members: [
          { id: "OVV-09-1", role: "PARENT", ageBand: "ADULT" },
          { id: "OVV-09-2", role: "PARENT", ageBand: "ADULT" },
          { id: "OVV-09-3", role: "CHILD", ageBand: "UNBORN" },
        ],
      },
      { id: "OVV-06-3", role: "CHILD", family: { id: "OVV-06", status: "OPEN" } },
      null,
    ],
  });
  expect(deliveries).toEqual([]);
});

test("fetches a hundred families in one query, and all their members in one more", async () => {
  const ids = Array.from({ length: 100 }, (_, index) => `MANY-${index}`);
  await database.owner.query(
    "insert into hub.family select id, 'OPEN', 'SAVE', null, current_date, null from unnest($1::text[]) as id",
    [ids],
  );
  await database.owner.query(
    "insert into hub.person select id || '-1', id, 'CHILD', current_date, true from unnest($1::text[]) as id",
    [ids],
  );
  const query = jest.spyOn(database.pool, "query");
  const { data } = await ask(ENTITIES, { representations: ids.map((id) => ({ __typename: "Family", id })) });
  expect(query).toHaveBeenCalledTimes(2);
  query.mockClear();
  await ask(
    "query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Family { status } } }",
    {
      representations: ids.map((id) => ({ __typename: "Family", id })),
    },
  );
  expect(query).toHaveBeenCalledTimes(1);
  query.mockRestore();
  const { _entities } = data as { _entities: { id: string; members: { id: string }[] }[] };
  expect(_entities.map(({ members }) => members[0]?.id)).toEqual(ids.map((id) => `${id}-1`));
});

test("family gives a household and says that it was delivered", async () => {
  const { data, deliveries } = await ask('{ family(id: "OVV-06") { id members { id } } }');
  expect(data).toMatchObject({ family: { id: "OVV-06", members: { length: 4 } } });
  expect(deliveries).toEqual([{ familyId: "OVV-06", act: "READ" }]);
});

test("family refuses an unknown household with a code, and delivers nothing", async () => {
  const { data, errors, deliveries } = await ask('{ family(id: "OVV-99") { id } }');
  expect(data).toEqual({ family: null });
  expect(errors[0]?.originalError).toMatchObject({ code: "FAMILY_NOT_FOUND" });
  expect(deliveries).toEqual([]);
});

test("caseload says of each household on the page that it was found", async () => {
  const { data, deliveries } = await ask("{ caseload(first: 2) { totalCount edges { node { id } } } }");
  expect(data).toEqual({
    caseload: { totalCount: 11, edges: [{ node: { id: "OVV-01" } }, { node: { id: "OVV-02" } }] },
  });
  expect(deliveries).toEqual([
    { familyId: "OVV-01", act: "SEARCH" },
    { familyId: "OVV-02", act: "SEARCH" },
  ]);
});

test("me and organisations tell who asks and who takes part", async () => {
  const { data } = await ask(
    "{ me { worker function organisation { code name phone health version } } organisations { code owner contact plannedMaintenance { id } } }",
  );
  expect(data).toEqual({
    me: {
      worker: "lokalis.worker",
      function: "WORKER",
      organisation: {
        code: "lokalis",
        name: "Lokalis",
        phone: "030-0000001",
        health: "UNKNOWN",
        version: null,
      },
    },
    organisations: UTRECHT.organisations.map(({ code }) => ({
      code,
      owner: expect.stringMatching(/^Functioneel beheer /),
      contact: `koppeling@${code}.example`,
      plannedMaintenance: [],
    })),
  });
});

test("an organisation that ended stays listed, with its last day and who goes on", async () => {
  const { data } = await ask(
    "{ organisations { code until continuedBy } }",
    {},
    lokalis,
    "CARE",
    loadRegion("toekomstscenario"),
  );
  const { organisations } = data as { organisations: { code: string; until: string | null }[] };
  expect(organisations.filter(({ until }) => until !== null)).toEqual([
    { code: "veilig-thuis", until: "2025-12-31", continuedBy: "rvt-melding" },
  ]);
  expect(organisations.length).toBeGreaterThan(1);
});

test("records and withdraws a consent through the contract", async () => {
  const recorded = await ask(
    `mutation ($input: RecordConsentInput!) {
      recordConsent(input: $input) { id categories decision validUntil recordedAt withdrawnAt }
    }`,
    {
      input: {
        personId: "OVV-03-3",
        givenBy: "OVV-03-1",
        holder: "save",
        recipient: "lokalis",
        categories: ["CARE_PLAN"],
        purpose: "CARE",
        decision: "GIVEN",
        how: "WRITTEN",
        validUntil: "2099-12-31",
        idempotencyKey: "through-the-contract",
      },
    },
  );
  expect(recorded.errors).toEqual([]);
  expect(recorded.data).toMatchObject({
    recordConsent: {
      categories: ["CARE_PLAN"],
      decision: "GIVEN",
      validUntil: "2099-12-31",
      withdrawnAt: null,
    },
  });
  expect(recorded.deliveries).toEqual([{ familyId: "OVV-03", personId: "OVV-03-3", act: "CREATE" }]);
  const { id } = (recorded.data as { recordConsent: { id: string } }).recordConsent;
  const withdrawn = await ask(
    "mutation ($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { id withdrawnAt } }",
    { input: { consentId: id, idempotencyKey: "taken-back" } },
  );
  expect(withdrawn.data).toEqual({
    withdrawConsent: { id, withdrawnAt: expect.stringMatching(/Z$/) as string },
  });
  expect(withdrawn.deliveries).toEqual([{ familyId: "OVV-03", personId: "OVV-03-3", act: "UPDATE" }]);
});

test("records and ends a measure, and assigns a worker, through the contract", async () => {
  const guardian = aRequester("save.guardian", "GUARDIAN");
  const recorded = await ask(
    `mutation { recordMeasure(input: { personId: "OVV-07-3", kind: PLACEMENT, number: "C/16/990732",
      startsOn: "2020-08-31", endsOn: "2021-08-31", idempotencyKey: "m1" }) { id kind organisation endedOn } }`,
    {},
    guardian,
    "MEASURE_EXECUTION",
  );
  expect(recorded.errors).toEqual([]);
  expect(recorded.deliveries).toEqual([{ familyId: "OVV-07", personId: "OVV-07-3", act: "CREATE" }]);
  const { id } = (recorded.data as { recordMeasure: { id: string } }).recordMeasure;
  const ended = await ask(
    `mutation { endMeasure(input: { measureId: "${id}", endedOn: "2020-12-31", idempotencyKey: "m2" }) { endedOn } }`,
    {},
    guardian,
    "MEASURE_EXECUTION",
  );
  expect(ended.data).toEqual({ endMeasure: { endedOn: "2020-12-31" } });
  const assigned = await ask(
    `mutation { assignWorker(input: { familyId: "OVV-07", workerId: "save.second", relation: STAND_IN,
      until: "2099-01-01", idempotencyKey: "a1" }) { workerId relation untilOn organisation } }`,
    {},
    guardian,
    "MEASURE_EXECUTION",
  );
  expect(assigned.data).toEqual({
    assignWorker: {
      workerId: "save.second",
      relation: "STAND_IN",
      untilOn: "2099-01-01",
      organisation: "save",
    },
  });
  expect(assigned.deliveries).toEqual([{ familyId: "OVV-07", act: "CREATE" }]);
});

test("a refused mutation delivers nothing", async () => {
  const { errors, deliveries } = await ask(
    `mutation { recordMeasure(input: { personId: "OVV-07-3", kind: OTS, number: "C/16/1", startsOn: "2020-08-31",
      endsOn: "2020-09-01", idempotencyKey: "no" }) { id } }`,
  );
  expect(errors[0]?.originalError).toMatchObject({ code: "ACCESS_DENIED" });
  expect(deliveries).toEqual([]);
});
