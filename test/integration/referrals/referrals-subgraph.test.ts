// Referrals as the gateway asks them: the story of one that is objected to, told in the contract.

import { randomUUID } from "node:crypto";
import { graphql, type GraphQLSchema } from "graphql";
import { toOrganisationCode } from "../../../shared/kernel/ids";
import type { Purpose } from "../../../shared/kernel/codes";
import type { Requester } from "../../../shared/kernel/requester";
import { buildSubgraphSchema } from "../../../shared/subgraph-kit/build-subgraph-schema";
import { createContext } from "../../../shared/subgraph-kit/context";
import { definition } from "../../../subgraphs/referrals/schema";
import { withDatabase } from "../../kit/database";
import { aGrant, aRequester } from "../../kit/requesters";
import { arrangeFamily, deliver, REGION } from "./arrange";

const database = withDatabase();
let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await buildSubgraphSchema(definition);
});

const sender = aRequester("lokalis.worker", "WORKER");
const receiver = aRequester("save.voluntary", "VOLUNTARY_WORKER");
const third = aRequester("veilig-thuis.assessor", "ASSESSOR");

interface Answer {
  readonly data: Record<string, Record<string, unknown>>;
  readonly codes: readonly unknown[];
  readonly details: readonly unknown[];
  readonly deliveries: readonly unknown[];
}

async function ask(
  requester: Requester,
  source: string,
  input: Record<string, unknown> = {},
  purpose: Purpose = "REFERRAL",
): Promise<Answer> {
  const stores = { pool: database.pool, region: REGION };
  const contextValue = createContext(aGrant(requester, purpose), {
    kind: "hub",
    stores,
    ready: () => Promise.resolve(),
    close: () => Promise.resolve(),
  });
  const key = { idempotencyKey: randomUUID() };
  const answer = await graphql({
    schema,
    source,
    contextValue,
    variableValues: { input: { ...key, ...input } },
  });
  const errors = answer.errors ?? [];
  return {
    data: JSON.parse(JSON.stringify(answer.data ?? {})) as Answer["data"],
    codes: errors.map(
      ({ originalError, message }) => (originalError as { code?: string } | undefined)?.code ?? message,
    ),
    details: errors.map(({ originalError }) => (originalError as { details?: unknown } | undefined)?.details),
    deliveries: contextValue.deliveries,
  };
}

const SHOWN = `id state sender receiver owner coOwner responsibleNow possibleSteps delivery family { id }
  consultation { id reason proposal participants state outcome owner referral { id } }
  history { step from to party organisation worker codes proposal at }`;
const mutation = (name: string, type: string): string =>
  `mutation ($input: ${type}!) { ${name}(input: $input) { ${SHOWN} } }`;
const REFER = mutation("refer", "ReferInput");

const aReferral = (familyId: string): Record<string, unknown> => ({
  familyId,
  type: "GUIDANCE",
  receiver: "save",
  reasonCode: "EXPERTISE_NEEDED",
  consentBasis: "CONSENT_GIVEN",
  familyInformed: { how: "SPOKEN", on: "2026-01-06" },
});

