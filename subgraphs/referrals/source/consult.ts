// An objection opens one joint consultation; the consultation ends with an owner who is not the sender.

import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import { SchakelError } from "../../../shared/kernel/errors";
import type { OrganisationCode } from "../../../shared/kernel/ids";
import { today, type PlainDate } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { addWorkingDays } from "../../../shared/kernel/working-days";
import { takesPart } from "../../../shared/region/region";
import { setDeadlines } from "./deadlines/set-deadlines";
import { addDelivery } from "./delivery/outbox";
import { getReferral, getReferralOfConsultation } from "./find-referrals";
import { changeReferral, takeStep, type Actor, type ReferralStores, type StepPlace } from "./move-referral";
import type { ConsultationOutcome, ObjectionReason } from "./referral-codes";
import type { ReferralRecord } from "./referral-record";
import type { Position, Step } from "./transitions";

/** Working days in which a consultation has to end, to the time of day at which it opened; a proposal of the region. */
export const CONSULTATION_WORKING_DAYS = 5;

/** An objection: why, and who should own the referral instead. */
export interface Objection {
  readonly referralId: string;
  readonly reason: ObjectionReason;
  /** Code of an organisation that is neither the sender nor the receiver; it joins the consultation. */
  readonly proposal: string;
  readonly idempotencyKey: string;
}

/** How a consultation ends. `owner` is needed for ASSIGN and MERGE. */
export interface Resolution {
  readonly consultationId: string;
  readonly outcome: Exclude<ConsultationOutcome, "WITHDRAWN">;
  readonly owner?: string | null | undefined;
  readonly idempotencyKey: string;
}

const refuse = (argument: string, expected: string): never => {
  throw new SchakelError("INPUT_INVALID", { argument: `input.${argument}`, expected });
};

/**
 * Records an objection and opens the consultation of sender, receiver and the proposed organisation. The owner stays
 * who it was. Throws INPUT_INVALID when nobody else is proposed, TRANSITION_NOT_ALLOWED for a second objection.
 */
export function objectToReferral(
  stores: ReferralStores,
  requester: Requester,
  input: Objection,
): Promise<ReferralRecord> {
  const { idempotencyKey: key, ...request } = input;
  return changeReferral(
    stores,
    requester,
    { operation: "objectToReferral", key, input: request },
    (client) => getReferral(client, requester, input.referralId),
    async (client, referral, actor) => {
      const others = stores.region.organisations
        // Whom no rule names is sent nothing (default deny), and so is not called to the table either.
        .filter((one) => one.kind !== "OTHER" && takesPart(one, today()))
        .map((one) => one.code)
        .filter((code) => code !== referral.sender && code !== referral.receiver);
      const proposal = others.find((code) => code === input.proposal);
      if (!proposal) return refuse("proposal", `one of ${others.join(", ")}`);
      await takeStep({ client, region: stores.region }, referral, { action: "object" }, actor, {
        codes: [input.reason],
        proposal,
      });
      const { rows } = await client.query<{ day: PlainDate; time: string }>(
        "select now_here::date::text as day, now_here::time::text as time from (select clock_timestamp() at time zone 'Europe/Amsterdam') as clock (now_here)",
      );
      const opened = rows[0];
      if (!opened) throw new Error("The database did not tell the time.");
      await client.query(
        `insert into hub.consultation (id, referral_id, reason_code, opened_by_organisation, opened_by_worker,
           proposal_organisation, third_organisation, due_at, state)
         values ($1, $2, $3, $4, $5, $6, $6, ($7::date + $8::time) at time zone 'Europe/Amsterdam', 'OPEN')`,
        [
          randomUUID(),
          referral.id,
          input.reason,
          requester.organisation,
          requester.worker,
          proposal,
          addWorkingDays(opened.day, CONSULTATION_WORKING_DAYS),
          opened.time,
        ],
      );
      // The term of the consultation is known only now.
      await setDeadlines(client, stores.region, referral.id);
    },
  );
}

/**
 * Ends a consultation with an owner: ASSIGN to the receiver or the proposed organisation, ASSIGN_TOGETHER to the
 * receiver with the proposed organisation as second owner, or MERGE into the work that one of the two
 * already does with the family. Within the term any party may record it, after it the chair: chair.ts. Throws INPUT_INVALID for an owner that the outcome does not allow.
 */
