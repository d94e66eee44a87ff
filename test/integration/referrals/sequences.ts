// Random sequences of what people do with the referrals of one family: also wrong parties, repeats and several at once.

import { createHash, randomUUID } from "node:crypto";
import * as fc from "fast-check";
import { toOrganisationCode, toWorkerId } from "../../../shared/kernel/ids";
import type { Requester } from "../../../shared/kernel/requester";
import { decideConsultation } from "../../../subgraphs/referrals/source/chair";
import { objectToReferral, resolveConsultation } from "../../../subgraphs/referrals/source/consult";
import {
  acceptReferral,
  completeReferral,
  requestInformation,
  reviewReferral,
  startReferral,
  supplementReferral,
  waitlistReferral,
  withdrawReferral,
} from "../../../subgraphs/referrals/source/decide";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import { refer } from "../../../subgraphs/referrals/source/refer";
import type { ReferralRecord } from "../../../subgraphs/referrals/source/referral-record";
import { deliver, newReferral, worker } from "./arrange";

/** Two of each organisation, and the chair. */
const ORGANISATIONS = ["lokalis", "save", "veilig-thuis", "rvdk", "wss"];
const MUNICIPALITY = "municipality";
const NAMES = ["worker", "other"];

/** What a step is tried with; `again` is under which key, `children` the number of those that are named. */
export interface Attempt {
  readonly name: keyof typeof ATTEMPTS;
  readonly by: string;
  readonly as: string;
  /** Which of the family's referrals, counted round. */
  readonly nth: number;
  /** Another organisation: proposed, named as owner, or referred to. */
  readonly other: string;
  readonly children: number;
  /** Sent once, twice under one key, twice under two keys, or under the key of an earlier attempt of this worker. */
  readonly again: "ONCE" | "SAME_KEY" | "OTHER_KEY" | "EARLIER_KEY";
}

/** What happens at the same time; then hours pass. */
export interface Round {
  readonly attempts: readonly Attempt[];
  readonly hours: number;
}

/** What an attempt is made on. */
export interface Scene {
  readonly stores: ReferralStores;
  readonly familyId: string;
  readonly children: readonly string[];
}

type Try = (
  scene: Scene,
  referral: ReferralRecord,
  attempt: Attempt,
  by: Requester,
  key: { readonly idempotencyKey: string },
) => Promise<unknown>;

const childrenOf = ({ children }: ReferralRecord, { children: count }: Attempt) =>
  count === 0 ? {} : { children: children.slice(0, count) };
/** The reference by which the chair decides; here from the id, for the list of the chair is of all families. */
const referenceOf = ({ consultation }: ReferralRecord): string =>
  createHash("sha256").update(`chair:${consultation?.id}`).digest("hex");

