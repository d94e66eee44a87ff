// A story from practice, through the door: the police report a worry about OVV-06, and the family does not bounce.

import { ask, type Answer } from "../kit/hub";
import { asOwner } from "../kit/hub-database";
import {
  askReferral,
  referralIn,
  sendReferral,
  takeStep,
  untilReceived,
  type SeenReferral,
} from "../kit/referrals";
import { sharedHub } from "../kit/shared-hub";

const hub = sharedHub();
const PATIENCE_MS = 120_000;
const FAMILY = "OVV-06";
const POLICE_REPORT = "zorgmelding van de politie";
const INFORMED = { how: "SPOKEN", on: "2020-08-27" };

const codesOf = (answer: Answer): unknown[] =>
  (answer.body.errors ?? []).map((one) => one.extensions["code"]);
/** What an organisation answers through the door, and fails with its errors when it does not. */
const step = async (
  persona: string,
  name: string,
  input: Readonly<Record<string, unknown>>,
): Promise<SeenReferral> => referralIn(await takeStep(hub, persona, name, input), name);

interface Waiting {
  readonly totalDays: number;
  readonly workingDays: number;
  readonly since: string | null;
  readonly perReferral: readonly {
    referralId: string;
    since: string;
    until: string | null;
    holder: string | null;
  }[];
}
const waitingAs = async (persona: string): Promise<Waiting> => {
  const { body } = await ask(hub, {
    persona,
    purpose: "REFERRAL",
    query: `query ($id: ID!) { family(id: $id) { waiting {
      totalDays workingDays since perReferral { referralId since until holder } } } }`,
    variables: { id: FAMILY },
  });
  const family = body.data?.["family"] as { waiting: Waiting } | null | undefined;
  if (!family) throw new Error(`No family: ${JSON.stringify(body.errors)}`);
  return family.waiting;
};
const waitOf = (waiting: Waiting, id: string) =>
  waiting.perReferral.find(({ referralId }) => referralId === id);
/** Workers who work with the family, by the organisation that each is of. */
const PARTIES = {
  lokalis: "lokalis.worker",
  save: "save.voluntary",
  "veilig-thuis": "veilig-thuis.assessor",
};

test("the report of the police is in the dossier of the neighbourhood team", async () => {
  const { body } = await ask(hub, {
    persona: PARTIES.lokalis,
    purpose: "CARE",
    query: `{ family(id: "${FAMILY}") { lokalis { concernReports { edges { node { kind } } } } } }`,
  });
  expect(JSON.stringify(body.data)).toContain(POLICE_REPORT);
});

test(
  "Veilig Thuis checks whether others know the family, who answer; that is no waiting for help",
  async () => {
    const asked = await Promise.all(
      // Not the board as well: that its inbox is empty is what an attack in this hub looks at.
      [
        ["save", PARTIES.save],
        ["wss", "wss.voluntary"],
      ].map(async ([receiver, persona]) => {
        const input = {
          familyId: FAMILY,
          type: "KNOWN_HERE_CHECK",
          receiver,
          reasonCode: "SAFETY_CONCERN",
          consentBasis: "SAFETY_TASK",
          familyInformed: INFORMED,
        };
        const { id } = await step(PARTIES["veilig-thuis"], "refer", input);
        await untilReceived(hub, persona!, id);
        await step(persona!, "acceptReferral", { referralId: id });
        return step(persona!, "completeReferral", { referralId: id, outcome: "ANSWERED" });
      }),
    );
    expect(asked.map(({ state, receiver }) => [state, receiver])).toEqual([
      ["COMPLETED", "save"],
      ["COMPLETED", "wss"],
    ]);
    const { perReferral } = await waitingAs(PARTIES["veilig-thuis"]);
    for (const { id } of asked) expect(perReferral.map(({ referralId }) => referralId)).not.toContain(id);
  },
  PATIENCE_MS,
);