export function resolveConsultation(
  stores: ReferralStores,
  requester: Requester,
  input: Resolution,
): Promise<ReferralRecord> {
  const { idempotencyKey: key, ...request } = input;
  return changeReferral(
    stores,
    requester,
    { operation: "resolveConsultation", key, input: request },
    (client) => getReferralOfConsultation(client, requester, input.consultationId),
    async (client, referral, { party }) => {
      if (party === "HUB") throw new SchakelError("REFERRAL_NOT_FOUND");
      await endConsultation({ client, region: stores.region }, referral, input, { party, requester });
    },
  );
}

/** What a consultation ends with. */
export type Ending = Pick<Resolution, "outcome" | "owner">;

/** The ending that is asked for; throws INPUT_INVALID for the outcome that is the sender's alone. */
export function endingOf(input: {
  readonly outcome: ConsultationOutcome;
  readonly owner?: string | null;
}): Ending {
  const { outcome, owner } = input;
  if (outcome !== "WITHDRAWN") return { outcome, owner };
  return refuse("outcome", "ASSIGN, ASSIGN_TOGETHER or MERGE; to withdraw there is withdrawReferral");
}

/** Ends the consultation of a locked referral, for whoever may: see `resolveConsultation`. Returns the new position. */
export async function endConsultation(
  place: StepPlace,
  referral: ReferralRecord,
  ending: Ending,
  actor: Exclude<Actor, { readonly party: "HUB" }>,
): Promise<Position> {
  const { client } = place;
  const { organisation, worker } = actor.requester;
  const step = await stepFor(client, referral, ending);
  const merged = step.action === "merge" ? { outcome: "MERGED" } : {};
  const after = await takeStep(place, referral, step, actor, { codes: [ending.outcome], ...merged });
  await client.query(
    `update hub.consultation set state = 'RESOLVED', outcome = $2, owner_organisation = $3,
       resolved_by_organisation = $4, resolved_by_worker = $5, resolved_at = clock_timestamp()
     where referral_id = $1`,
    [referral.id, ending.outcome, after.owner, organisation, worker],
  );
  if (step.action === "assign" && after.receiver !== referral.receiver) {
    await addDelivery(client, {
      referralId: referral.id,
      version: referral.version + 1,
      organisation: after.receiver,
      owner: referral.sender,
    });
  }
  return after;
}

async function stepFor(client: PoolClient, referral: ReferralRecord, input: Ending): Promise<Step> {
  const proposal = referral.consultation?.proposal;
  if (!proposal) throw new SchakelError("REFERRAL_NOT_FOUND");
  switch (input.outcome) {
    case "ASSIGN": {
      const owner = [referral.receiver, proposal].find((code) => code === input.owner);
      if (!owner) return refuse("owner", `${referral.receiver} or ${proposal}`);
      return { action: "assign", assigned: { owner, coOwner: null } };
    }
    case "ASSIGN_TOGETHER":
      if (input.owner != null && input.owner !== referral.receiver) return refuse("owner", referral.receiver);
      return { action: "assign", assigned: { owner: referral.receiver, coOwner: proposal } };
    case "MERGE": {
      const running = await runningCases(client, referral, [referral.receiver, proposal]);
      const owner = running.find((organisation) => organisation === input.owner);
      if (!owner)
        return refuse("owner", "the receiver or the proposed organisation, where it has a running case");
      return { action: "merge", assigned: { owner, coOwner: null } };
    }
  }
}

/** Those of the organisations that have a running case with the family: only who sits at the table is looked for. */
export async function runningCases(
  db: Pick<PoolClient, "query">,
  { familyId }: Pick<ReferralRecord, "familyId">,
  among: readonly OrganisationCode[],
): Promise<OrganisationCode[]> {
  const { rows } = await db.query<{ organisation: OrganisationCode }>(
    `select organisation from hub.involvement
     where family_id = $1 and organisation = any ($2::text[]) and ended_on is null order by organisation`,
    [familyId, among],
  );
  return rows.map(({ organisation }) => organisation);
}
