// The raw, dated records of families from which the facts of a decision are reduced: all of them in one query.

import type { Pool } from "pg";
import type { Authority, Category, FamilyRole, Purpose } from "../kernel/codes";
import type { FamilyId, OrganisationCode, PersonId, WorkerId } from "../kernel/ids";
import type { PlainDate } from "../kernel/plain-date";
import { CONSENTS_FOR, CONSENTS_OF, type ConsentAsker, type ConsentRecord } from "./consent-records";
import { REFERRALS_OF, type ReferralRecord } from "./referral-records";
import type { AssignmentRelation, FamilyStatus, InvestigationKind, MeasureKind } from "./register-codes";

export type { ConsentAsker, ConsentRecord } from "./consent-records";

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
  /** Participation in the pilot; withdrawn and past ones too. */
  readonly participations: readonly ParticipationRecord[];
  readonly meetings: readonly MeetingRecord[];
  /** Of all workers. */
  readonly emergencies: readonly EmergencyRecord[];
  /** Granted and not ended early; past ones too. */
  readonly disclosures: readonly DisclosureRecord[];
  /** Delivered and not withdrawn; completed ones too. */
  readonly referrals: readonly ReferralRecord[];
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
  /** The household that the person belongs to; another than this record's for a child with two households. */
  readonly householdId: FamilyId;
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
  /** Able to weigh own interests; of a child with two households a parent may live in the other one. */
  readonly parentAble: boolean;
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

/** A worker, or a whole team, that is or was assigned. Holds from `fromOn` to `untilOn`, both included, unless it ended early. */
export interface AssignmentRecord {
  readonly organisation: OrganisationCode;
  /** Null for an assignment of a whole team. */
  readonly workerId: WorkerId | null;
  readonly relation: AssignmentRelation;
  readonly team: string | null;
  /** Of an assignment of a whole team: who belongs, or belonged, to it. Empty otherwise. */
  readonly members: readonly TeamMemberRecord[];
  readonly fromOn: PlainDate;
  readonly untilOn: PlainDate | null;
  /** ISO 8601 moment of an early end; never in the future, so not null means ended. */
  readonly endedAt: string | null;
}

