// Disclosures and emergencies as the gateway asks them: through the contract, and what the register says it delivered.

import { randomUUID } from "node:crypto";
import { graphql, type GraphQLSchema } from "graphql";
import { schakelErrorIn } from "../../../shared/kernel/format-error";
import type { Grant } from "../../../shared/kernel/requester";
import { pseudonymOf } from "../../../shared/sources/pseudonym";
import { buildSubgraphSchema } from "../../../shared/subgraph-kit/build-subgraph-schema";
import { createContext } from "../../../shared/subgraph-kit/context";
import { definition } from "../../../subgraphs/families/schema";
import type { FindingStores } from "../../../subgraphs/families/source/families-stores";
import { withDatabase } from "../../kit/database";
import { seedDemoRegister } from "../../kit/demo-register";
import { aDecision, aRequest, ASSESSOR, grantFor, HOLDER, NECESSITY, WEIGHING } from "../../kit/disclosures";
import { aGrant, aRequester, UTRECHT } from "../../kit/requesters";
import { NOT_PROBED } from "../../kit/probe";
import { UNLIMITED } from "../../kit/search-limit";

const database = withDatabase();
let schema: GraphQLSchema;
beforeAll(async () => {
  await seedDemoRegister(database.pool);
  schema = await buildSubgraphSchema(definition);
});

/** The key of the demo's SAVE here. */
const KEYS = new Map([["save", { version: 1, secret: Buffer.alloc(32, 7) }]]);

async function ask(grant: Grant, source: string, variableValues: object = {}) {
  const stores: FindingStores = {
    pool: database.pool,
    region: UTRECHT,
    pseudonymKeys: KEYS,
    searchLimit: UNLIMITED,
    probe: NOT_PROBED,
  };
  const contextValue = createContext(grant, {
    kind: "hub",
    stores,
    ready: () => Promise.resolve(),
    close: () => Promise.resolve(),
  });
  const result = await graphql({ schema, source, contextValue, variableValues: { ...variableValues } });
  const data = JSON.parse(JSON.stringify(result.data ?? {})) as Record<
    string,
    Record<string, unknown> | null
  >;
  return { data, errors: result.errors ?? [], deliveries: contextValue.deliveries };
}

const CHILD = { familyId: "OVV-06", personId: "OVV-06-3" };
const REQUEST = `mutation ($input: RequestDisclosureInput!) { requestDisclosure(input: $input) {
  id state dueOn necessity weighing requestedAs categories } }`;
const DECIDE = `mutation ($input: DecideDisclosureInput!) { decideDisclosure(input: $input) {
  id state weighing grantedCategories grantedUntil familyTold } }`;
const LIST = `query ($side: DisclosureSide!) { disclosures(side: $side) { totalCount edges { node {
  id state necessity weighing } } } }`;

test("a request goes its way, and each step is told to the access log", async () => {
  const input = aRequest();
  const asked = await ask(grantFor(input), REQUEST, { input });
  expect(asked.errors).toEqual([]);
  expect(asked.data["requestDisclosure"]).toMatchObject({
    state: "REQUESTED",
    requestedAs: "ASSESSOR",
    categories: ["CARE_PLAN", "SAFETY"],
    weighing: null,
  });
  expect(asked.deliveries).toEqual([{ ...CHILD, act: "CREATE" }]);
  const id = String(asked.data["requestDisclosure"]?.["id"]);

  const decided = await ask(aGrant(HOLDER, "CARE"), DECIDE, { input: aDecision(id) });
  expect(decided.errors).toEqual([]);
  expect(decided.data["decideDisclosure"]).toMatchObject({ state: "GRANTED", weighing: WEIGHING });
  expect(decided.deliveries).toEqual([{ ...CHILD, act: "UPDATE" }]);

  for (const [grant, side, weighing] of [
    [aGrant(HOLDER, "CARE"), "HELD", WEIGHING],
    [aGrant(ASSESSOR, "CARE"), "ASKED", null],
  ] as const) {
    const listed = await ask(grant, LIST, { side });
    expect(listed.errors).toEqual([]);
    expect(listed.data["disclosures"]).toEqual({
      totalCount: 1,
      edges: [{ node: { id, state: "GRANTED", necessity: NECESSITY, weighing } }],
    });
    expect(listed.deliveries).toEqual([{ ...CHILD, act: "READ" }]);
  }

  const ended = await ask(
    aGrant(HOLDER, "CARE"),
    "mutation ($input: EndDisclosureInput!) { endDisclosure(input: $input) { endedAt } }",
    { input: { disclosureId: id, idempotencyKey: "end" } },
  );
  expect(ended.data["endDisclosure"]?.["endedAt"]).toEqual(expect.stringMatching(/Z$/));
  expect(ended.deliveries).toEqual([{ ...CHILD, act: "UPDATE" }]);
});

