// A referral goes through the queue to its receiver, always has an owner, and never goes back.

import { randomUUID } from "node:crypto";
import { ask, type Answer } from "../kit/hub";
import { asOwner } from "../kit/hub-database";
import {
  askReferral,
  listReferrals,
  referralIn,
  sendReferral,
  takeStep,
  untilReceived,
  type SeenReferral,
} from "../kit/referrals";
import { sharedHub } from "../kit/shared-hub";

const hub = sharedHub();
const ORGANISATIONS = ["lokalis", "veilig-thuis", "save", "rvdk", "wss"];
const PATIENCE_MS = 90_000;

const codesOf = (answer: Answer): unknown[] =>
  (answer.body.errors ?? []).map((one) => one.extensions["code"]);
const openFamily = async (persona: string, id: string): Promise<Answer> =>
  ask(hub, {
    persona,
    purpose: "REFERRAL",
    query: `query ($id: ID!) { family(id: $id) { id members { id role } } }`,
    variables: { id },
  });
/** The sender sees the same on the list as by id; only the delivery may come about between the two. */
const asSender = async (id: string): Promise<SeenReferral> => {
  const listed = (await listReferrals(hub, "lokalis.worker", "sentReferrals")).find((sent) => sent.id === id);
  const one = referralIn(await askReferral(hub, "lokalis.worker", id), "referral");
  expect({ ...listed, delivery: one.delivery }).toEqual(one);
  return one;
};
/** Ids of the referrals of which a persona sees an open consultation. */
const consultedOn = async (persona: string): Promise<string[]> => {
  const answer = await ask(hub, {
    persona,
    purpose: "REFERRAL",
    query: `{ consultations(first: 100) { edges { node { referral { id } } } } }`,
  });
  const page = answer.body.data?.["consultations"] as { edges: { node: { referral: { id: string } } }[] };
  return page.edges.map(({ node }) => node.referral.id);
};
const standing = ({ state, owner, receiver, responsibleNow }: SeenReferral) => ({
  state,
  owner,
  receiver,
  responsibleNow,
});

/** Every version of the referral had an owner of the region, and none after delivery lies before it again. */
function expectNoWayBack({ sender, receiver, history }: SeenReferral): void {
  expect(receiver).not.toBe(sender);
  for (const { owner } of history) expect(ORGANISATIONS).toContain(owner);
  const delivered = history.findIndex(({ step }) => step === "deliver");
  expect(history.slice(delivered).map(({ to }) => to)).not.toContain("SUBMITTED");
  expect(history.map(({ to }) => to).join()).not.toMatch(/RETURN|REJECT|REFUS|BACK/);
  const left = history.findIndex(({ owner }) => owner !== sender);
  if (left >= 0) expect(history.slice(left).map(({ owner }) => owner)).not.toContain(sender);
}

