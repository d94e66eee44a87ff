// What the hub knows of the requester rather than of a family: an unreviewed emergency, and what was read before.

import type { Pool } from "pg";
import type { OrganisationCode, WorkerId } from "../kernel/ids";

/** Whom it is asked about, and which families the request is about. */
export interface RequesterRecordKeys {
  readonly worker: WorkerId;
  readonly organisation: OrganisationCode;
  readonly familyIds: readonly string[];
}

/** The requester's own past, as far as a decision can need it. */
export interface RequesterRecord {
  /** An emergency that this worker declared, for whichever family, waits for its review. */
  readonly unreviewedEmergency: boolean;
  /** Those of the families about which this worker was given something in another function than reviewer. */
  readonly readBefore: ReadonlySet<string>;
}

/** The record of someone of whom nothing is known. */
export const NOTHING_BEFORE: RequesterRecord = Object.freeze({
  unreviewedEmergency: false,
  readBefore: new Set<string>(),
});

const LOAD_REQUESTER_RECORD = `
select
  exists (select from hub.emergency
    where organisation = $1 and worker_id = $2 and reviewed_at is null and ends_at <= clock_timestamp()) as unreviewed,
  array(select asked.id from unnest($3::text[]) as asked (id) where exists (
    select from access_log.subject_key k join access_log.entry e on e.subject_key = k.id
    where k.family_id = asked.id and e.organisation = $1 and e.worker = $2
      and e.worker_function <> 'REVIEWER' and e.outcome in ('DELIVERED', 'PARTIAL'))) as "readBefore"`;

/** The record of one requester, as of now. Rejects with the driver's error when the database cannot be read. */
export async function loadRequesterRecord(
  pool: Pick<Pool, "query">,
  { worker, organisation, familyIds }: RequesterRecordKeys,
): Promise<RequesterRecord> {
  const { rows } = await pool.query<{ unreviewed: boolean; readBefore: string[] }>({
    name: "load-requester-record",
    text: LOAD_REQUESTER_RECORD,
    values: [organisation, worker, familyIds],
  });
  const [row] = rows;
  if (!row) throw new Error("The database returned no record of the requester.");
  return { unreviewedEmergency: row.unreviewed, readBefore: new Set(row.readBefore) };
}