const ATTEMPTS = {
  refer: ({ stores, familyId }, _referral, { other, children }, by, key) =>
    refer(stores, by, {
      ...newReferral(familyId),
      ...(other === "rvdk" ? { type: "INQUIRY_REQUEST", consentBasis: "INQUIRY_REQUEST" } : {}),
      ...(children > 1 ? { mode: "TRANSFER", transferReason: "OTHER_FRAME" } : {}),
      receiver: ["save", "wss", "rvdk"].includes(other) ? other : "wss",
      ...key,
    }),
  ask: ({ stores, familyId }, _referral, { other }, by, key) =>
    refer(stores, by, {
      ...newReferral(familyId),
      type: "KNOWN_HERE_CHECK",
      consentBasis: "SAFETY_TASK",
      receiver: other === "veilig-thuis" ? "save" : other,
      ...key,
    }),
  deliver: ({ stores }, { id }) => deliver(stores, id),
  review: ({ stores }, { id }, _attempt, by, key) => reviewReferral(stores, by, { referralId: id, ...key }),
  requestInformation: ({ stores }, { id }, _attempt, by, key) =>
    requestInformation(stores, by, { referralId: id, items: ["CONSENT"], ...key }),
  supplement: ({ stores }, { id }, _attempt, by, key) =>
    supplementReferral(stores, by, { referralId: id, items: ["CONSENT"], ...key }),
  waitlist: ({ stores }, referral, attempt, by, key) =>
    waitlistReferral(stores, by, {
      referralId: referral.id,
      expectedOn: "2999-01-01",
      ...childrenOf(referral, attempt),
      ...key,
    }),
  accept: ({ stores }, referral, attempt, by, key) =>
    acceptReferral(stores, by, { referralId: referral.id, ...childrenOf(referral, attempt), ...key }),
  object: ({ stores }, { id }, { other }, by, key) =>
    objectToReferral(stores, by, { referralId: id, reason: "TASK_OF_ANOTHER", proposal: other, ...key }),
  assign: ({ stores }, { consultation }, { other }, by, key) =>
    resolveConsultation(stores, by, {
      consultationId: consultation?.id ?? "",
      outcome: "ASSIGN",
      owner: other,
      ...key,
    }),
  together: ({ stores }, { consultation }, _attempt, by, key) =>
    resolveConsultation(stores, by, {
      consultationId: consultation?.id ?? "",
      outcome: "ASSIGN_TOGETHER",
      ...key,
    }),
  merge: ({ stores }, { consultation }, { other }, by, key) =>
    resolveConsultation(stores, by, {
      consultationId: consultation?.id ?? "",
      outcome: "MERGE",
      owner: other,
      ...key,
    }),
  chair: ({ stores }, referral, { other, children }, requester, key) => {
    const ending =
      children > 1
        ? ({ outcome: "ASSIGN_TOGETHER" } as const)
        : ({ outcome: "ASSIGN", owner: other } as const);
    const asked = { requester, purpose: "OVERSIGHT" } as const;
    return decideConsultation(stores, asked, { reference: referenceOf(referral), ...ending, ...key });
  },
  start: ({ stores }, { id }, _attempt, by, key) => startReferral(stores, by, { referralId: id, ...key }),
  complete: ({ stores }, { id }, _attempt, by, key) =>
    completeReferral(stores, by, { referralId: id, outcome: "GOALS_REACHED", ...key }),
  withdraw: ({ stores }, { id }, _attempt, by, key) =>
    withdrawReferral(stores, by, { referralId: id, reason: "NO_LONGER_NEEDED", ...key }),
} satisfies Readonly<Record<string, Try>>;

/** Who tries: a worker of an organisation, or the chair of the municipality. */
function requesterOf({ by, as }: Attempt): Requester {
  if (by !== MUNICIPALITY) return worker(by, as);
  return {
    worker: toWorkerId(`${MUNICIPALITY}.${as}`),
    organisation: toOrganisationCode(MUNICIPALITY),
    kind: "MUNICIPALITY",
    legalEntity: MUNICIPALITY,
    workerFunction: "PROCESS_LEAD",
  };
}

/** One call to make, with the worker and key that the change is known by; null for the hub, which needs none. */
export interface Call {
  readonly knownBy: string | null;
  readonly make: () => Promise<unknown>;
}

/** The calls of one attempt; `earlier` holds the last key of each worker. */
export function callsOf(
  scene: Scene,
  referrals: readonly ReferralRecord[],
  attempt: Attempt,
  earlier: Map<string, string>,
): Call[] {
  const referral = referrals[attempt.nth % referrals.length];
  // The municipality is no organisation of the region that could send anything; the gateway does not let it try.
  const sends = attempt.name === "refer" || attempt.name === "ask";
  if (!referral || (sends && attempt.by === MUNICIPALITY)) return [];
  const by = requesterOf(attempt);
  const first = attempt.again === "EARLIER_KEY" ? (earlier.get(by.worker) ?? randomUUID()) : randomUUID();
  const keys = {
    ONCE: [first],
    EARLIER_KEY: [first],
    SAME_KEY: [first, first],
    OTHER_KEY: [first, randomUUID()],
  };
  earlier.set(by.worker, first);
  const tried: Try = ATTEMPTS[attempt.name];
  return keys[attempt.again].map((idempotencyKey) => ({
    knownBy: attempt.name === "deliver" ? null : `${by.worker} ${idempotencyKey}`,
    make: () => tried(scene, referral, attempt, by, { idempotencyKey }),
  }));
}

