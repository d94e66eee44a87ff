// What goes with a referral: the receiver reads what the sender selected, live, and nothing else.

import { randomUUID } from "node:crypto";
import { ask, type Answer } from "../kit/hub";
import { referralIn, sendReferral, takeStep, untilReceived } from "../kit/referrals";
import { sharedHub } from "../kit/shared-hub";
import { withheldOf } from "../kit/view";

const hub = sharedHub();
const FAMILY = "OVV-08";
const VIEW = `query ($id: ID!) { family(id: $id) { members { id lokalis { identity { name } } } } }`;
const asReceiver = (): Promise<Answer> =>
  ask(hub, {
    persona: "veilig-thuis.assessor",
    purpose: "SAFETY_ASSESSMENT",
    query: VIEW,
    variables: { id: FAMILY },
  });

interface Seen {
  readonly members: readonly {
    readonly id: string;
    readonly lokalis: { identity: { name: string } | null } | null;
  }[];
}

test("of the persons and categories that were selected, and of no other", async () => {
  expect((await asReceiver()).body.errors?.[0]?.extensions["code"]).toBe("FAMILY_NOT_FOUND");
  const child = `${FAMILY}-3`;
  const sent = await sendReferral(hub, {
    familyId: FAMILY,
    type: "REPORT",
    receiver: "veilig-thuis",
    consentBasis: "SAFETY_TASK",
    content: [{ personId: child, categories: ["IDENTITY"] }],
  });
  const { id } = referralIn(sent, "refer");
  await untilReceived(hub, "veilig-thuis.assessor", id);

  const answer = await asReceiver();
  const { members = [] } = (answer.body.data?.["family"] ?? {}) as Partial<Seen>;
  expect(members.length).toBeGreaterThan(1);
  for (const { id: person, lokalis } of members) {
    if (person === child) expect(lokalis?.identity?.name).toEqual(expect.any(String));
    else expect(lokalis?.identity ?? null).toBeNull();
  }
  const reasons = new Set(withheldOf(answer).map(({ rule }) => rule));
  expect(reasons).toEqual(new Set(["referral-opens-what-was-sent"]));

  await takeStep(hub, "lokalis.worker", "withdrawReferral", {
    referralId: id,
    reason: "ENTERED_BY_MISTAKE",
    idempotencyKey: randomUUID(),
  });
  expect((await asReceiver()).body.errors?.[0]?.extensions["code"]).toBe("FAMILY_NOT_FOUND");
});