describe("what the neighbourhood team refers to SAVE", () => {
  let id: string;
  let sent: SeenReferral;
  beforeAll(async () => {
    sent = referralIn(await sendReferral(hub, { familyId: FAMILY, reasonCode: "SAFETY_CONCERN" }), "refer");
    id = sent.id;
    await untilReceived(hub, PARTIES.save, id);
  }, PATIENCE_MS);

  test("meets the objection that it belongs at Veilig Thuis, and stays with its owner", async () => {
    const objected = await step(PARTIES.save, "objectToReferral", {
      referralId: id,
      reason: "TASK_OF_ANOTHER",
      proposal: "veilig-thuis",
    });
    expect(objected).toMatchObject({ state: "IN_CONSULTATION", owner: "lokalis", receiver: "save" });
    expect(objected.consultation?.participants.toSorted()).toEqual(["lokalis", "save", "veilig-thuis"]);
    expect(waitOf(await waitingAs(PARTIES.lokalis), id)).toMatchObject({ holder: "save", until: null });
  });

  test("gets two owners out of the consultation, and each accepts", async () => {
    const { consultation } = referralIn(await askReferral(hub, PARTIES.lokalis, id), "referral");
    const together = await step(PARTIES["veilig-thuis"], "resolveConsultation", {
      consultationId: consultation?.id,
      outcome: "ASSIGN_TOGETHER",
    });
    expect(together).toMatchObject({ state: "RECEIVED", owner: "save", coOwner: "veilig-thuis" });
    expect(together.possibleSteps).toEqual(["acceptTogether"]);
    // The second owner first: that does not end the waiting, for the owner has not accepted.
    const second = await step(PARTIES["veilig-thuis"], "acceptReferral", { referralId: id });
    expect(second).toMatchObject({ state: "RECEIVED", owner: "save", coOwner: "veilig-thuis" });
    expect(waitOf(await waitingAs(PARTIES.lokalis), id)).toMatchObject({ until: null });
    const first = await step(PARTIES.save, "acceptReferral", { referralId: id });
    expect(first).toMatchObject({ state: "ACCEPTED", owner: "save", coOwner: "veilig-thuis" });
  });

  test("was sent back by nobody, at no moment", async () => {
    const { history, sender } = referralIn(await askReferral(hub, PARTIES.lokalis, id), "referral");
    expect(history.map(({ step: taken }) => taken)).toEqual([
      "submit",
      "deliver",
      "object",
      "assign",
      "acceptTogether",
      "accept",
    ]);
    const owners = history.map(({ owner }) => owner);
    expect(owners).toEqual(["lokalis", "lokalis", "lokalis", "save", "save", "save"]);
    expect(owners.lastIndexOf(sender)).toBeLessThan(owners.indexOf("save"));
    for (const persona of Object.values(PARTIES)) {
      const again = await takeStep(hub, persona, "objectToReferral", {
        referralId: id,
        reason: "TASK_OF_ANOTHER",
        proposal: "wss",
      });
      expect(codesOf(again)).toEqual(["TRANSITION_NOT_ALLOWED"]);
    }
  });

  test("counts on one clock: each of the three sees the same number, from the first sending on", async () => {
    const seen = await Promise.all(Object.values(PARTIES).map(waitingAs));
    for (const { totalDays, workingDays } of seen) {
      expect({ totalDays, workingDays }).toEqual({
        totalDays: seen[0]?.totalDays,
        workingDays: seen[0]?.workingDays,
      });
    }
    const waits = seen.map((one) => waitOf(one, id));
    const [moments] = await asOwner(hub, async (owner) => {
      const { rows } = await owner.query<{ sent: Date; accepted: Date }>(
        `select r.created_at as sent, e.at as accepted from hub.referral r
         join hub.referral_event e on e.referral_id = r.id and e.action = 'accept' where r.id = $1`,
        [id],
      );
      return rows;
    });
    // Another file may have sent one of this family before, which concerns only some of the three.
    for (const { since } of seen) {
      expect(Date.parse(since ?? "")).toBeLessThanOrEqual(moments?.sent.getTime() ?? 0);
    }
    for (const wait of waits) {
      expect(wait).toMatchObject({
        holder: null,
        since: moments?.sent.toISOString(),
        until: moments?.accepted.toISOString(),
      });
    }
  });
});

