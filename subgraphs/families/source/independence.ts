// Whether a worker had to do with a family before: who tests what the board concluded never had (hard deny H5).

import type { PoolClient } from "pg";
import { SchakelError } from "../../../shared/kernel/errors";
import { today, type PlainDate } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";

/** How somebody can have had to do with a family (soort eerdere betrokkenheid). */
export const EarlierInvolvement = {
  /** Toewijzing, ook een die voorbij is; niet die van vandaag voor deze toets */
  ASSIGNMENT: "ASSIGNMENT",
  /** Lid van een team dat het gezin had */
  TEAM: "TEAM",
  /** Een onderzoek geopend */
  INVESTIGATION: "INVESTIGATION",
  /** Een overleg gepland */
  MEETING: "MEETING",
  /** Een stap gezet in een verwijzing */
  REFERRAL: "REFERRAL",
  /** De noodprocedure gebruikt */
  EMERGENCY: "EMERGENCY",
  /** Om een verstrekking gevraagd of erover beslist */
  DISCLOSURE: "DISCLOSURE",
  /** Consult gegeven of gevraagd */
  CONSULT: "CONSULT",
  /** Iets gelezen in een andere functie */
  READING: "READING",
} as const;
export type EarlierInvolvement = keyof typeof EarlierInvolvement;

/** All that is looked for. */
export const LOOKED_AT = Object.keys(EarlierInvolvement) as EarlierInvolvement[];

/** The rule that asks for it: gateway/privacy/policies, hard deny H5. */
export const INDEPENDENCE_RULE = "reviewer-involved-before";

/** One kind of earlier involvement, and its first day. */
export interface FoundInvolvement {
  readonly kind: EarlierInvolvement;
  readonly since: PlainDate;
}

const DAY = (moment: string): string => `(min(${moment}) at time zone 'Europe/Amsterdam')::date`;

// $1 family, $2 organisation, $3 worker, $4 today. Each kind with its first day; null where there is none. An assignment
// that is the only one and of today is the one for the review itself.
const REGISTERED = `
  with own as (
    select case when a.worker_id is null then 'TEAM' else 'ASSIGNMENT' end as kind, a.from_on
    from hub.assignment a where a.family_id = $1 and a.organisation = $2 and (a.worker_id = $3
      or a.worker_id is null and exists (select from hub.team_member t
        where t.organisation = a.organisation and t.team = a.team and t.worker_id = $3))
  )
  select kind, min(from_on) as since from own
    where (select count(*) > 1 or min(from_on) < $4 from own) group by kind
  union all select 'INVESTIGATION', min(opened_on)
    from hub.investigation where family_id = $1 and organisation = $2 and opened_by = $3
  union all select 'MEETING', ${DAY("planned_at")}
    from hub.meeting where family_id = $1 and organisation = $2 and planned_by = $3
  union all select 'REFERRAL', ${DAY("e.at")}
    from hub.referral r join hub.referral_event e on e.referral_id = r.id
    where r.family_id = $1 and e.organisation = $2 and e.worker = $3
  union all select 'EMERGENCY', ${DAY("declared_at")}
    from hub.emergency where family_id = $1 and organisation = $2 and worker_id = $3
  union all select 'DISCLOSURE', ${DAY("requested_at")}
    from hub.disclosure where family_id = $1 and (requester_organisation = $2 and requester_worker = $3
      or holder = $2 and $3 in (decided_by, second_professional))`;

interface Reading {
  readonly log_position: string;
  readonly read_on: PlainDate | null;
  readonly consulted_on: PlainDate | null;
}

/** Up to where the access log was looked at. */
export interface Independence {
  readonly logPosition: string;
}

/**
 * Looks whether the requester had to do with the family before. From here to the end of the transaction nobody appends to
 * the access log: a reading is seen here, or comes after the opening, when the gateway sees it and closes the review to its
 * reviewer. So call it late. Throws REVIEWER_NOT_INDEPENDENT with each kind of involvement of the requester, and since when.
 */
export async function checkIndependence(
  client: PoolClient,
  requester: Requester,
  familyId: string,
): Promise<Independence> {
  const { organisation, worker } = requester;
  const { rows } = await client.query<{ kind: EarlierInvolvement; since: PlainDate | null }>(REGISTERED, [
    familyId,
    organisation,
    worker,
    today(),
  ]);
  const reading = await readBefore(client, requester, familyId);
  const earlier: FoundInvolvement[] = [
    ...rows,
    { kind: "CONSULT" as const, since: reading.consulted_on },
    { kind: "READING" as const, since: reading.read_on },
  ].flatMap(({ kind, since }) => (since === null ? [] : [{ kind, since }]));
  if (earlier.length > 0) throw new SchakelError("REVIEWER_NOT_INDEPENDENT", { earlier });
  return { logPosition: reading.log_position };
}

/** Writes the certificate that the requester had no part in the case before, with the review that was opened on it. */
export async function certifyIndependence(
  client: PoolClient,
  { organisation, worker }: Requester,
  reviewId: string,
  { logPosition }: Independence,
): Promise<void> {
  await client.query(
    `insert into hub.independence_certificate (investigation_id, worker, organisation, looked_at, log_position, rule)
     values ($1, $2, $3, $4, $5, $6)`,
    [reviewId, worker, organisation, LOOKED_AT, logPosition, INDEPENDENCE_RULE],
  );
}

async function readBefore(
  client: PoolClient,
  { organisation, worker }: Requester,
  familyId: string,
): Promise<Reading> {
  const { rows } = await client.query<Reading>(
    `select log_position, (read_since at time zone 'Europe/Amsterdam')::date as read_on,
       (consulted_since at time zone 'Europe/Amsterdam')::date as consulted_on
     from access_log.earlier_reading($1, $2, $3)`,
    [organisation, worker, familyId],
  );
  if (!rows[0]) throw new Error("The access log gave no answer.");
  return rows[0];
}