test("a request that is taken back is told to the access log as well", async () => {
  const input = aRequest({ personId: null, familyId: "OVV-06" });
  const { data } = await ask(grantFor(input), REQUEST, { input });
  const withdrawn = await ask(
    aGrant(ASSESSOR, "SAFETY_ASSESSMENT"),
    `mutation ($input: WithdrawDisclosureRequestInput!) { withdrawDisclosureRequest(input: $input) { state personId } }`,
    { input: { disclosureId: data["requestDisclosure"]?.["id"], idempotencyKey: "back" } },
  );
  expect(withdrawn.data["withdrawDisclosureRequest"]).toEqual({ state: "WITHDRAWN", personId: null });
  expect(withdrawn.deliveries).toEqual([{ familyId: "OVV-06", act: "UPDATE" }]);
});

test("an emergency goes its way, and each step is told to the access log", async () => {
  const declared = await ask(
    aGrant(ASSESSOR, "ACUTE_SAFETY"),
    `mutation ($input: DeclareEmergencyInput!) { declareEmergency(input: $input) {
      id familyId withHealth reviewDueOn declaredAs } }`,
    {
      input: {
        familyId: "OVV-13",
        reason: "A child called that there is fighting in the house right now.",
        idempotencyKey: "now",
      },
    },
  );
  expect(declared.errors).toEqual([]);
  expect(declared.data["declareEmergency"]).toMatchObject({ familyId: "OVV-13", withHealth: false });
  expect(declared.deliveries).toEqual([{ familyId: "OVV-13", act: "CREATE" }]);

  const colleague = aGrant(aRequester("veilig-thuis.second", "ASSESSOR"), "SAFETY_ASSESSMENT");
  const listed = await ask(colleague, "{ emergencies { edges { node { id outcome reviewDueOn } } } }");
  const id = declared.data["declareEmergency"]?.["id"];
  expect(listed.data["emergencies"]).toMatchObject({ edges: [{ node: { id, outcome: null } }] });
  expect(listed.deliveries).toEqual([{ familyId: "OVV-13", act: "READ" }]);

  const reviewed = await ask(
    colleague,
    `mutation ($input: ReviewEmergencyInput!) { reviewEmergency(input: $input) { outcome reviewedBy note } }`,
    { input: { emergencyId: id, outcome: "NOT_JUSTIFIED", idempotencyKey: "reviewed" } },
  );
  expect(reviewed.data["reviewEmergency"]).toEqual({
    outcome: "NOT_JUSTIFIED",
    reviewedBy: "veilig-thuis.second",
    note: null,
  });
  expect(reviewed.deliveries).toEqual([{ familyId: "OVV-13", act: "UPDATE" }]);
});

test("what is refused delivers nothing", async () => {
  const input = aRequest();
  const refused = await ask(aGrant(ASSESSOR, "SAFETY_ASSESSMENT"), REQUEST, { input });
  expect(refused.errors[0]?.originalError).toMatchObject({ code: "DISCLOSURE_NOT_POSSIBLE" });
  const list = await ask(aGrant(aRequester("veilig-thuis.advisor", "ADVISOR"), "CONSULT"), LIST, {
    side: "HELD",
  });
  expect(list.data).toEqual({ disclosures: null });
  expect(list.errors[0]?.originalError).toMatchObject({ code: "ACCESS_DENIED" });
  expect([refused.deliveries, list.deliveries]).toEqual([[], []]);
});

describe("an emergency for a child of whom only the BSN is known", () => {
  const DECLARE = `mutation ($input: DeclareEmergencyInput!) { declareEmergency(input: $input) { id familyId } }`;
  const BSN = "999993653";
  const declare = (change: object) =>
    ask(aGrant(aRequester("wss.guardian", "GUARDIAN"), "ACUTE_SAFETY"), DECLARE, {
      input: { reason: "A child stands outside alone at night.", idempotencyKey: randomUUID(), ...change },
    });
  const codes = ({ errors }: Awaited<ReturnType<typeof ask>>) =>
    errors.map((one) => schakelErrorIn(one)?.code);

  beforeAll(async () => {
    const key = KEYS.get("save");
    if (!key) throw new Error("No key.");
    await database.owner.query(
      "update hub.person_pseudonym set pseudonym = $1 where person_id = 'OVV-06-3' and organisation = 'save'",
      [pseudonymOf(key, { bsn: BSN })],
    );
    await database.owner.query("delete from hub.emergency");
  });

  test("is declared for the household, and the number is kept nowhere", async () => {
    expect(codes(await declare({ bsn: "999990408" }))).toEqual(["FAMILY_NOT_FOUND"]);
    const { data, errors, deliveries } = await declare({ bsn: BSN });
    expect(errors).toEqual([]);
    expect(data["declareEmergency"]).toMatchObject({ familyId: "OVV-06" });
    expect(deliveries).toEqual([{ familyId: "OVV-06", act: "CREATE" }]);
    const { rows } = await database.owner.query<{ text: string }>(
      `select e::text as text from hub.emergency e
       union all select i::text from hub.idempotency i union all select t::text from hub.task t`,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ text }) => text.includes(BSN))).toEqual([]);
  });

  test.each([
    ["both a family and a BSN", { familyId: "OVV-06", bsn: BSN }],
    ["neither", {}],
    ["a number that fails the elfproef", { bsn: "999993654" }],
  ])("refuses %s without repeating it", async (_, change) => {
    const answer = await declare(change);
    expect(codes(answer)).toEqual(["INPUT_INVALID"]);
    expect(JSON.stringify(answer.errors)).not.toContain("99999");
  });
});
