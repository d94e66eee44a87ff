// What an organisation holds back from the report of the family: pages of it, and one of it.

import type { Pool, PoolClient } from "pg";
import { ENTRY_COLUMNS } from "../../../../shared/access-log/find-entries";
import type { AccessLogEntry } from "../../../../shared/access-log/access-log-entry";
import type { Connection } from "../../../../shared/contract/values/connection";
import type { HoldBack } from "../../types/hold-back";
import { checkFirst, invalid, isId } from "../review/check-input";
import type { HoldBackState } from "./hold-back-codes";

type Db = Pick<Pool | PoolClient, "query">;

const moment = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const COLUMNS = `h.id, h.entry_id as "entryId", ${moment("h.recorded_at")} as "recordedAt", h.ground, h.until_on as until,
  h.state, h.proposed_by as "proposedBy", ${moment("h.proposed_at")} as "proposedAt", h.confirmed_by as "confirmedBy",
  ${moment("h.confirmed_at")} as "confirmedAt", h.ended_by as "endedBy", ${moment("h.ended_at")} as "endedAt"`;

/** Which page of which. */
export interface HoldBackQuestion {
  /** Those in this state; all when left out. */
  readonly state?: HoldBackState | null | undefined;
  /** 1 to PAGE_LIMIT. */
  readonly first: number;
  readonly after?: string | null | undefined;
}

const CURSOR = /^h:(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) (\S+)$/;
const cursorOf = ({ proposedAt, id }: HoldBack): string =>
  Buffer.from(`h:${proposedAt} ${id}`).toString("base64url");

function readCursor(cursor: string): { proposedAt: string; id: string } {
  const [, proposedAt, id] = CURSOR.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  if (proposedAt === undefined || id === undefined || !isId(id) || Number.isNaN(Date.parse(proposedAt))) {
    throw invalid("after", "a cursor of this list");
  }
  return { proposedAt, id };
}

/** A page, the latest proposal first. Throws INPUT_INVALID, and the driver's errors. */
export async function findHoldBacks(
  db: Db,
  organisation: string,
  { state, first, after }: HoldBackQuestion,
): Promise<Connection<HoldBack>> {
  checkFirst(first);
  const last = after == null ? null : readCursor(after);
  const where = "h.organisation = $1 and ($2::text is null or h.state = $2)";
  const { rows } = await db.query<HoldBack>(
    `select ${COLUMNS} from access_log.held_back h where ${where}
       and ($3::timestamptz is null or (h.proposed_at, h.id) < ($3::timestamptz, $4::uuid))
     order by h.proposed_at desc, h.id desc limit $5`,
    [organisation, state, last?.proposedAt, last?.id, first + 1],
  );
  const counted = await db.query<{ count: number }>(
    `select count(*)::int as count from access_log.held_back h where ${where}`,
    [organisation, state],
  );
  const edges = rows.slice(0, first).map((node) => ({ node, cursor: cursorOf(node) }));
  return {
    edges,
    pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: counted.rows[0]?.count ?? 0,
  };
}

/** One of this organisation, which is there. */
export async function getHoldBack(db: Db, id: string): Promise<HoldBack> {
  const { rows } = await db.query<HoldBack>(`select ${COLUMNS} from access_log.held_back h where h.id = $1`, [
    id,
  ]);
  const [found] = rows;
  if (!found) throw new Error("What was just written is not there.");
  return found;
}

/** The entry that was named; undefined when it was removed at the end of its term. */
export async function findHeldEntry(db: Db, holdBackId: string): Promise<AccessLogEntry | undefined> {
  const { rows } = await db.query<AccessLogEntry>(
    `select ${ENTRY_COLUMNS} from access_log.held_back h
     join access_log.entry e on e.id = h.entry_id and e.recorded_at = h.recorded_at
     left join access_log.subject_key k on k.id = e.subject_key where h.id = $1`,
    [holdBackId],
  );
  return rows[0];
}
