// Nothing leaves, is changed or is tried without an entry: also what is nested, doubled, refused, lost or late.

import { randomUUID } from "node:crypto";
import { startFakeSource, type FakeSource } from "../../kit/fake-source";
import type { Answer } from "../../kit/hub";
import { startSecondGateway } from "../../kit/second-gateway";
import { sharedHub } from "../../kit/shared-hub";
import { askTraced, linesOf } from "../../kit/traced";

const hub = sharedHub();
const worker = { persona: "lokalis.worker", purpose: "CARE" } as const;

const codesOf = (answer: Answer): unknown[] =>
  (answer.body.errors ?? []).map((one) => one.extensions["code"]);
const linesFor = async (
  query: string,
  who: { persona: string; purpose: string } = worker,
): Promise<string[]> => linesOf((await askTraced(hub, { ...who, query })).entries);

describe("what is read", () => {
  test("each member of a family, of whom only the id or the type was asked", async () => {
    const members = ["OVV-06-1", "OVV-06-2", "OVV-06-3", "OVV-06-4"];
    const expected = ["OVV-06", ...members].map(
      (id) => `READ DELIVERED ${id === "OVV-06" ? "family" : "view"} ${id} families [HOUSEHOLD] [] -`,
    );
    expect(await linesFor('{ family(id: "OVV-06") { members { id } } }')).toEqual(expected);
    expect(await linesFor('{ family(id: "OVV-06") { members { __typename } } }')).toEqual(expected);
  });

  test("a dossier of which only the type was asked, also where its existence is withheld", async () => {
    const query = '{ family(id: "OVV-06") { lokalis { __typename } veiligThuis { kind: __typename } } }';
    expect(await linesFor(query)).toEqual([
      "READ DELIVERED family OVV-06 families [] [] -",
      "READ DELIVERED view OVV-06 lokalis [INVOLVEMENT] [] -",
      "READ WITHHELD view OVV-06 veilig-thuis [] [INVOLVEMENT] -",
    ]);
  });

  test("a family that is asked under two names, once for each source", async () => {
    const dossier = "lokalis { carePlan { summary } }";
    const query = `{ a: family(id: "OVV-06") { x: ${dossier} y: ${dossier} } b: family(id: "OVV-06") { status ${dossier} } }`;
    expect(await linesFor(query)).toEqual([
      "READ DELIVERED family OVV-06 families [HOUSEHOLD] [] -",
      "READ DELIVERED view OVV-06 lokalis [CARE_PLAN,INVOLVEMENT] [] -",
    ]);
  });

  test("a family that is reached through its members, once for each source", async () => {
    const query = `{ family(id: "OVV-11") { members { family { members { family { lokalis { reporters { name } } } } } } } }`;
    const lines = await linesFor(query);
    expect(lines.filter((line) => line.includes(" lokalis "))).toEqual([
      "READ PARTIAL view OVV-11 lokalis [INVOLVEMENT] [REPORTER] -",
    ]);
    expect(lines.filter((line) => line.includes(" OVV-11 families "))).toHaveLength(1);
  });

  test("a family that reaches a receiver with a referral, before anybody there works with it", async () => {
    const query = `{ referralInbox { edges { node { family { id status lokalis { __typename carePlan { summary } } } } } } }`;
    const lines = await linesFor(query, { persona: "lokalis.colleague", purpose: "REFERRAL" });
    for (const id of ["OVV-01", "OVV-09"]) {
      expect(lines.filter((line) => line.includes(` ${id} `))).toEqual([
        `READ DELIVERED view ${id} families [HOUSEHOLD] [] -`,
        `READ WITHHELD view ${id} lokalis [] [CARE_PLAN,INVOLVEMENT] -`,
        `READ DELIVERED referralInbox ${id} referrals [] [] -`,
      ]);
    }
  });

  test("as failed, with the code, when the answer was lost for another reason", async () => {
    const query = `{ family(id: "OVV-06") { lokalis { carePlan { summary } } } caseload(first: -1) { totalCount } }`;
    const { answer, entries } = await askTraced(hub, { ...worker, query });
    expect([answer.body.data, codesOf(answer)]).toEqual([null, ["INPUT_INVALID"]]);
    expect(linesOf(entries).filter((line) => line.includes("DELIVERED"))).toEqual([]);
    expect(linesOf(entries)).toContain("READ REFUSED caseload - families [] [] INPUT_INVALID");
  });
});

