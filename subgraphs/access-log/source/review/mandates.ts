// Mandates to look at what one worker did: on a ground, for a period, for 30 days, never about oneself; and the report that
// one opens. Each use is on record, here and in the log.

import { randomUUID } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import { findEntries } from "../../../../shared/access-log/find-entries";
import { onRecord } from "../../../../shared/database/record-unavailable";
import { SchakelError } from "../../../../shared/kernel/errors";
import { addDays, today } from "../../../../shared/kernel/plain-date";
import type { Grant } from "../../../../shared/kernel/requester";
import type { Region } from "../../../../shared/region/region";
import { toCursor, toPosition } from "../../mapping/cursor";
import type { AccessMandate, WorkerReport } from "../../types/mandate";
import type { GrantMandateInput } from "../../types/mandate-inputs";
import { organisationOfOfficer } from "../privacy-officer";
import { beginOf } from "../signals/stretch";
import { changeOnce } from "./change-once";
import { checkFirst, dateOf, invalid, isId, workerOf } from "./check-input";

interface Stores {
  readonly pool: Pool;
  readonly region: Region;
}

/** Days that a mandate holds: long enough to write a report and hear the worker, as the inspection of Suwinet has it. */
export const MANDATE_DAYS = 30;
/** Days that one mandate opens at most: a year, so that a report stays about something. */
export const LONGEST_PERIOD_DAYS = 366;

const COLUMNS = `id, worker, ground, seen_from as "from", seen_to as "to", granted_by as "grantedBy",
  granted_at as "grantedAt", expires_at as "expiresAt", expires_at <= clock_timestamp() as expired`;

type Db = Pick<Pool | PoolClient, "query">;

async function findMandate(db: Db, organisation: string, id: string): Promise<AccessMandate | undefined> {
  if (!isId(id)) return undefined;
  const { rows } = await db.query<AccessMandate>(
    `select ${COLUMNS} from access_log.mandate where organisation = $1 and id = $2`,
    [organisation, id],
  );
  return rows[0];
}

/** Grants a mandate about a worker of the own organisation. Throws ACCESS_DENIED, also about oneself, and INPUT_INVALID. */
export async function grantMandate(
  { pool, region }: Stores,
  grant: Grant,
  input: GrantMandateInput,
): Promise<AccessMandate> {
  const organisation = organisationOfOfficer(grant, region);
  const { requester } = grant;
  const worker = workerOf("input.worker", input.worker);
  if (worker === requester.worker) throw new SchakelError("ACCESS_DENIED", { reason: "OWN_ACCESSES" });
  const [from, to] = [dateOf("input.from", input.from), dateOf("input.to", input.to)];
  if (to > today()) throw invalid("input.to", "today or an earlier day");
  if (from > to || addDays(from, LONGEST_PERIOD_DAYS - 1) < to) {
    throw invalid("input.from", `the last day or an earlier one, at most ${LONGEST_PERIOD_DAYS} days in all`);
  }
  const { id } = await changeOnce(pool, requester, "grantMandate", input, async (client) => {
    const made = randomUUID();
    await client.query(
      `insert into access_log.mandate (id, organisation, worker, ground, seen_from, seen_to, granted_by, granted_at, expires_at)
       select $1, $2, $3, $4, $5, $6, $7, now, now + make_interval(days => $8) from (select clock_timestamp() as now) as n`,
      [made, organisation, worker, input.ground, from, to, requester.worker, MANDATE_DAYS],
    );
    return { id: made };
  });
  const mandate = await findMandate(pool, organisation, id);
  if (!mandate) throw new Error("The mandate is not there.");
  return mandate;
}

/** Mandates that are shown: the latest ones, of some years. */
const MOST_SHOWN = 100;

/** The mandates of the own organisation, newest first, also those that expired. */
export async function findMandates({ pool, region }: Stores, grant: Grant): Promise<AccessMandate[]> {
  const organisation = organisationOfOfficer(grant, region);
  return onRecord(async () => {
    const { rows } = await pool.query<AccessMandate>(
      `select ${COLUMNS} from access_log.mandate where organisation = $1 order by granted_at desc, id limit ${MOST_SHOWN}`,
      [organisation],
    );
    return rows;
  });
}

/** Which page of a report. */
export interface ReportQuestion {
  readonly mandateId: string;
  readonly first: number;
  readonly after?: string | null | undefined;
}

/**
 * What the worker of a mandate did in its period, newest first. Throws MANDATE_NOT_FOUND, also for one of another
 * organisation; MANDATE_EXPIRED; ACCESS_DENIED, also to the worker that it is about; INPUT_INVALID.
 */
export async function readWorkerReport(
  { pool, region }: Stores,
  grant: Grant,
  { mandateId, first, after }: ReportQuestion,
): Promise<WorkerReport> {
  const organisation = organisationOfOfficer(grant, region);
  const { worker: officer } = grant.requester;
  checkFirst(first);
  const page = after == null ? { first } : { first, after: toPosition(after) };
  return onRecord(async () => {
    const mandate = await findMandate(pool, organisation, mandateId);
    if (!mandate) throw new SchakelError("MANDATE_NOT_FOUND");
    if (mandate.worker === officer) throw new SchakelError("ACCESS_DENIED", { reason: "OWN_ACCESSES" });
    if (mandate.expired) throw new SchakelError("MANDATE_EXPIRED");
    await pool.query("insert into access_log.mandate_use (mandate_id, used_by) values ($1, $2)", [
      mandate.id,
      officer,
    ]);
    const filter = {
      concerning: organisation,
      organisation,
      worker: mandate.worker,
      from: beginOf(dateOf("mandate", mandate.from)).toISOString(),
      to: beginOf(addDays(dateOf("mandate", mandate.to), 1)).toISOString(),
    };
    const { entries, hasNextPage } = await findEntries(pool, filter, page);
    const edges = entries.map((node) => ({ node, cursor: toCursor(node) }));
    return { mandate, edges, pageInfo: { hasNextPage, endCursor: edges.at(-1)?.cursor ?? null } };
  });
}