// Mostly what can be done by whom it can be done by: a walk that is refused everywhere shows little.
const LIKELY: readonly Pick<Attempt, "name" | "by">[] = [
  { name: "deliver", by: "save" },
  { name: "review", by: "save" },
  { name: "requestInformation", by: "save" },
  { name: "supplement", by: "lokalis" },
  { name: "waitlist", by: "save" },
  { name: "accept", by: "save" },
  { name: "accept", by: "save" },
  { name: "accept", by: "veilig-thuis" },
  { name: "accept", by: "veilig-thuis" },
  { name: "object", by: "save" },
  { name: "object", by: "save" },
  { name: "assign", by: "lokalis" },
  { name: "together", by: "veilig-thuis" },
  { name: "together", by: "save" },
  { name: "merge", by: "save" },
  { name: "chair", by: MUNICIPALITY },
  { name: "chair", by: MUNICIPALITY },
  { name: "start", by: "save" },
  { name: "start", by: "save" },
  { name: "complete", by: "save" },
  { name: "withdraw", by: "lokalis" },
  { name: "refer", by: "lokalis" },
  { name: "ask", by: "veilig-thuis" },
];
const anyone = fc.record({
  name: fc.constantFrom(...(Object.keys(ATTEMPTS) as (keyof typeof ATTEMPTS)[])),
  by: fc.constantFrom(...ORGANISATIONS, MUNICIPALITY),
});
const attempt: fc.Arbitrary<Attempt> = fc
  .tuple(
    fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...LIKELY) }, { weight: 1, arbitrary: anyone }),
    fc.record({
      as: fc.oneof(
        { weight: 5, arbitrary: fc.constant(NAMES[0]!) },
        { weight: 1, arbitrary: fc.constant(NAMES[1]!) },
      ),
      nth: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(4) }),
      other: fc.oneof(
        { weight: 3, arbitrary: fc.constant("veilig-thuis") },
        { weight: 2, arbitrary: fc.constantFrom(...ORGANISATIONS) },
      ),
      children: fc.nat(3),
      again: fc.oneof(
        { weight: 1, arbitrary: fc.constant("ONCE" as const) },
        {
          weight: 1,
          arbitrary: fc.constantFrom("SAME_KEY" as const, "OTHER_KEY" as const, "EARLIER_KEY" as const),
        },
      ),
    }),
  )
  .map(([who, what]) => ({ ...who, ...what }));

const DELIVERED: Attempt = {
  name: "deliver",
  by: "save",
  as: "worker",
  nth: 0,
  other: "veilig-thuis",
  children: 0,
  again: "ONCE",
};
const OBJECTED: Attempt = { ...DELIVERED, name: "object" };
const begin = (...attempts: readonly Attempt[]): Round[] =>
  attempts.map((one) => ({ attempts: [one], hours: 3 }));
/** A week in which nobody decided. */
const UNDECIDED: Round = { attempts: [], hours: 24 * 8 };

/** A sequence: a beginning, then rounds of up to three attempts at the same time, with hours in between. */
export const sequence: fc.Arbitrary<readonly Round[]> = fc
  .tuple(
    fc.constantFrom<readonly Round[]>(
      [],
      begin(DELIVERED),
      begin(DELIVERED, { ...DELIVERED, name: "requestInformation" }),
      begin(DELIVERED, { ...DELIVERED, name: "accept" }),
      begin(DELIVERED, OBJECTED),
      [...begin(DELIVERED, OBJECTED), UNDECIDED],
      begin(DELIVERED, OBJECTED, { ...OBJECTED, name: "together" }),
    ),
    fc.array(
      fc.record({
        attempts: fc.array(attempt, { minLength: 1, maxLength: 3 }),
        hours: fc.oneof(
          { weight: 2, arbitrary: fc.constant(0) },
          { weight: 1, arbitrary: fc.integer({ min: 1, max: 200 }) },
        ),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([beginning, rounds]) => [...beginning, ...rounds]);