describe("a referral to which the receiver objects", () => {
  let id: string;
  beforeAll(async () => {
    id = referralIn(await sendReferral(hub), "refer").id;
  });

  test(
    "is delivered to the receiver through the queue",
    async () => {
      const received = await untilReceived(hub, "save.voluntary", id);
      expect(received).toMatchObject({ state: "RECEIVED", delivery: "DELIVERED", sender: "lokalis" });
      expect(received.history.map(({ step }) => step)).toEqual(["submit", "deliver"]);
    },
    PATIENCE_MS,
  );

  test("shows the sender its state and its owner", async () => {
    expect(standing(await asSender(id))).toEqual({
      state: "RECEIVED",
      owner: "lokalis",
      receiver: "save",
      responsibleNow: "lokalis",
    });
  });

  test.each([
    ["a worker of an organisation that is no party", "rvdk.investigator"],
    ["a colleague of the sender who is not assigned to the family", "lokalis.colleague"],
    ["a worker of another agency", "wss.voluntary"],
  ])("is for %s the same as one that does not exist", async (_who, persona) => {
    const [others, unknown] = await Promise.all([
      askReferral(hub, persona, id),
      askReferral(hub, persona, randomUUID()),
    ]);
    expect(codesOf(others)).toEqual(["REFERRAL_NOT_FOUND"]);
    expect(others.body.errors).toEqual(unknown.body.errors);
    expect(others.body.data).toEqual(unknown.body.data);
    const step = await takeStep(hub, persona, "acceptReferral", { referralId: id });
    expect(codesOf(step)).toEqual(["REFERRAL_NOT_FOUND"]);
  });

  test("stays with its owner when the receiver objects, and goes to a consultation", async () => {
    const objected = referralIn(
      await takeStep(hub, "save.voluntary", "objectToReferral", {
        referralId: id,
        reason: "ANOTHER_INVOLVED",
        proposal: "wss",
      }),
      "objectToReferral",
    );
    expect(standing(objected)).toEqual({
      state: "IN_CONSULTATION",
      owner: "lokalis",
      receiver: "save",
      responsibleNow: "lokalis",
    });
    expect(objected.consultation).toMatchObject({ state: "OPEN", proposal: "wss", owner: null });
    expect(objected.consultation?.participants.toSorted()).toEqual(["lokalis", "save", "wss"]);
    expect(standing(await asSender(id))).toEqual(standing(objected));
    expectNoWayBack(await asSender(id));
  });

  test("is on the list of consultations of each who sits at the table, and of nobody else", async () => {
    for (const persona of ["lokalis.worker", "save.voluntary", "wss.voluntary"]) {
      expect(await consultedOn(persona)).toContain(id);
    }
    for (const persona of ["rvdk.investigator", "lokalis.colleague", "veilig-thuis.assessor"]) {
      expect(await consultedOn(persona)).not.toContain(id);
    }
  });

  test("cannot be objected to again, nor given back to the sender by the consultation", async () => {
    const again = await takeStep(hub, "save.voluntary", "objectToReferral", {
      referralId: id,
      reason: "TASK_OF_ANOTHER",
      proposal: "rvdk",
    });
    expect(codesOf(again)).toEqual(["TRANSITION_NOT_ALLOWED"]);
    const { consultation } = await asSender(id);
    const back = await takeStep(hub, "save.voluntary", "resolveConsultation", {
      consultationId: consultation?.id,
      outcome: "ASSIGN",
      owner: "lokalis",
    });
    expect(codesOf(back)).toEqual(["INPUT_INVALID"]);
    expect(standing(await asSender(id))).toMatchObject({ state: "IN_CONSULTATION", owner: "lokalis" });
  });

  test(
    "leaves the consultation with an owner, who finds it in the inbox",
    async () => {
      const { consultation } = await asSender(id);
      const resolved = referralIn(
        await takeStep(hub, "lokalis.worker", "resolveConsultation", {
          consultationId: consultation?.id,
          outcome: "ASSIGN",
          owner: "wss",
        }),
        "resolveConsultation",
      );
      expect(resolved).toMatchObject({ state: "RECEIVED", owner: "wss", receiver: "wss" });
      expect(resolved.consultation).toMatchObject({ state: "RESOLVED", outcome: "ASSIGN", owner: "wss" });
      await untilReceived(hub, "wss.voluntary", id);
      expect(standing(await asSender(id))).toEqual(standing(resolved));
      expectNoWayBack(await asSender(id));
    },
    PATIENCE_MS,
  );

  test("can be accepted by that owner, and not be objected to once more", async () => {
    const { possibleSteps } = referralIn(await askReferral(hub, "wss.voluntary", id), "referral");
    expect(possibleSteps).not.toContain("object");
    const accepted = referralIn(
      await takeStep(hub, "wss.voluntary", "acceptReferral", { referralId: id }),
      "acceptReferral",
    );
    expect(accepted).toMatchObject({ state: "ACCEPTED", owner: "wss" });
    const seen = await asSender(id);
    expect(seen).toMatchObject({ state: "ACCEPTED", owner: "wss", responsibleNow: "lokalis" });
    expectNoWayBack(seen);
  });
});

