// Referrals through the door: what a test asks about them, and how it moves them.

import { randomUUID } from "node:crypto";
import { ask, eventually, type Answer, type Ask, type HubPlace } from "./hub";

/** A referral as a party to it sees it. */
export interface SeenReferral {
  readonly id: string;
  readonly state: string;
  readonly delivery: string;
  readonly sender: string;
  readonly receiver: string;
  readonly owner: string;
  readonly coOwner: string | null;
  readonly responsibleNow: string;
  readonly sightOnSafety: string;
  readonly possibleSteps: readonly string[];
  readonly history: readonly { step: string; from: string | null; to: string; owner: string }[];
  readonly consultation: {
    readonly id: string;
    readonly state: string;
    readonly proposal: string;
    readonly participants: readonly string[];
    readonly outcome: string | null;
    readonly owner: string | null;
  } | null;
}

/** Everything that a party sees of a referral. */
const REFERRAL_PARTS = `
  id state delivery sender receiver owner coOwner responsibleNow sightOnSafety possibleSteps
  family { id }
  history { step from to owner }
  consultation { id state proposal participants outcome owner }
`;

/** What is sent when a test says nothing else: the local team asks SAVE to join at OVV-06. */
const NEW_REFERRAL = {
  familyId: "OVV-06",
  type: "GUIDANCE",
  receiver: "save",
  reasonCode: "EXPERTISE_NEEDED",
  consentBasis: "CONSENT_GIVEN",
  familyInformed: { how: "SPOKEN", on: "2020-08-27" },
};

type Input = Readonly<Record<string, unknown>>;

/** The referral in an answer; fails with the errors when there is none. */
export function referralIn(answer: Answer, field: string): SeenReferral {
  const found = answer.body.data?.[field] as SeenReferral | null | undefined;
  if (!found) throw new Error(`No referral: ${JSON.stringify(answer.body.errors)}`);
  return found;
}

/** The request that takes a step as a persona: `step` is the name of a mutation that answers with a referral. */
function stepRequest(persona: string, step: string, input: Input): Ask {
  const type = INPUT_TYPES[step] ?? "ReferralStepInput";
  return {
    persona,
    purpose: "REFERRAL",
    query: `mutation ($input: ${type}!) { ${step}(input: $input) { ${REFERRAL_PARTS} } }`,
    variables: { input: { idempotencyKey: randomUUID(), ...input } },
  };
}

/** Takes a step as a persona: `step` is the name of a mutation that answers with a referral. */
export async function takeStep(
  place: HubPlace,
  persona: string,
  step: string,
  input: Input,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return ask(place, { ...stepRequest(persona, step, input), headers });
}

const INPUT_TYPES: Readonly<Record<string, string>> = {
  refer: "ReferInput",
  acceptReferral: "AcceptReferralInput",
  completeReferral: "CompleteReferralInput",
  objectToReferral: "ObjectToReferralInput",
  resolveConsultation: "ResolveConsultationInput",
  withdrawReferral: "WithdrawReferralInput",
};

/** The request that sends a referral as `lokalis.worker`. */
export const referralRequest = (change: Input = {}): Ask =>
  stepRequest("lokalis.worker", "refer", { ...NEW_REFERRAL, ...change });

/** Sends a referral as `lokalis.worker`. */
export async function sendReferral(
  place: HubPlace,
  change: Input = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return ask(place, { ...referralRequest(change), headers });
}

/** Asks for one referral as a persona. */
export async function askReferral(place: HubPlace, persona: string, id: string): Promise<Answer> {
  return ask(place, {
    persona,
    purpose: "REFERRAL",
    query: `query ($id: ID!) { referral(id: $id) { ${REFERRAL_PARTS} } }`,
    variables: { id },
  });
}

/** A list of referrals (`referralInbox` or `sentReferrals`) of a persona, all pages. */
export async function listReferrals(
  place: HubPlace,
  persona: string,
  list: "referralInbox" | "sentReferrals",
): Promise<SeenReferral[]> {
  const found: SeenReferral[] = [];
  for (let after: string | null = null; ;) {
    const answer = await ask(place, {
      persona,
      purpose: "REFERRAL",
      query: `query ($after: String) { ${list}(first: 100, after: $after) {
        edges { node { ${REFERRAL_PARTS} } } pageInfo { hasNextPage endCursor } } }`,
      variables: { after },
    });
    const page = answer.body.data?.[list] as
      | {
          edges: { node: SeenReferral }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        }
      | null
      | undefined;
    if (!page) throw new Error(`No ${list}: ${JSON.stringify(answer.body.errors)}`);
    found.push(...page.edges.map(({ node }) => node));
    if (!page.pageInfo.hasNextPage) return found;
    after = page.pageInfo.endCursor;
  }
}

/** Resolves with the referral once it lies in the inbox of a persona's organisation. */
export async function untilReceived(
  place: HubPlace,
  persona: string,
  id: string,
  withinMs = 60_000,
): Promise<SeenReferral> {
  return eventually(
    "the delivery of a referral",
    async () => (await listReferrals(place, persona, "referralInbox")).find((one) => one.id === id),
    withinMs,
  );
}