describe("what is refused", () => {
  test("beside what is given, for the family that it is about", async () => {
    const query = `{ a: family(id: "OVV-06") { id } b: family(id: "OVV-15") { id } c: family(id: "OVV-99") { id } d: family(id: "Voornaam") { id } }`;
    expect(await linesFor(query)).toEqual([
      "READ REFUSED family (not an id) families [] [HOUSEHOLD] FAMILY_NOT_FOUND",
      "READ DELIVERED family OVV-06 families [] [] -",
      "READ REFUSED family OVV-15 families [] [HOUSEHOLD] FAMILY_NOT_FOUND",
      "READ REFUSED family OVV-99 families [] [HOUSEHOLD] FAMILY_NOT_FOUND",
    ]);
  });

  test.each([
    [
      "a consent that is not theirs to withdraw",
      `mutation { withdrawConsent(input: { consentId: "${randomUUID()}", idempotencyKey: "attack" }) { id } }`,
      "CARE",
      "UPDATE REFUSED withdrawConsent - families [] [] CONSENT_NOT_FOUND",
    ],
    [
      "a referral that is not for them",
      `mutation { acceptReferral(input: { referralId: "${randomUUID()}", idempotencyKey: "attack" }) { id } }`,
      "REFERRAL",
      "UPDATE REFUSED acceptReferral - referrals [] [] REFERRAL_NOT_FOUND",
    ],
    [
      "a referral under a guessed id",
      `{ referral(id: "${randomUUID()}") { id } }`,
      "REFERRAL",
      "READ REFUSED referral - referrals [] [] REFERRAL_NOT_FOUND",
    ],
    [
      "a measure by somebody who executes none",
      `mutation { recordMeasure(input: { personId: "OVV-06-3", kind: OTS, number: "C/1", startsOn: "2020-01-01", endsOn: "2020-02-01", idempotencyKey: "attack" }) { id } }`,
      "CARE",
      "UPDATE REFUSED recordMeasure OVV-06-3 families [] [] ACCESS_DENIED",
    ],
  ])("%s", async (_what, query, purpose, line) => {
    expect(await linesFor(query, { persona: "lokalis.worker", purpose })).toEqual([line]);
  });

  test("beside the same change that was made, of which the answer was lost", async () => {
    const consent = (givenBy: string): string =>
      `recordConsent(input: { personId: "OVV-05-1", givenBy: "${givenBy}", holder: "save", recipient: "lokalis", categories: [EDUCATION], purpose: CARE, decision: REFUSED, explicit: false, how: SPOKEN, idempotencyKey: "${randomUUID()}" }) { id }`;
    const query = `mutation { a: ${consent("OVV-05-1")} b: ${consent("OVV-01-1")} }`;
    expect(await linesFor(query)).toEqual([
      "CREATE DELIVERED recordConsent OVV-05-1 families [] [] INPUT_INVALID",
      "UPDATE REFUSED recordConsent OVV-05-1 families [] [] INPUT_INVALID",
    ]);
  });
});

describe("a register that cannot be relied on", () => {
  let register: FakeSource;
  let gateway: { port: number; stop: () => Promise<void> };
  beforeAll(async () => {
    register = await startFakeSource();
    gateway = await startSecondGateway(
      hub,
      { referrals: register.url },
      { SCHAKEL_SOURCE_TIMEOUT_MS: "500" },
    );
  }, 120_000);
  afterAll(async () => {
    await gateway.stop();
    await register.stop();
  });
  const accept = `mutation { acceptReferral(input: { referralId: "${randomUUID()}", idempotencyKey: "attack" }) { id family { id } } }`;
  const send = async (query = accept) =>
    askTraced(hub, { persona: "lokalis.worker", purpose: "REFERRAL", query }, gateway.port);

  test("leaves an attempt on record when it does not answer a change in time", async () => {
    register.answerWith(() => undefined);
    const { answer, entries } = await send();
    expect(codesOf(answer)).toEqual(["SOURCE_UNAVAILABLE"]);
    expect(linesOf(entries)).toEqual(["UPDATE UNAVAILABLE acceptReferral - referrals [] [] -"]);
  });

  test.each([
    ["that is no list", "OVV-15"],
    ["without a family", [{ act: "READ" }]],
    ["of an unknown act", [{ familyId: "OVV-15", act: "PEEK" }]],
    ["with something else than an id", [{ familyId: { id: "OVV-15" }, act: "READ" }]],
  ])("gives nothing when it says what it delivered in a way %s", async (_what, deliveries) => {
    register.answerWith(() => ({
      data: { acceptReferral: { id: "1", family: { id: "OVV-15", _schakel_Family: "OVV-15" } } },
      extensions: { deliveries },
    }));
    const { answer, entries } = await send();
    expect([answer.body.data, codesOf(answer)]).toEqual([{ acceptReferral: null }, ["SOURCE_UNAVAILABLE"]]);
    expect(linesOf(entries)).toEqual(["UPDATE UNAVAILABLE acceptReferral - referrals [] [] -"]);
  });

  test("gives nothing that it was not asked, and its words are not repeated", async () => {
    register.answerWith(() => ({
      data: { acceptReferral: { id: "1", note: "Jan Verzonnen" } },
      errors: [{ message: "Jan Verzonnen", path: ["Jan Verzonnen"], extensions: { code: "Jan Verzonnen" } }],
    }));
    const { answer } = await send();
    expect(answer.body.data).toEqual({ acceptReferral: null });
    expect(JSON.stringify(answer.body)).not.toContain("Verzonnen");
  });
});
