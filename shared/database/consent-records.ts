// Consents as far as decisions need them: all that were recorded about some people, or those alone that one asker's rest on.

import type { Category, Purpose } from "../kernel/codes";
import type { OrganisationCode, PersonId } from "../kernel/ids";
import type { PlainDate } from "../kernel/plain-date";
import type { ConsentDecision, ConsentHow } from "./register-codes";

/** A decision about sharing. Holds from `validFrom` to `validUntil`, both included, unless it was withdrawn. */
export interface ConsentRecord {
  readonly id: string;
  /** Whose data. */
  readonly personId: PersonId;
  /** Who decided. */
  readonly givenBy: PersonId;
  readonly holder: OrganisationCode;
  readonly recipient: OrganisationCode;
  readonly categories: readonly Category[];
  readonly purpose: Purpose;
  readonly decision: ConsentDecision;
  readonly explicit: boolean;
  readonly how: ConsentHow;
  readonly validFrom: PlainDate;
  readonly validUntil: PlainDate | null;
  /** ISO 8601 moment; the later of two decisions counts. */
  readonly recordedAt: string;
  /** ISO 8601 moment; once set, the consent is no ground for anything (H7). */
  readonly withdrawnAt: string | null;
}

/** Who asks, what for and on which day: what a consent is looked at for. */
export interface ConsentAsker {
  readonly recipient: OrganisationCode;
  readonly purpose: Purpose;
  readonly today: PlainDate;
}

const LISTED = `coalesce(json_agg(json_build_object('id', c.id, 'personId', c.person_id, 'givenBy', c.given_by,
      'holder', c.holder, 'recipient', c.recipient, 'categories', c.categories, 'purpose', c.purpose,
      'decision', c.decision, 'explicit', c.explicit, 'how', c.how, 'validFrom', c.valid_from,
      'validUntil', c.valid_until, 'recordedAt', c.recorded_at, 'withdrawnAt', c.withdrawn_at)
      order by c.recorded_at, c.id), '[]')`;

/** A query for all consents about these people, as a list in JSON, in the order in which they were recorded. SQL. */
export const CONSENTS_OF = (people: string): string => `
  select ${LISTED} from hub.consent c where c.person_id = any (${people})`;

/**
 * The same for one asker, who is SQL as well: what was decided for another recipient or purpose, or begins on a later day,
 * plays no part, and neither does what the same giver decided anew about the same categories. Two of one millisecond are
 * both there, for then the stricter one counts. So what others recorded, and what is past, costs a request nothing.
 */
export const CONSENTS_FOR = (
  people: string,
  { recipient, purpose, today }: Readonly<Record<keyof ConsentAsker, string>>,
): string => `
  select ${LISTED} from (
    select *, rank() over (partition by person_id, given_by, holder, categories
      order by date_trunc('milliseconds', recorded_at) desc) as place
    from hub.consent
    where person_id = any (${people}) and recipient = ${recipient} and purpose = ${purpose} and valid_from <= ${today}::date) c
  where c.place = 1`;
