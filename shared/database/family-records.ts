// The raw, dated records of families from which the facts of a decision are reduced: all of them in one query.

import type { Pool } from "pg";
import type { Authority, Category, FamilyRole, Purpose } from "../kernel/codes";
import type { FamilyId, OrganisationCode, PersonId, WorkerId } from "../kernel/ids";
import type { PlainDate } from "../kernel/plain-date";
import type {
  AssignmentRelation,
  ConsentDecision,
  ConsentHow,
  FamilyStatus,
  InvestigationKind,
  MeasureKind,
} from "./register-codes";

/** One family with everything that a decision about it can need; all lists are in a fixed order. */
export interface FamilyRecord {
  readonly id: FamilyId;
  readonly status: FamilyStatus;
  /** By id. */
  readonly members: readonly PersonRecord[];
  /** Of parents over the members. */
  readonly authorities: readonly AuthorityRecord[];
  readonly involvements: readonly InvolvementRecord[];
  /** Past ones too: earlier involvement counts (H5). */
  readonly assignments: readonly AssignmentRecord[];
  /** About the members; oldest first, so that of two decisions the later stands last. */
  readonly consents: readonly ConsentRecord[];
  /** On the members; ended ones too. */
  readonly measures: readonly MeasureRecord[];
  readonly investigations: readonly InvestigationRecord[];
}

/** A member of the household. */
export interface PersonRecord {
  readonly id: PersonId;
  readonly role: FamilyRole;
  /** Null for an unborn child. */
  readonly birthDate: PlainDate | null;
  /** Able to weigh own interests (wilsbekwaam). */
  readonly able: boolean;
  readonly pseudonyms: readonly PseudonymRecord[];
}

/** The key under which one organisation finds the person. */
export interface PseudonymRecord {
  readonly organisation: OrganisationCode;
  readonly pseudonym: string;
  readonly keyVersion: number;
}

/** Authority of a parent over a child (gezag). */
export interface AuthorityRecord {
  readonly parentId: PersonId;
  readonly childId: PersonId;
  readonly authority: Authority;
}

/** An organisation that works, or worked, with the family. `endedOn` is the last day. */
export interface InvolvementRecord {
  readonly organisation: OrganisationCode;
  readonly caseReference: string;
  readonly beganOn: PlainDate;
  readonly endedOn: PlainDate | null;
  readonly drang: boolean;
}

/** A worker who is, or was, assigned. Holds from `fromOn` to `untilOn`, both included. */
export interface AssignmentRecord {
  readonly organisation: OrganisationCode;
  readonly workerId: WorkerId;
  readonly relation: AssignmentRelation;
  readonly team: string | null;
  readonly fromOn: PlainDate;
  readonly untilOn: PlainDate | null;
}

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

/** A measure. In force on a day from `startsOn` to `endsOn`, both included, as long as `endedAt` is null. */
export interface MeasureRecord {
  readonly id: string;
  readonly personId: PersonId;
  readonly kind: MeasureKind;
  readonly number: string;
  /** Who executes it. */
  readonly organisation: OrganisationCode;
  readonly startsOn: PlainDate;
  /** Null only for guardianship. */
  readonly endsOn: PlainDate | null;
  /** ISO 8601 moment of an early end; never in the future, so not null means ended. */
  readonly endedAt: string | null;
}

/** A statutory examination. Open from `openedOn` to `closedOn`, both included. */
export interface InvestigationRecord {
  readonly organisation: OrganisationCode;
  readonly kind: InvestigationKind;
  readonly openedOn: PlainDate;
  readonly closedOn: PlainDate | null;
}

/** What can be asked: families by their id, or by the id of one of their members. */
export interface FamilyRecordKeys {
  readonly familyIds: readonly string[];
  readonly personIds: readonly string[];
}

// One statement sees one moment: a consent withdrawn before it starts is withdrawn in all of the answer.
const LOAD_FAMILY_RECORDS = `
select f.id, f.status,
  (select coalesce(json_agg(json_build_object('id', p.id, 'role', p.role, 'birthDate', p.birth_date, 'able', p.able,
      'pseudonyms', (select coalesce(json_agg(json_build_object('organisation', s.organisation,
          'pseudonym', s.pseudonym, 'keyVersion', s.key_version) order by s.organisation), '[]')
        from hub.person_pseudonym s where s.person_id = p.id)) order by p.id), '[]')
    from hub.person p where p.family_id = f.id) as members,
  (select coalesce(json_agg(json_build_object('parentId', a.parent_id, 'childId', a.child_id,
      'authority', a.authority) order by a.child_id, a.parent_id), '[]')
    from hub.authority a join hub.person p on p.id = a.child_id where p.family_id = f.id) as authorities,
  (select coalesce(json_agg(json_build_object('organisation', i.organisation, 'caseReference', i.case_reference,
      'beganOn', i.began_on, 'endedOn', i.ended_on, 'drang', i.drang) order by i.organisation), '[]')
    from hub.involvement i where i.family_id = f.id) as involvements,
  (select coalesce(json_agg(json_build_object('organisation', a.organisation, 'workerId', a.worker_id,
      'relation', a.relation, 'team', a.team, 'fromOn', a.from_on, 'untilOn', a.until_on)
      order by a.from_on, a.id), '[]')
    from hub.assignment a where a.family_id = f.id) as assignments,
  (select coalesce(json_agg(json_build_object('id', c.id, 'personId', c.person_id, 'givenBy', c.given_by,
      'holder', c.holder, 'recipient', c.recipient, 'categories', c.categories, 'purpose', c.purpose,
      'decision', c.decision, 'explicit', c.explicit, 'how', c.how, 'validFrom', c.valid_from,
      'validUntil', c.valid_until, 'recordedAt', c.recorded_at, 'withdrawnAt', c.withdrawn_at)
      order by c.recorded_at, c.id), '[]')
    from hub.consent c join hub.person p on p.id = c.person_id where p.family_id = f.id) as consents,
  (select coalesce(json_agg(json_build_object('id', m.id, 'personId', m.person_id, 'kind', m.kind,
      'number', m.number, 'organisation', m.organisation, 'startsOn', m.starts_on, 'endsOn', m.ends_on,
      'endedAt', m.ended_at) order by m.starts_on, m.id), '[]')
    from hub.measure m join hub.person p on p.id = m.person_id where p.family_id = f.id) as measures,
  (select coalesce(json_agg(json_build_object('organisation', v.organisation, 'kind', v.kind,
      'openedOn', v.opened_on, 'closedOn', v.closed_on) order by v.opened_on, v.id), '[]')
    from hub.investigation v where v.family_id = f.id) as investigations
from (select unnest($1::text[]) as id union select family_id from hub.person where id = any ($2::text[])) as wanted
join hub.family f on f.id = wanted.id
order by f.id`;

/**
 * The records of the families asked for, each once, in order of id, in one query as of one moment.
 * Unknown ids are absent from the answer. Rejects with the driver's error when the database cannot be read.
 */
export async function loadFamilyRecords(
  pool: Pick<Pool, "query">,
  keys: FamilyRecordKeys,
): Promise<FamilyRecord[]> {
  const { rows } = await pool.query<FamilyRecord>({
    name: "load-family-records",
    text: LOAD_FAMILY_RECORDS,
    values: [keys.familyIds, keys.personIds],
  });
  return rows;
}
