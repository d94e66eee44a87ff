// A referral as the hub keeps it, with its history and consultation, and the one statement text that reads it.

import type { OrganisationCode, PersonId, ReferralId, FamilyId, WorkerId } from "../../../shared/kernel/ids";
import type { PlainDate } from "../../../shared/kernel/plain-date";
import { contentNow, type SelectedContent } from "../../../shared/database/referral-records";
import type {
  CompletionOutcome,
  ConsentBasis,
  ConsultationOutcome,
  ConsultationState,
  DeliveryState,
  FamilyInformed,
  ObjectionReason,
  Party,
  ReferralMode,
  ReferralReason,
  ReferralState,
  TransferReason,
  Urgency,
  WithdrawalReason,
} from "./referral-codes";
import type { ReferralType } from "./routes";
import type { Action, Position } from "./transitions";

/** One referral. Moments are ISO 8601 text in UTC. */
export interface ReferralRecord {
  readonly id: ReferralId;
  readonly familyId: FamilyId;
  readonly type: ReferralType;
  readonly mode: ReferralMode;
  readonly transferReason: TransferReason | null;
  readonly urgency: Urgency;
  readonly reason: ReferralReason;
  readonly consentBasis: ConsentBasis;
  readonly familyInformed: FamilyInformed;
  readonly familyInformedOn: PlainDate | null;
  readonly sender: OrganisationCode;
  readonly senderWorker: WorkerId;
  readonly receiver: OrganisationCode;
  readonly owner: OrganisationCode;
  readonly coOwner: OrganisationCode | null;
  /** When the second owner accepted. */
  readonly coOwnerAcceptedAt: string | null;
  /** There was an objection, to this referral or to the one that it was split from. */
  readonly objected: boolean;
  /** Ids of the children that it is about; by id. */
  readonly children: readonly PersonId[];
  /** The referral that these children were in before. */
  readonly splitFrom: ReferralId | null;
  /** The referrals that other children went on in. */
  readonly splitInto: readonly ReferralId[];
  /** What the receiver may read at the sender, by person; null where it was sent before there was a selection. */
  readonly content: readonly SelectedContent[] | null;
  readonly sightOnSafety: OrganisationCode;
  readonly state: ReferralState;
  readonly outcome: CompletionOutcome | WithdrawalReason | "MERGED" | null;
  readonly expectedOn: PlainDate | null;
  readonly createdAt: string;
  readonly receivedAt: string | null;
  readonly decidedAt: string | null;
  readonly version: number;
  /** Of the newest delivery. */
  readonly delivery: DeliveryState;
  /** Oldest first; one per version, those of before a split included. */
  readonly history: readonly EventRecord[];
  readonly consultation: ConsultationRecord | null;
}

/** One step in the history. `organisation` and `worker` are null when the hub took it. */
export interface EventRecord {
  readonly version: number;
  readonly action: Action | "submit" | "split";
  readonly from: ReferralState | null;
  readonly to: ReferralState;
  readonly party: Party;
  readonly organisation: OrganisationCode | null;
  readonly worker: WorkerId | null;
  readonly codes: readonly string[];
  readonly owner: OrganisationCode;
  readonly receiver: OrganisationCode;
  readonly proposal: OrganisationCode | null;
  readonly expectedOn: PlainDate | null;
  readonly at: string;
}

/** The consultation that an objection opened. */
export interface ConsultationRecord {
  readonly id: string;
  readonly reason: ObjectionReason;
  readonly openedBy: OrganisationCode;
  readonly proposal: OrganisationCode;
  readonly third: OrganisationCode;
  readonly openedAt: string;
  readonly dueAt: string;
  readonly state: ConsultationState;
  readonly outcome: ConsultationOutcome | null;
  readonly owner: OrganisationCode | null;
  readonly resolvedAt: string | null;
  /** Nobody decided within the term, so that the chair does. */
  readonly termOver: boolean;
}