describe("a referral that is accepted", () => {
  afterAll(async () => {
    // Who began to work with the family here does not do so in another file.
    await asOwner(hub, async (owner) => {
      await owner.query(`delete from hub.assignment a using hub.involvement i
        where (a.family_id, a.organisation) = (i.family_id, i.organisation) and i.case_reference like 'REF-%'`);
      await owner.query("delete from hub.involvement where case_reference like 'REF-%'");
    });
  });

  test(
    "makes the worker who accepts one who works with the family",
    async () => {
      const { id } = referralIn(await sendReferral(hub, { familyId: "OVV-09", receiver: "wss" }), "refer");
      await untilReceived(hub, "wss.voluntary", id);
      // Who may accept sees that the family is there, and changes nothing about it.
      expect(codesOf(await openFamily("wss.voluntary", "OVV-09"))).toEqual([]);
      const assigning = await ask(hub, {
        persona: "wss.voluntary",
        purpose: "REFERRAL",
        query: `mutation { assignWorker(input: { familyId: "OVV-09", workerId: "wss.voluntary", relation: ASSIGNED,
          idempotencyKey: "${randomUUID()}" }) { id } }`,
      });
      expect(codesOf(assigning)).toEqual(["ACCESS_DENIED"]);
      const accepted = await takeStep(hub, "wss.voluntary", "acceptReferral", { referralId: id });
      expect(referralIn(accepted, "acceptReferral")).toMatchObject({ state: "ACCEPTED", owner: "wss" });
      const family = await openFamily("wss.voluntary", "OVV-09");
      expect(family.body.errors).toBeUndefined();
      expect(family.body.data?.["family"]).toMatchObject({ members: [{}, {}, { role: "CHILD" }] });
      expect(codesOf(await openFamily("wss.guardian", "OVV-09"))).toEqual(["FAMILY_NOT_FOUND"]);
    },
    PATIENCE_MS,
  );

  test(
    "by two workers at the same time is accepted by one of them",
    async () => {
      const { id } = referralIn(
        await sendReferral(hub, { familyId: "OVV-09", type: "PARTICIPATING_CONSULT" }),
        "refer",
      );
      await untilReceived(hub, "save.voluntary", id);
      const workers = ["save.voluntary", "save.guardian"];
      const answers = await Promise.all(
        workers.map(async (persona) => takeStep(hub, persona, "acceptReferral", { referralId: id })),
      );
      expect(answers.flatMap(codesOf)).toEqual(["TRANSITION_NOT_ALLOWED"]);
      const winner = answers.findIndex((answer) => codesOf(answer).length === 0);
      const { history } = await asSender(id);
      expect(history.filter(({ step }) => step === "accept")).toHaveLength(1);
      const relations = await Promise.all(
        workers.map(async (persona) => codesOf(await openFamily(persona, "OVV-09")).length === 0),
      );
      expect(relations).toEqual(workers.map((_, index) => index === winner));
    },
    PATIENCE_MS,
  );
});

describe("sending a referral", () => {
  test("twice under one key sends it once", async () => {
    const key = { idempotencyKey: randomUUID() };
    const before = (await listReferrals(hub, "lokalis.worker", "sentReferrals")).length;
    const answers = await Promise.all([sendReferral(hub, key), sendReferral(hub, key)]);
    answers.push(await sendReferral(hub, key));
    expect(new Set(answers.map((answer) => referralIn(answer, "refer").id)).size).toBe(1);
    expect(await listReferrals(hub, "lokalis.worker", "sentReferrals")).toHaveLength(before + 1);
  });

  test("something else under the same key is refused", async () => {
    const key = { idempotencyKey: randomUUID() };
    expect(codesOf(await sendReferral(hub, key))).toEqual([]);
    const other = await sendReferral(hub, { ...key, familyId: "OVV-09" });
    expect(codesOf(other)).toEqual(["IDEMPOTENCY_KEY_REUSED"]);
  });

  test("to an organisation that it does not go to is refused with the routes that there are", async () => {
    const answer = await sendReferral(hub, { receiver: "veilig-thuis" });
    expect(codesOf(answer)).toEqual(["REFERRAL_ROUTE_UNKNOWN"]);
    const possible = answer.body.errors?.[0]?.extensions["possible"] as {
      type: string;
      receivers: string[];
    }[];
    expect(possible.find(({ type }) => type === "GUIDANCE")?.receivers).toEqual(["save", "wss"]);
  });

  test("about a family that the sender does not work with is refused as one that does not exist", async () => {
    const [others, unknown] = await Promise.all(
      ["OVV-15", "OVV-99"].map(async (familyId) => sendReferral(hub, { familyId })),
    );
    expect(codesOf(others as Answer)).toEqual(["FAMILY_NOT_FOUND"]);
    expect(others?.body.errors).toEqual(unknown?.body.errors);
  });

  test("for another purpose than referring is refused", async () => {
    const answer = await ask(hub, {
      persona: "lokalis.worker",
      purpose: "CARE",
      query: `mutation { acceptReferral(input: { referralId: "${randomUUID()}", idempotencyKey: "k" }) { id } }`,
    });
    expect(codesOf(answer)).toEqual(["ACCESS_DENIED"]);
  });
});
