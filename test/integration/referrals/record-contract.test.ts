// What is on record of a referral, in the contract: its kinds, what goes with it, what it costs, and the family's timeline.

import { randomUUID } from "node:crypto";
import { graphql, type GraphQLSchema } from "graphql";
import type { Purpose } from "../../../shared/kernel/codes";
import type { Requester } from "../../../shared/kernel/requester";
import { buildSubgraphSchema } from "../../../shared/subgraph-kit/build-subgraph-schema";
import { createContext } from "../../../shared/subgraph-kit/context";
import { definition } from "../../../subgraphs/referrals/schema";
import { acceptReferral } from "../../../subgraphs/referrals/source/decide";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import { NOT_CARRIED, NOT_CARRIED_TYPES } from "../../../subgraphs/referrals/source/not-carried";
import { refer } from "../../../subgraphs/referrals/source/refer";
import { REFERRAL_TYPES } from "../../../subgraphs/referrals/source/routes";
import { withDatabase } from "../../kit/database";
import { aGrant } from "../../kit/requesters";
import { arrangeHousehold, deliver, newReferral, REGION, worker } from "./arrange";

const database = withDatabase();
const stores = (): ReferralStores => ({ pool: database.pool, region: REGION });
const sender = worker("lokalis");
const receiver = worker("save");
let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await buildSubgraphSchema(definition);
});

interface Answer {
  readonly data: Record<string, unknown>;
  readonly errors: readonly { readonly code: unknown; readonly details: unknown }[];
}

async function ask(
  requester: Requester,
  source: string,
  input: Record<string, unknown> = {},
  purpose: Purpose = "REFERRAL",
): Promise<Answer> {
  const contextValue = createContext(aGrant(requester, purpose), {
    kind: "hub",
    stores: stores(),
    ready: () => Promise.resolve(),
    close: () => Promise.resolve(),
  });
  const answer = await graphql({ schema, source, contextValue, variableValues: { input } });
  return {
    data: JSON.parse(JSON.stringify(answer.data ?? {})) as Answer["data"],
    errors: (answer.errors ?? []).map(({ message, originalError }) => {
      const { code = message, details } = (originalError ?? {}) as { code?: unknown; details?: unknown };
      return { code, details };
    }),
  };
}

const REFER =
  "mutation ($input: ReferInput!) { refer(input: $input) { id content { person { id } categories } } }";
const input = (familyId: string, change: Record<string, unknown> = {}) => ({
  ...newReferral(familyId),
  ...change,
});

interface Kind {
  readonly type: string;
  readonly receivers: readonly string[];
  readonly opens: readonly string[];
  readonly way: string | null;
}

describe("the kinds of referral", () => {
  const kinds = async (requester: Requester): Promise<Kind[]> => {
    const { data, errors } = await ask(
      requester,
      `{ referralTypes { type term from to receivers document norm { workingDays text source } responsible opens
          reason way } }`,
    );
    expect(errors).toEqual([]);
    return data["referralTypes"] as Kind[];
  };

  test("are all listed, for a sender with whom it can send them to and what they open", async () => {
    const list = await kinds(sender);
    expect(list.map(({ type }) => type)).toEqual([...REFERRAL_TYPES, ...NOT_CARRIED_TYPES]);
    expect(list.find(({ type }) => type === "REPORT")).toMatchObject({
      receivers: ["veilig-thuis"],
      opens: ["IDENTITY", "HOUSEHOLD", "SAFETY", "CONCERN_REPORT"],
      norm: { workingDays: 5, source: "CONFIRMED" },
      way: null,
    });
    expect(list.find(({ type }) => type === "AGENCY_HANDOVER")).toMatchObject({ receivers: [], opens: [] });
    expect(list.find(({ type }) => type === "PETITION")).toMatchObject({
      receivers: [],
      way: NOT_CARRIED.PETITION.way,
    });
  });

  test.each(NOT_CARRIED_TYPES)(
    "%s is answered with the way to go instead, and stores nothing",
    async (type) => {
      const { familyId } = await arrangeHousehold(database, [{}]);
      const { errors } = await ask(sender, REFER, input(familyId, { type }));
      const { reason, way } = NOT_CARRIED[type];
      expect(errors).toEqual([{ code: "REFERRAL_NOT_CARRIED", details: { type, reason, way } }]);
      const { rowCount } = await database.pool.query("select from hub.referral where family_id = $1", [
        familyId,
      ]);
      expect(rowCount).toBe(0);
    },
  );
});

test("what goes with a referral is shown to its sender and its receiver", async () => {
  const { familyId, persons } = await arrangeHousehold(database, [{}]);
  const content = [{ personId: persons[0], categories: ["SAFETY"] }];
  const change = { type: "REPORT", receiver: "veilig-thuis", consentBasis: "SAFETY_TASK", content };
  const { data, errors } = await ask(sender, REFER, input(familyId, change));
  expect(errors).toEqual([]);
  const { id } = data["refer"] as { id: string };
  await deliver(stores(), id);
  for (const one of [sender, worker("veilig-thuis")]) {
    const shown = await ask(one, `{ referral(id: "${id}") { content { person { id } categories } } }`);
    expect(shown.data["referral"]).toEqual({
      content: [{ person: { id: persons[0] }, categories: ["SAFETY"] }],
    });
  }
});

