// The clocks through the door: the worker of a running hub tells of a norm that was broken, and a family shows one number.

import { randomUUID } from "node:crypto";
import type { Purpose } from "../../shared/kernel/codes";
import { ask, eventually } from "../kit/hub";
import { referralIn, sendReferral, untilReceived } from "../kit/referrals";
import { sharedHub } from "../kit/shared-hub";

const hub = sharedHub();
const PATIENCE_MS = 90_000;

interface Waiting {
  readonly totalDays: number;
  readonly since: string | null;
  readonly holders: readonly string[];
  readonly perReferral: readonly { readonly referralId: string; readonly holder: string | null }[];
}
interface Deadline {
  readonly kind: string;
  readonly organisation: string;
  readonly dueAt: string;
  readonly escalatedAt: string | null;
  readonly metAt: string | null;
}

const familyOf = async (
  persona: string,
  id: string,
  purpose: Purpose = "CARE",
): Promise<{ readonly waiting: Waiting | null } | null> => {
  const answer = await ask(hub, {
    persona,
    purpose,
    query: `query ($id: ID!) { family(id: $id) { id waiting { totalDays since holders perReferral { referralId holder } } } }`,
    variables: { id },
  });
  return (answer.body.data?.["family"] ?? null) as { waiting: Waiting | null } | null;
};
const clocksOf = async (persona: string, id: string) => {
  const answer = await ask(hub, {
    persona,
    purpose: "REFERRAL",
    query: `query ($id: ID!) { referral(id: $id) { placeInQueue expectedWait { workingDays reason }
      deadlines { kind organisation dueAt escalatedAt metAt } } }`,
    variables: { id },
  });
  return answer.body.data?.["referral"] as
    | {
        readonly placeInQueue: number | null;
        readonly expectedWait: { readonly workingDays: number | null; readonly reason: string | null };
        readonly deadlines: readonly Deadline[];
      }
    | null
    | undefined;
};

/** The demo: a referral of Lokalis to SAVE about OVV-02, of some days ago, in a consultation. */
const CONSULTED = "0ebc0000-0000-4000-8000-000000000005";
/** The demo: Veilig Thuis handed OVV-01 over to Lokalis some days ago, with a norm of one working day. */
const HANDED_OVER = "0ebc0000-0000-4000-8000-000000000001";

test("a broken norm is escalated by the worker, and both sides see it", async () => {
  const decided = (referral: Awaited<ReturnType<typeof clocksOf>>): Deadline | undefined =>
    referral?.deadlines.find(({ kind }) => kind === "DECIDE");
  const escalated = await eventually(
    "the escalation of a broken norm",
    async () => {
      const found = decided(await clocksOf("lokalis.worker", HANDED_OVER));
      return found?.escalatedAt ? found : undefined;
    },
    PATIENCE_MS,
  );
  expect(escalated).toMatchObject({ organisation: "lokalis" });
  expect(Date.parse(escalated.escalatedAt!)).toBeGreaterThan(Date.parse(escalated.dueAt));
  expect(decided(await clocksOf("veilig-thuis.assessor", HANDED_OVER))).toEqual(escalated);
});

test("a family shows one number to who works with it, and nothing to anybody else", async () => {
  const waiting = (await familyOf("lokalis.worker", "OVV-02"))?.waiting;
  expect(waiting?.perReferral.map(({ referralId }) => referralId)).toContain(CONSULTED);
  expect(waiting?.totalDays).toBeGreaterThanOrEqual(5);
  expect(await familyOf("lokalis.colleague", "OVV-02")).toBeNull();
});

test("a new referral counts on, and has its place and its norms", async () => {
  const sent = referralIn(await sendReferral(hub), "refer");
  await untilReceived(hub, "save.voluntary", sent.id);
  const seen = await clocksOf("save.voluntary", sent.id);
  expect(seen?.placeInQueue).toBeGreaterThanOrEqual(1);
  expect(seen?.expectedWait).toEqual({ workingDays: null, reason: "TOO_FEW_DECISIONS" });
  expect(seen?.deadlines.map(({ kind, metAt }) => [kind, metAt !== null])).toEqual([
    ["DELIVER", true],
    ["DECIDE", false],
  ]);
  expect(await clocksOf("lokalis.worker", sent.id)).toEqual(seen);
  const waiting = (await familyOf("lokalis.worker", "OVV-06"))?.waiting;
  expect(waiting?.perReferral).toContainEqual({ referralId: sent.id, holder: "save" });
  expect((await familyOf("family.parent", "OVV-06", "SUBJECT_RIGHTS"))?.waiting ?? null).toBeNull();

  await ask(hub, {
    persona: "lokalis.worker",
    purpose: "REFERRAL",
    query: "mutation ($input: WithdrawReferralInput!) { withdrawReferral(input: $input) { state } }",
    variables: { input: { referralId: sent.id, reason: "NO_LONGER_NEEDED", idempotencyKey: randomUUID() } },
  });
  expect((await clocksOf("lokalis.worker", sent.id))?.placeInQueue).toBeNull();
});