test("a referral that is objected to ends with two owners, and never went back", async () => {
  const familyId = await arrangeFamily(database.pool);
  const sent = await ask(sender, REFER, aReferral(familyId));
  expect(sent).toMatchObject({ codes: [], deliveries: [{ familyId, act: "CREATE" }] });
  expect(sent.data["refer"]).toMatchObject({
    state: "SUBMITTED",
    owner: "lokalis",
    responsibleNow: "lokalis",
    delivery: "PENDING",
    possibleSteps: ["withdraw"],
    family: { id: familyId },
  });
  const referralId = sent.data["refer"]?.["id"] as string;
  await deliver({ pool: database.pool, region: REGION }, referralId);

  const inbox = `{ referralInbox(state: RECEIVED) { totalCount edges { node { id possibleSteps } } } }`;
  const received = await ask(receiver, inbox);
  expect(received.deliveries).toEqual([{ familyId, act: "READ" }]);
  expect(received.data["referralInbox"]).toMatchObject({
    totalCount: 1,
    edges: [
      {
        node: {
          id: referralId,
          possibleSteps: ["review", "requestInformation", "waitlist", "accept", "object"],
        },
      },
    ],
  });

  const objection = { referralId, reason: "TASK_OF_ANOTHER", proposal: "veilig-thuis" };
  const objected = await ask(receiver, mutation("objectToReferral", "ObjectToReferralInput"), objection);
  expect(objected.codes).toEqual([]);
  expect(objected.data["objectToReferral"]).toMatchObject({
    state: "IN_CONSULTATION",
    owner: "lokalis",
    consultation: {
      participants: ["lokalis", "save", "veilig-thuis"],
      state: "OPEN",
      referral: { id: referralId },
    },
  });

  const consultations = await ask(third, "{ consultations { edges { node { id referral { id owner } } } } }");
  expect(consultations.data["consultations"]).toMatchObject({
    edges: [{ node: { referral: { id: referralId, owner: "lokalis" } } }],
  });
  const { consultation } = objected.data["objectToReferral"] as { consultation: { id: string } };
  const resolved = await ask(third, mutation("resolveConsultation", "ResolveConsultationInput"), {
    consultationId: consultation.id,
    outcome: "ASSIGN_TOGETHER",
  });
  expect(resolved.data["resolveConsultation"]).toMatchObject({
    state: "RECEIVED",
    owner: "save",
    coOwner: "veilig-thuis",
    responsibleNow: "lokalis",
  });

  const accept = mutation("acceptReferral", "AcceptReferralInput");
  const accepted = await ask(receiver, accept, { referralId });
  expect(accepted.data["acceptReferral"]).toMatchObject({
    state: "ACCEPTED",
    owner: "save",
    responsibleNow: "lokalis",
  });

  const together = await ask(third, accept, { referralId });
  expect(together.data["acceptReferral"]).toMatchObject({
    state: "ACCEPTED",
    owner: "save",
    possibleSteps: [],
  });

  const seen = await ask(sender, `{ referral(id: "${referralId}") { ${SHOWN} } }`, {}, "CARE");
  const { history } = seen.data["referral"] as { history: { step: string; at: string }[] };
  expect(history.map(({ step }) => step)).toEqual([
    "submit",
    "deliver",
    "object",
    "assign",
    "accept",
    "acceptTogether",
  ]);
  for (const { at } of history) expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test("a referral is sent for the purpose of referring only", async () => {
  const familyId = await arrangeFamily(database.pool);
  const answer = await ask(sender, REFER, aReferral(familyId), "CARE");
  expect(answer).toMatchObject({
    codes: ["ACCESS_DENIED"],
    details: [{ purposesNeeded: ["REFERRAL"] }],
    deliveries: [],
  });
});

test.each<Purpose>(["CONSULT", "OVERSIGHT", "SUBJECT_RIGHTS"])(
  "referrals are not read for %s",
  async (purpose) => {
    const { codes, deliveries } = await ask(sender, "{ sentReferrals { totalCount } }", {}, purpose);
    expect({ codes, deliveries }).toEqual({ codes: ["ACCESS_DENIED"], deliveries: [] });
  },
);

test("a referral of others and an id that does not exist give the same answer", async () => {
  const sent = await ask(sender, REFER, aReferral(await arrangeFamily(database.pool)));
  const outsider = aRequester("wss.guardian", "GUARDIAN");
  const answers = await Promise.all(
    [String(sent.data["refer"]?.["id"]), randomUUID(), "x"].map((id) =>
      ask(outsider, `{ referral(id: "${id}") { id } }`),
    ),
  );
  for (const answer of answers) {
    expect(answer).toEqual({
      data: { referral: null },
      codes: ["REFERRAL_NOT_FOUND"],
      details: [{}],
      deliveries: [],
    });
  }
});

test("a route that does not exist is answered with those that do", async () => {
  const familyId = await arrangeFamily(database.pool);
  const answer = await ask(sender, REFER, { ...aReferral(familyId), receiver: "rvdk" });
  expect(answer.codes).toEqual(["REFERRAL_ROUTE_UNKNOWN"]);
  expect(answer.details).toMatchObject([
    { possible: expect.arrayContaining([{ type: "INQUIRY_REQUEST", receivers: ["rvdk"] }]) },
  ]);
});

test("a database that is away is said to be so", async () => {
  const away = jest.spyOn(database.pool, "connect").mockImplementation(() => {
    throw Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
  });
  try {
    expect((await ask(sender, REFER, aReferral("T-any"))).codes).toEqual(["RECORD_UNAVAILABLE"]);
  } finally {
    away.mockRestore();
  }
});

test("the queue and the counts tell how referrals move, and deliver nobody", async () => {
  const municipality = { kind: "MUNICIPALITY", organisation: toOrganisationCode("municipality") } as const;
  const lead = { ...sender, ...municipality, workerFunction: "PROCESS_LEAD" } as const;
  const queue = await ask(
    lead,
    "{ referralQueue(first: 5) { totalCount edges { node { reference type state receiver since due overdue } } } }",
    {},
    "OVERSIGHT",
  );
  expect(queue).toMatchObject({ codes: [], deliveries: [] });
  const policy = { ...lead, workerFunction: "POLICY_STAFF" } as const;
  const counts = await ask(policy, "{ referralCounts { type state count } }", {}, "OVERSIGHT");
  expect(counts).toMatchObject({ codes: [], deliveries: [] });
  expect((counts.data["referralCounts"] as unknown as { count: unknown }[])[0]?.count).toBeNull();
  const worker = await ask(sender, "{ referralQueue { totalCount } referralCounts { count } }");
  expect(worker.codes).toEqual(["ACCESS_DENIED", "ACCESS_DENIED"]);
});