test("a crisis is not sent: the answer says whom to call", async () => {
  const answer = await sendReferral(hub, { familyId: FAMILY, urgency: "CRISIS" });
  expect(answer.body.data).toEqual({ refer: null });
  expect(answer.body.errors?.[0]).toMatchObject({
    message: expect.stringMatching(/0800-2000.*112/) as string,
    extensions: { code: "CRISIS_IS_NO_REFERRAL", call: ["0800-2000", "112"] },
  });
});

describe("when those at the table do not decide", () => {
  const CHAIR = "municipality.process-lead";
  const LIST = `{ consultationsForChair { reference type sender receiver third options { outcome owner coOwner } } }`;
  interface ForChair {
    readonly reference: string;
    readonly options: readonly { outcome: string; owner: string }[];
  }
  const listed = async (): Promise<readonly ForChair[]> => {
    const { body } = await ask(hub, { persona: CHAIR, purpose: "OVERSIGHT", query: LIST });
    const found = body.data?.["consultationsForChair"] as readonly ForChair[] | null | undefined;
    if (!found) throw new Error(`No list: ${JSON.stringify(body.errors)}`);
    for (const secret of [FAMILY, "lokalis.worker"]) expect(JSON.stringify(body)).not.toContain(secret);
    return found;
  };
  const decide = async (persona: string, reference: string, purpose = "OVERSIGHT"): Promise<Answer> =>
    ask(hub, {
      persona,
      purpose,
      query: `mutation ($input: DecideConsultationInput!) { decideConsultation(input: $input) { reference outcome owner coOwner } }`,
      variables: {
        input: {
          reference,
          outcome: "ASSIGN",
          owner: "veilig-thuis",
          idempotencyKey: `chair-${reference.slice(0, 8)}`,
        },
      },
    });

  test(
    "the chair does, without knowing about whom, and the sender sees the new owner",
    async () => {
      const { id } = referralIn(await sendReferral(hub, { familyId: FAMILY }), "refer");
      await untilReceived(hub, PARTIES.save, id);
      const before = new Set((await listed()).map(({ reference }) => reference));
      const objected = await step(PARTIES.save, "objectToReferral", {
        referralId: id,
        reason: "TASK_OF_ANOTHER",
        proposal: "veilig-thuis",
      });
      expect((await listed()).filter(({ reference }) => !before.has(reference))).toEqual([]);
      await asOwner(hub, async (owner) => {
        await owner.query(
          `update hub.consultation set opened_at = opened_at - (due_at - now()) - interval '1 second', due_at = now()
           where referral_id = $1`,
          [id],
        );
      });
      const late = await takeStep(hub, PARTIES.save, "resolveConsultation", {
        consultationId: objected.consultation?.id,
        outcome: "ASSIGN",
        owner: "save",
      });
      expect(codesOf(late)).toEqual(["TRANSITION_NOT_ALLOWED"]);

      const waiting = (await listed()).filter(({ reference }) => !before.has(reference));
      expect(waiting).toMatchObject([
        { type: "GUIDANCE", sender: "lokalis", receiver: "save", third: "veilig-thuis" },
      ]);
      const [{ reference } = { reference: "" }] = waiting;
      for (const persona of [PARTIES.save, "municipality.policy-staff"]) {
        expect(codesOf(await decide(persona, reference))).not.toEqual([]);
      }
      const decided = await decide(CHAIR, reference);
      expect(decided.body).toMatchObject({
        data: { decideConsultation: { reference, outcome: "ASSIGN", owner: "veilig-thuis", coOwner: null } },
      });
      expect(JSON.stringify(decided.body)).not.toContain(FAMILY);
      expect(referralIn(await askReferral(hub, PARTIES.lokalis, id), "referral")).toMatchObject({
        state: "RECEIVED",
        owner: "veilig-thuis",
      });
      // The reference opens nothing else, and nothing any more.
      expect((await listed()).map((one) => one.reference)).not.toContain(reference);
      const opened = await askReferral(hub, CHAIR, reference);
      expect(codesOf(opened)).not.toEqual([]);
      await step(PARTIES["veilig-thuis"], "acceptReferral", { referralId: id });
    },
    PATIENCE_MS,
  );
});
