// Rows of hub.disclosure -> the contract, as one of the two sides may see it.

import type {
  DisclosureRefusal,
  DisclosureState,
  FamilyTold,
  NotYetReason,
} from "../../../shared/database/register-codes";
import type { Category, Purpose, WorkerFunction } from "../../../shared/kernel/codes";
import type { PlainDate } from "../../../shared/kernel/plain-date";
import type { Disclosure } from "../types/disclosure";

export interface DisclosureRow {
  readonly id: string;
  /** The household that the reader works with; of a child with two that may be another than the asker's. */
  readonly family_id: string;
  readonly person_id: string | null;
  readonly holder: string;
  readonly requester_organisation: string;
  readonly requester_worker: string;
  readonly requester_function: WorkerFunction;
  readonly purpose: Purpose;
  readonly categories: Category[];
  readonly rules: string[];
  readonly wanted_until: PlainDate;
  readonly second_needed: boolean;
  readonly requested_at: Date;
  readonly due_on: PlainDate;
  readonly state: DisclosureState;
  readonly decided_at: Date | null;
  readonly decided_by: string | null;
  readonly second_professional: string | null;
  readonly granted_categories: Category[] | null;
  readonly granted_until: PlainDate | null;
  readonly refusal_reason: DisclosureRefusal | null;
  readonly family_told: FamilyTold | null;
  readonly not_yet_reason: NotYetReason | null;
  readonly not_yet_until: PlainDate | null;
  readonly ended_at: Date | null;
}

/** The texts of a request; everything else of it is ids, codes and dates. */
export interface DisclosureTexts {
  readonly necessity: string;
  readonly weighing: string | null;
}

/** Of `hub.disclosure as d`; the texts and the family are asked apart. */
export const DISCLOSURE_COLUMNS = `d.id, d.person_id, d.holder, d.requester_organisation, d.requester_worker,
  d.requester_function, d.purpose, d.categories, d.rules, d.wanted_until, d.second_needed, d.requested_at, d.due_on,
  d.state, d.decided_at, d.decided_by, d.second_professional, d.granted_categories, d.granted_until, d.refusal_reason,
  d.family_told, d.not_yet_reason, d.not_yet_until, d.ended_at`;

/** Everything but the texts. */
export type CodedDisclosure = Omit<Disclosure, keyof DisclosureTexts>;

/** Without its texts, as `reader` may see it: who decided is for the holder's side. */
export function toCodedDisclosure(row: DisclosureRow, reader: string): CodedDisclosure {
  const { id, holder, purpose, categories, rules, state } = row;
  const own = reader === holder;
  return {
    id,
    holder,
    purpose,
    categories,
    rules,
    state,
    familyId: row.family_id,
    personId: row.person_id,
    recipient: row.requester_organisation,
    requestedBy: row.requester_worker,
    requestedAs: row.requester_function,
    wantedUntil: row.wanted_until,
    secondProfessionalNeeded: row.second_needed,
    requestedAt: row.requested_at.toISOString(),
    dueOn: row.due_on,
    decidedAt: row.decided_at?.toISOString() ?? null,
    decidedBy: own ? row.decided_by : null,
    secondProfessional: own ? row.second_professional : null,
    grantedCategories: row.granted_categories ?? [],
    grantedUntil: row.granted_until,
    refusalReason: row.refusal_reason,
    familyTold: row.family_told,
    notYetReason: row.not_yet_reason,
    notYetUntil: row.not_yet_until,
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

/** With its texts: the necessity for both sides, the weighing for the holder's side only. */
export function withTexts(
  coded: CodedDisclosure,
  { necessity, weighing }: DisclosureTexts,
  reader: string,
): Disclosure {
  return { ...coded, necessity, weighing: reader === coded.holder ? weighing : null };
}