/** A member of a team. Holds from `fromOn` to `untilOn`, both included, unless it ended early. */
export interface TeamMemberRecord {
  readonly workerId: WorkerId;
  readonly fromOn: PlainDate;
  readonly untilOn: PlainDate | null;
  /** ISO 8601 moment of an early end; never in the future, so not null means ended. */
  readonly endedAt: string | null;
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

/** A statutory examination. Open from `openedOn` to `closedOn`, both included, as long as `closedAt` is null. */
export interface InvestigationRecord {
  readonly organisation: OrganisationCode;
  readonly kind: InvestigationKind;
  readonly openedOn: PlainDate;
  readonly closedOn: PlainDate | null;
  /** ISO 8601 moment of closing, where it was recorded; never in the future, so not null means closed. */
  readonly closedAt: string | null;
}

/** Participation (deelname). Holds from `fromOn` to `untilOn`, both included, unless it was withdrawn. */
export interface ParticipationRecord {
  readonly fromOn: PlainDate;
  readonly untilOn: PlainDate | null;
  readonly withdrawnAt: string | null;
}

/** A meeting about the family (overleg). Holds from `plannedOn` to `heldOn`, both included. */
export interface MeetingRecord {
  readonly participants: readonly OrganisationCode[];
  readonly plannedOn: PlainDate;
  readonly heldOn: PlainDate;
}

/** Use of the emergency procedure (noodprocedure). */
export interface EmergencyRecord {
  readonly organisation: OrganisationCode;
  readonly workerId: WorkerId;
  readonly withHealth: boolean;
  /** Before its end, by the clock of the database, and not found unjustified. */
  readonly running: boolean;
}

/** What a holder granted (verstrekking). Holds up to `grantedUntil`, included. */
export interface DisclosureRecord {
  /** Null for the household as a whole. */
  readonly personId: PersonId | null;
  readonly holder: OrganisationCode;
  readonly recipient: OrganisationCode;
  /** Who asked: for a member of the family the grant is theirs alone. */
  readonly recipientWorker: WorkerId;
  readonly purpose: Purpose;
  readonly categories: readonly Category[];
  readonly grantedUntil: PlainDate;
}

/** What can be asked: families by their id, or by the id of one of their members. */
export interface FamilyRecordKeys {
  readonly familyIds: readonly string[];
  readonly personIds: readonly string[];
  /** For whom it is decided: then those consents alone that a decision for them can rest on; all when left out. */
  readonly asker?: ConsentAsker;
}

const RUNS =
  "from_on <= (now() at time zone 'Europe/Amsterdam')::date and (until_on is null or until_on >= (now() at time zone 'Europe/Amsterdam')::date)";

// One statement sees one moment: a consent withdrawn before it starts is withdrawn in all of the answer.
const loadRecords = (consents: string): string => `
select f.id, f.status,
  (select coalesce(json_agg(json_build_object('id', p.id, 'role', p.role, 'birthDate', p.birth_date, 'able', p.able,
      'householdId', p.family_id,
      'pseudonyms', (select coalesce(json_agg(json_build_object('organisation', s.organisation,
          'pseudonym', s.pseudonym, 'keyVersion', s.key_version) order by s.organisation), '[]')
        from hub.person_pseudonym s where s.person_id = p.id)) order by p.id), '[]')
    from hub.person p where p.id = any (m.ids)) as members,
  (select coalesce(json_agg(json_build_object('parentId', a.parent_id, 'parentAble', p.able, 'childId', a.child_id,
      'authority', a.authority) order by a.child_id, a.parent_id), '[]')
    from hub.authority a join hub.person p on p.id = a.parent_id where a.child_id = any (m.ids)) as authorities,
  (select coalesce(json_agg(json_build_object('organisation', i.organisation, 'caseReference', i.case_reference,
      'beganOn', i.began_on, 'endedOn', i.ended_on, 'drang', i.drang) order by i.organisation), '[]')
    from hub.involvement i where i.family_id = f.id) as involvements,
  (select coalesce(json_agg(json_build_object('organisation', a.organisation, 'workerId', a.worker_id,
      'relation', a.relation, 'team', a.team, 'fromOn', a.from_on, 'untilOn', a.until_on,
      'endedAt', a.ended_at,
      'members', case when a.worker_id is not null then '[]'::json else
        (select coalesce(json_agg(json_build_object('workerId', t.worker_id, 'fromOn', t.from_on,
            'untilOn', t.until_on, 'endedAt', t.ended_at) order by t.from_on, t.id), '[]')
          from hub.team_member t where t.organisation = a.organisation and t.team = a.team) end)
      order by a.from_on, a.id), '[]')
    from hub.assignment a where a.family_id = f.id) as assignments,
  (${consents}) as consents,
  (select coalesce(json_agg(json_build_object('id', e.id, 'personId', e.person_id, 'kind', e.kind,
      'number', e.number, 'organisation', e.organisation, 'startsOn', e.starts_on, 'endsOn', e.ends_on,
      'endedAt', e.ended_at) order by e.starts_on, e.id), '[]')
    from hub.measure e where e.person_id = any (m.ids)) as measures,
  (select coalesce(json_agg(json_build_object('organisation', v.organisation, 'kind', v.kind,
      'openedOn', v.opened_on, 'closedOn', v.closed_on, 'closedAt', v.closed_at) order by v.opened_on, v.id), '[]')
    from hub.investigation v where v.family_id = f.id) as investigations,
  (select coalesce(json_agg(json_build_object('fromOn', q.from_on, 'untilOn', q.until_on,
      'withdrawnAt', q.withdrawn_at) order by q.from_on, q.id), '[]')
    from hub.participation q where q.family_id = f.id) as participations,
  (select coalesce(json_agg(json_build_object('participants', t.participants, 'plannedOn', t.planned_on,
      'heldOn', t.held_on) order by t.planned_on, t.id), '[]')
    from hub.meeting t where t.family_id = f.id) as meetings,
  (select coalesce(json_agg(json_build_object('organisation', e.organisation, 'workerId', e.worker_id,
      'withHealth', e.with_health,
      'running', clock_timestamp() < e.ends_at and e.review_outcome is distinct from 'NOT_JUSTIFIED')
      order by e.declared_at, e.id), '[]')
    from hub.emergency e where e.family_id = f.id) as emergencies,
  (select coalesce(json_agg(json_build_object('personId', d.person_id, 'holder', d.holder,
      'recipient', d.requester_organisation, 'recipientWorker', d.requester_worker, 'purpose', d.purpose, 'categories', d.granted_categories,
      'grantedUntil', d.granted_until) order by d.decided_at, d.id), '[]')
    from hub.disclosure d where d.family_id = f.id and d.state = 'GRANTED' and d.ended_at is null) as disclosures,
  (${REFERRALS_OF("f.id")}) as referrals
from (
  with asked as (
    select unnest($1::text[]) as id
    union select family_id from hub.person where id = any ($2::text[])
    union select family_id from hub.second_household where person_id = any ($2::text[]) and ${RUNS}
  )
  select id from asked
  union select p.family_id from hub.second_household h join hub.person p on p.id = h.person_id
    where h.family_id in (select id from asked) and ${RUNS}
  union select h.family_id from hub.second_household h
    where h.person_id in (
      select p.id from hub.person p where p.family_id in (select id from asked)
      union select o.person_id from hub.second_household o where o.family_id in (select id from asked) and ${RUNS}) and ${RUNS}
) as wanted
join hub.family f on f.id = wanted.id
cross join lateral (select array(
  select id from hub.person where family_id = f.id
  union select person_id from hub.second_household where family_id = f.id and ${RUNS}
) as ids) as m
order by f.id`;

const ALL = { name: "load-family-records", text: loadRecords(CONSENTS_OF("m.ids")) };
const FOR_ASKER = {
  name: "load-family-records-for",
  text: loadRecords(CONSENTS_FOR("m.ids", { recipient: "$3", purpose: "$4", today: "$5" })),
};

/**
 * The records of the families asked for, and of the other households of whoever lives there (a child with two), each
 * once, in order of id, in one query as of one moment. Unknown ids are absent from the answer. Rejects with the driver's error when the database cannot be read.
 */
export async function loadFamilyRecords(
  pool: Pick<Pool, "query">,
  { familyIds, personIds, asker }: FamilyRecordKeys,
): Promise<FamilyRecord[]> {
  const { rows } = await pool.query<FamilyRecord>(
    asker
      ? { ...FOR_ASKER, values: [familyIds, personIds, asker.recipient, asker.purpose, asker.today] }
      : { ...ALL, values: [familyIds, personIds] },
  );
  return rows;
}