/** Columns of a record, of a referral `r`; in one statement, so that record, history and consultation agree. */
export const REFERRAL_COLUMNS = `
  r.id, r.family_id as "familyId", r.type, r.mode, r.transfer_reason as "transferReason", r.urgency,
  r.reason_code as reason, r.consent_basis as "consentBasis", r.family_informed as "familyInformed",
  r.family_informed_on as "familyInformedOn", r.sender_organisation as sender, r.sender_worker as "senderWorker",
  r.receiver_organisation as receiver, r.owner_organisation as owner, r.co_owner_organisation as "coOwner",
  to_json(r.co_owner_accepted_at) as "coOwnerAcceptedAt", r.objected, r.split_from as "splitFrom",
  (select coalesce(json_agg(k.person_id order by k.person_id), '[]')
    from hub.referral_child k where k.referral_id = r.id) as children,
  (select coalesce(json_agg(s.id order by s.split_at, s.id), '[]')
    from hub.referral s where s.split_from = r.id) as "splitInto",
  case when r.content = 'SELECTION' then
    (select coalesce(json_agg(json_build_object('personId', s.person_id, 'categories', s.categories) order by s.person_id),
        '[]') from (${contentNow("r")}) s) end as content,
  r.sight_on_safety as "sightOnSafety", r.state, r.outcome, r.expected_on as "expectedOn",
  to_json(r.created_at) as "createdAt", to_json(r.received_at) as "receivedAt", to_json(r.decided_at) as "decidedAt",
  r.version,
  (select d.state from hub.referral_delivery d where d.referral_id = r.id and d.kind = 'REFERRAL'
    order by d.version desc limit 1) as delivery,
  (with recursive line as (
      select r.id, r.split_from, r.split_at, r.version as upto
      union all
      select p.id, p.split_from, p.split_at, least(l.upto, l.split_at) from line l join hub.referral p on p.id = l.split_from)
    select json_agg(json_build_object('version', e.version, 'action', e.action, 'from', e.from_state,
      'to', e.to_state, 'party', e.party, 'organisation', e.organisation, 'worker', e.worker, 'codes', e.codes,
      'owner', e.owner_organisation, 'receiver', e.receiver_organisation, 'proposal', e.proposal_organisation,
      'expectedOn', e.expected_on, 'at', e.at) order by e.version)
    from line l join hub.referral_event e on e.referral_id = l.id and e.version <= l.upto) as history,
  (select json_build_object('id', c.id, 'reason', c.reason_code, 'openedBy', c.opened_by_organisation,
      'proposal', c.proposal_organisation, 'third', c.third_organisation, 'openedAt', c.opened_at,
      'dueAt', c.due_at, 'state', c.state, 'outcome', c.outcome, 'owner', c.owner_organisation,
      'resolvedAt', c.resolved_at, 'termOver', c.state = 'OPEN' and c.due_at <= now())
    from hub.consultation c where c.referral_id = r.id) as consultation`;

/** The part of a record that the steps are about. */
export function positionOf(referral: ReferralRecord): Position {
  const { state, sender, receiver, owner, coOwner, coOwnerAcceptedAt, objected, consultation } = referral;
  return {
    state,
    sender,
    receiver,
    owner,
    coOwner,
    coOwnerAccepted: coOwnerAcceptedAt !== null,
    objected,
    termOver: consultation?.termOver ?? false,
  };
}

/** As what an organisation stands to a referral, or undefined when it is no party to it (yet). */
export function partyOf(referral: ReferralRecord, organisation: OrganisationCode): Party | undefined {
  if (organisation === referral.sender) return "SENDER";
  if (referral.receivedAt === null) return undefined;
  if (organisation === referral.receiver) return "RECEIVER";
  if (organisation === referral.coOwner) return "CO_OWNER";
  const { consultation } = referral;
  const atTable = [consultation?.openedBy, consultation?.third];
  return atTable.includes(organisation) ? "PARTICIPANT" : undefined;
}
