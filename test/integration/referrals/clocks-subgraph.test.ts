// The clocks in the contract: on a referral for who sees it, on a family for who works with it.

import { randomUUID } from "node:crypto";
import { graphql, type GraphQLSchema } from "graphql";
import type { Purpose } from "../../../shared/kernel/codes";
import type { Requester } from "../../../shared/kernel/requester";
import { buildSubgraphSchema } from "../../../shared/subgraph-kit/build-subgraph-schema";
import { createContext } from "../../../shared/subgraph-kit/context";
import { acceptReferral } from "../../../subgraphs/referrals/source/decide";
import { fireDeadline } from "../../../subgraphs/referrals/source/deadlines/fire";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import { refer } from "../../../subgraphs/referrals/source/refer";
import { definition } from "../../../subgraphs/referrals/schema";
import { withDatabase } from "../../kit/database";
import { aGrant, aRequester } from "../../kit/requesters";
import { arrangeFamily, arrangeReceived, deliver, newReferral, REGION, SILENT, worker } from "./arrange";
import { letPass } from "./clocks";

const database = withDatabase();
const stores = (): ReferralStores => ({ pool: database.pool, region: REGION });
let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await buildSubgraphSchema(definition);
});

const sender = aRequester("lokalis.worker", "WORKER");
const receiver = aRequester("save.voluntary", "VOLUNTARY_WORKER");

async function ask(
  requester: Requester,
  source: string,
  variableValues: Record<string, unknown>,
  purpose: Purpose = "REFERRAL",
): Promise<Record<string, unknown>> {
  const contextValue = createContext(aGrant(requester, purpose), {
    kind: "hub",
    stores: stores(),
    ready: () => Promise.resolve(),
    close: () => Promise.resolve(),
  });
  const answer = await graphql({ schema, source, contextValue, variableValues });
  if (answer.errors) throw new Error("The subgraph reported errors.", { cause: answer.errors[0] });
  return JSON.parse(JSON.stringify(answer.data)) as Record<string, unknown>;
}

const CLOCKS = `query ($id: ID!) { referral(id: $id) { placeInQueue expectedWait { workingDays reason }
  deadlines { kind organisation startedAt dueAt warnedAt escalatedAt metAt } } }`;
const WAITING = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Family { id waiting {
  totalDays workingDays since waitingSince holders perReferral { referralId type state holder since until totalDays } } } } }`;

test("sender and receiver see the same place, expected wait and deadlines", async () => {
  const { id } = await arrangeReceived(stores());
  await letPass(database, id, "end");
  await fireDeadline(
    { pool: database.pool, region: REGION, log: SILENT },
    { referralId: id, kind: "DECIDE", version: 2 },
  );
  const seen = await ask(sender, CLOCKS, { id });
  expect(seen).toEqual({
    referral: {
      placeInQueue: 1,
      expectedWait: { workingDays: null, reason: "TOO_FEW_DECISIONS" },
      deadlines: [
        expect.objectContaining({ kind: "DELIVER", organisation: "lokalis", escalatedAt: null }),
        {
          kind: "DECIDE",
          organisation: "save",
          startedAt: expect.any(String) as string,
          dueAt: expect.any(String) as string,
          warnedAt: null,
          escalatedAt: expect.any(String) as string,
          metAt: null,
        },
      ],
    },
  });
  expect(await ask(receiver, CLOCKS, { id })).toEqual(seen);
});

test("a family shows one clock over its referrals, and names those that concern who asks", async () => {
  const familyId = await arrangeFamily(database.pool);
  const first = await arrangeReceived(stores(), { familyId });
  const other = await refer(
    stores(),
    worker("lokalis"),
    newReferral(familyId, {
      type: "INQUIRY_REQUEST",
      receiver: "rvdk",
      consentBasis: "INQUIRY_REQUEST",
      idempotencyKey: randomUUID(),
    }),
  );
  await deliver(stores(), other.id);
  const of = [{ __typename: "Family", id: familyId }];
  const waiting = async (requester: Requester, purpose?: Purpose) => {
    const { _entities } = await ask(requester, WAITING, { of }, purpose);
    return (
      _entities as { waiting: { holders: string[]; perReferral: { referralId: string }[] } | null }[]
    )[0]?.waiting;
  };
  const whole = await waiting(sender);
  expect(whole?.perReferral.map(({ referralId }) => referralId)).toEqual([first.id, other.id]);
  expect(whole?.holders.toSorted()).toEqual(["rvdk", "save"]);
  const part = await waiting(receiver);
  expect(part?.perReferral.map(({ referralId }) => referralId)).toEqual([first.id]);
  expect(part?.holders).toEqual(["save"]);
  expect(await waiting(sender, "SUBJECT_RIGHTS")).toBeNull();

  await acceptReferral(stores(), worker("save"), { referralId: first.id, idempotencyKey: randomUUID() });
  expect((await waiting(sender))?.holders).toEqual(["rvdk"]);
});

test("a family that never waited has waited nothing", async () => {
  const familyId = await arrangeFamily(database.pool);
  const { _entities } = await ask(sender, WAITING, { of: [{ __typename: "Family", id: familyId }] }, "CARE");
  expect(_entities).toEqual([
    {
      id: familyId,
      waiting: {
        totalDays: 0,
        workingDays: 0,
        since: null,
        waitingSince: null,
        holders: [],
        perReferral: [],
      },
    },
  ]);
});