test("what a transfer costs is shown to the sender, and to the receiver once it owns it", async () => {
  const { familyId } = await arrangeHousehold(database, [{}]);
  const transfer = { mode: "TRANSFER", transferReason: "FAMILY_MOVED" } as const;
  const { id } = await refer(stores(), sender, newReferral(familyId, transfer));
  await deliver(stores(), id);
  const cost = async (requester: Requester) => {
    const { data } = await ask(
      requester,
      `{ referral(id: "${id}") { cost { handOver faces expectedWait { reason } } } }`,
    );
    return (data["referral"] as { cost: unknown }).cost;
  };
  const first = { handOver: 1, faces: 0, expectedWait: { reason: "TOO_FEW_DECISIONS" } };
  expect(await cost(sender)).toEqual(first);
  expect(await cost(receiver)).toBeNull();
  await acceptReferral(stores(), receiver, { referralId: id, idempotencyKey: randomUUID() });
  expect(await cost(receiver)).toEqual({ ...first, faces: 1 });
  const joined = await refer(stores(), sender, newReferral(familyId));
  const { data } = await ask(sender, `{ referral(id: "${joined.id}") { cost { handOver } } }`);
  expect(data["referral"]).toEqual({ cost: null });
});

describe("the timeline of a family", () => {
  const timeline = async (familyId: string, requester: Requester, page = "", purpose: Purpose = "CARE") => {
    const { data, errors } = await ask(
      requester,
      `{ _entities(representations: [{ __typename: "Family", id: "${familyId}" }]) { ... on Family { referrals${page} {
        totalCount pageInfo { hasNextPage endCursor }
        edges { node { id history { step worker daysSince handOver } } } } } } }`,
      {},
      purpose,
    );
    expect(errors).toEqual([]);
    return (data["_entities"] as { referrals: unknown }[])[0]?.referrals as {
      totalCount: number;
      pageInfo: { hasNextPage: boolean; endCursor: string };
      edges: {
        node: {
          id: string;
          history: { step: string; worker: string | null; daysSince: number | null; handOver: boolean }[];
        };
      }[];
    } | null;
  };

  test("has each referral that concerns who asks, with every step, and where the family changed hands", async () => {
    const { familyId } = await arrangeHousehold(database, [{}]);
    const joined = await refer(stores(), sender, newReferral(familyId));
    const transfer = { mode: "TRANSFER", transferReason: "FAMILY_MOVED" } as const;
    const moved = await refer(stores(), sender, newReferral(familyId, transfer));
    const elsewhere = await refer(stores(), sender, newReferral(familyId, { receiver: "wss" }));
    for (const { id } of [joined, moved]) {
      await deliver(stores(), id);
      await acceptReferral(stores(), receiver, { referralId: id, idempotencyKey: randomUUID() });
    }
    const seen = await timeline(familyId, receiver);
    expect(seen?.edges.map(({ node }) => node.id)).toEqual([joined.id, moved.id]);
    expect(seen?.edges.map(({ node }) => node.history.map(({ step, handOver }) => [step, handOver]))).toEqual(
      [
        [
          ["submit", false],
          ["deliver", false],
          ["accept", false],
        ],
        [
          ["submit", false],
          ["deliver", false],
          ["accept", true],
        ],
      ],
    );
    expect(seen?.edges[1]?.node.history[2]).toEqual({
      step: "accept",
      worker: receiver.worker,
      daysSince: 0,
      handOver: true,
    });
    const all = await timeline(familyId, sender);
    expect(all?.edges.map(({ node }) => node.id)).toEqual([joined.id, moved.id, elsewhere.id]);
    const first = await timeline(familyId, sender, "(first: 2)");
    expect([first?.totalCount, first?.pageInfo.hasNextPage]).toEqual([3, true]);
    const rest = await timeline(familyId, sender, `(after: "${first?.pageInfo.endCursor}")`);
    expect(rest?.edges.map(({ node }) => node.id)).toEqual([elsewhere.id]);
  });

  test("says after how many days a step was taken", async () => {
    const { familyId } = await arrangeHousehold(database, [{}]);
    const { id } = await refer(stores(), sender, newReferral(familyId));
    await deliver(stores(), id);
    const client = await database.owner.connect();
    await client.query("begin; alter table hub.referral_event disable trigger user");
    await client.query(
      "update hub.referral_event set at = at - interval '3 days 5 hours' where referral_id = $1 and version = 1",
      [id],
    );
    await client.query(
      "alter table hub.referral_event enable trigger user, enable always trigger referral_event_is_append_only; commit",
    );
    client.release();
    const seen = await timeline(familyId, sender);
    expect(seen?.edges[0]?.node.history.map(({ daysSince }) => daysSince)).toEqual([null, 3]);
  });

  test("is empty for a stranger, and not there for a purpose other than working with families", async () => {
    const { familyId } = await arrangeHousehold(database, [{}]);
    await refer(stores(), sender, newReferral(familyId));
    expect((await timeline(familyId, worker("rvdk")))?.edges).toEqual([]);
    expect(await timeline(familyId, sender, "", "CONSULT")).toBeNull();
  });
});

test("figures are asked by the quarter, and one that is not over is refused", async () => {
  const staff = { ...worker("lokalis"), workerFunction: "PROCESS_LEAD" } as const;
  const asked = 'referralFigures(quarter: "2026-Q1") { quarter { name from until } sent { name count } }';
  const { data } = await ask(staff, `{ ${asked} }`, {}, "OVERSIGHT");
  expect(data["referralFigures"]).toEqual({
    quarter: { name: "2026-Q1", from: "2026-01-01", until: "2026-03-31" },
    sent: [
      { name: "JOIN", count: null },
      { name: "TRANSFER", count: null },
    ],
  });
  const early = await ask(
    staff,
    '{ referralFigures(quarter: "2199-Q1") { quarter { name } } }',
    {},
    "OVERSIGHT",
  );
  expect(early.errors).toMatchObject([{ code: "INPUT_INVALID", details: { argument: "quarter" } }]);
});
