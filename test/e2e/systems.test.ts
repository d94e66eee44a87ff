// An organisation's own system does what is its own, in the name of its organisation, and reads nothing.

import { randomUUID } from "node:crypto";
import type { JWTPayload } from "jose";
import { demoSystemClient, TOKEN_AUDIENCE } from "../../shared/kernel/token-claims";
import { issuerUrl } from "../../shared/launch/demo-issuer/issuer-settings";
import { signedAs } from "../kit/attack-tokens";
import { askReferral, referralIn, sendReferral, takeStep, untilReceived } from "../kit/referrals";
import { portOf } from "../kit/hub-place";
import { sharedHub } from "../kit/shared-hub";
import { nowS } from "../kit/test-issuer";
import { askWith, type Traced } from "../kit/token-gateways";

const hub = sharedHub();
const CLIENT = demoSystemClient("save");

/** A token as client credentials give it (RFC 9068, 2.2): the subject is the client. */
const systemToken = async (claims: JWTPayload = {}): Promise<string> =>
  signedAs(hub, "save", {
    iss: issuerUrl(`http://127.0.0.1:${portOf(hub, "issuer")}`, "save"),
    aud: TOKEN_AUDIENCE,
    sub: CLIENT,
    client_id: CLIENT,
    iat: nowS(),
    exp: nowS() + 300,
    ...claims,
  });

const ask = async (query: string, variables: object = {}): Promise<Traced> =>
  askWith(hub, hub.port, await systemToken(), { query, variables, purpose: "REFERRAL" });

const REVIEW = `mutation ($input: ReferralStepInput!) { reviewReferral(input: $input) {
  id state family { id lokalis { safetyPlan { __typename } carePlan { summary } } } } }`;

test("takes a step of a referral to its organisation, is on record with its client, and gets no dossier with it", async () => {
  const { id } = referralIn(await sendReferral(hub), "refer");
  await untilReceived(hub, "save.voluntary", id);
  try {
    const input = { referralId: id, idempotencyKey: randomUUID() };
    const { answer, entries } = await ask(REVIEW, { input });
    expect(answer.body.errors).toBeUndefined();
    const seen = answer.body.data?.["reviewReferral"] as {
      state: string;
      family: { lokalis: object | null };
    };
    expect(seen.state).toBe("IN_REVIEW");
    const dossier = Object.values(seen.family.lokalis ?? {}).filter((one) => one !== null);
    expect(dossier).toEqual([]);
    expect(entries.length).toBeGreaterThan(0);
    for (const one of entries)
      expect(one).toMatchObject({ worker: `client:${CLIENT}`, organisation: "save" });
    expect(entries.map((one) => one.outcome)).toContain("DELIVERED");
  } finally {
    await takeStep(hub, "lokalis.worker", "withdrawReferral", {
      referralId: id,
      reason: "NO_LONGER_NEEDED",
    });
  }
  const { state } = referralIn(await askReferral(hub, "lokalis.worker", id), "referral");
  expect(state).toBe("WITHDRAWN");
});

test.each<[string, string]>([
  ["who it is", "{ me { worker } }"],
  ["a family", '{ family(id: "OVV-06") { id save { carePlan { summary } } } }'],
  ["its inbox", "{ referralInbox { edges { node { id } } } }"],
  ["whether somebody is known", 'query { findFamily(bsn: "x") { id } }'],
  ["the access log", "{ accessLog { edges { node { id } } } }"],
  [
    "to accept a referral",
    `mutation { acceptReferral(input: { referralId: "${randomUUID()}", idempotencyKey: "a" }) { id } }`,
  ],
  [
    "an emergency",
    `mutation { declareEmergency(input: { familyId: "OVV-06", reason: "Somebody called that there is danger right now.",
       idempotencyKey: "b" }) { id } }`,
  ],
])("is not told, or given, %s", async (_what, query) => {
  const { answer, codes, entries } = await ask(query);
  expect(codes).toEqual(["ACCESS_DENIED"]);
  expect(Object.values(answer.body.data ?? {}).filter((one) => one !== null)).toEqual([]);
  expect(entries).toMatchObject([
    { outcome: "REFUSED", errorCode: "ACCESS_DENIED", worker: `client:${CLIENT}` },
  ]);
});

test("is no privacy officer, whatever its token says", async () => {
  const claims = { function: "PRIVACY_OFFICER", acr: "mfa", sub: "save.privacy-officer" };
  const { codes } = await askWith(hub, hub.port, await systemToken(claims), {
    query: "{ accessLog { edges { node { id } } } }",
    purpose: "OVERSIGHT",
  });
  expect(codes).toEqual(["PURPOSE_NOT_OPEN"]);
});

test("of another organisation, or that nobody listed, is nobody", async () => {
  for (const client of [demoSystemClient("lokalis"), "save.other"]) {
    const token = await systemToken({ client_id: client, sub: client });
    const { codes } = await askWith(hub, hub.port, token, {
      query: "{ me { worker } }",
      purpose: "REFERRAL",
    });
    expect(codes).toEqual(["TOKEN_INVALID"]);
  }
});
