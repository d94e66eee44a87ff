// The chair decides on consultations whose term ran out: by a reference that works for this one decision, and without
// learning whom it is about.

import { once } from "../../../shared/database/idempotency";
import { inTransaction } from "../../../shared/database/pool";
import { onRecord } from "../../../shared/database/record-unavailable";
import { SchakelError } from "../../../shared/kernel/errors";
import type { FamilyId, OrganisationCode, ReferralId } from "../../../shared/kernel/ids";
import type { PlainDate } from "../../../shared/kernel/plain-date";
import type { Grant } from "../../../shared/kernel/requester";
import { endConsultation, runningCases, type Ending } from "./consult";
import { readReferral } from "./find-referrals";
import { lockReferral, type ReferralStores } from "./move-referral";
import type { ConsultationOutcome, ObjectionReason, Urgency } from "./referral-codes";
import type { ReferralType } from "./routes";

/** Who asks, and for what. */
type Asked = Pick<Grant, "requester" | "purpose">;

/** One way in which the chair can decide. */
export interface ChairOption {
  readonly outcome: Exclude<ConsultationOutcome, "WITHDRAWN">;
  readonly owner: OrganisationCode;
  readonly coOwner: OrganisationCode | null;
}

/** A consultation that waits for its chair, without whom it is about. */
export interface ChairedConsultation {
  /** Works for deciding on this consultation, once; nothing else can be found by it. */
  readonly reference: string;
  readonly type: ReferralType;
  readonly urgency: Urgency;
  readonly reason: ObjectionReason;
  readonly sender: OrganisationCode;
  readonly receiver: OrganisationCode;
  readonly third: OrganisationCode;
  /** Days on which it began and on which its term ended. */
  readonly openedOn: PlainDate;
  readonly dueOn: PlainDate;
  readonly options: readonly ChairOption[];
}

/** What the chair says. `owner` is needed for ASSIGN and MERGE. */
export interface ChairDecision extends Ending {
  readonly reference: string;
  readonly idempotencyKey: string;
}

/** What came of it. */
export interface DecidedConsultation extends ChairOption {
  readonly reference: string;
}

/** As many as are shown at once; those that wait longest come first. */
const MOST_SHOWN = 100;
/** The term ran out and nobody decided, by the clock of the database. */
const UNDECIDED = "c.state = 'OPEN' and c.due_at <= now()";
// One way, and other than the reference of the queue: neither leads to the other.
const REFERENCE = "encode(sha256(convert_to('chair:' || c.id::text, 'UTF8')), 'hex')";
const DAY_OF = (moment: string): string => `(${moment} at time zone 'Europe/Amsterdam')::date`;

function requireChair({ region }: ReferralStores, { requester, purpose }: Asked): void {
  const { organisation, workerFunction } = region.consultationChair;
  const isChair =
    (requester.organisation as string) === organisation && requester.workerFunction === workerFunction;
  if (!isChair || purpose !== "OVERSIGHT") throw new SchakelError("ACCESS_DENIED");
}

/**
 * What waits for the chair: up to 100, the longest past its term first. Throws ACCESS_DENIED for who is not the chair,
 * or asks for another purpose than oversight.
 */
export async function findForChair(stores: ReferralStores, asked: Asked): Promise<ChairedConsultation[]> {
  requireChair(stores, asked);
  const { rows } = await stores.pool.query<
    Omit<ChairedConsultation, "options"> & { readonly familyId: FamilyId }
  >(
    `select ${REFERENCE} as reference, r.type, r.urgency, c.reason_code as reason, r.sender_organisation as sender,
       r.receiver_organisation as receiver, c.third_organisation as third, r.family_id as "familyId",
       ${DAY_OF("c.opened_at")} as "openedOn", ${DAY_OF("c.due_at")} as "dueOn"
     from hub.consultation c join hub.referral r on r.id = c.referral_id
     where ${UNDECIDED} order by c.due_at, c.id limit $1`,
    [MOST_SHOWN],
  );
  return Promise.all(
    rows.map(async ({ familyId, ...row }) => {
      const { receiver, third } = row;
      const running = await runningCases(stores.pool, { familyId }, [receiver, third]);
      const options: ChairOption[] = [
        { outcome: "ASSIGN", owner: receiver, coOwner: null },
        { outcome: "ASSIGN", owner: third, coOwner: null },
        { outcome: "ASSIGN_TOGETHER", owner: receiver, coOwner: third },
        ...running.map((owner) => ({ outcome: "MERGE", owner, coOwner: null }) as const),
      ];
      return { ...row, options };
    }),
  );
}

/**
 * The chair ends a consultation whose term ran out, with an owner who is not the sender. Returns what it decided and
 * for whom the family is; `changed` is for the record alone. Throws ACCESS_DENIED for who is not the chair,
 * REFERRAL_NOT_FOUND for a reference that is unknown, used, or of a term that still runs, INPUT_INVALID for an owner
 * that the outcome does not allow.
 */
export async function decideConsultation(
  stores: ReferralStores,
  asked: Asked,
  input: ChairDecision,
): Promise<{ readonly decided: DecidedConsultation; readonly changed: FamilyId }> {
  requireChair(stores, asked);
  const { requester } = asked;
  const { idempotencyKey: key, ...request } = input;
  return onRecord(() =>
    inTransaction(stores.pool, (client) =>
      once(
        client,
        { worker: requester.worker, key, operation: "decideConsultation", input: request },
        async () => {
          const { rows } = await client.query<{ referralId: ReferralId }>(
            `select c.referral_id as "referralId" from hub.consultation c where ${UNDECIDED} and ${REFERENCE} = $1`,
            [input.reference],
          );
          const [found] = rows;
          if (!found) throw new SchakelError("REFERRAL_NOT_FOUND");
          await lockReferral(client, found.referralId);
          // Read under the lock: it may have been withdrawn meanwhile.
          const referral = await readReferral(client, found.referralId);
          if (!referral.consultation?.termOver) throw new SchakelError("REFERRAL_NOT_FOUND");
          const { outcome, reference } = input;
          const after = await endConsultation({ client, region: stores.region }, referral, input, {
            party: "CHAIR",
            requester,
          });
          return {
            decided: { reference, outcome, owner: after.owner, coOwner: after.coOwner },
            changed: referral.familyId,
          };
        },
      ),
    ),
  );
}
