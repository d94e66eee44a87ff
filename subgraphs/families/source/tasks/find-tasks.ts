// The tasks of an organisation as one worker may see them: of the families that they work with, soonest due first.

import type { Pool } from "pg";
import { PAGE_LIMIT, type Connection } from "../../../../shared/contract/values/connection";
import { onRecord } from "../../../../shared/database/record-unavailable";
import type { TaskState } from "../../../../shared/database/register-codes";
import { toPlainDate, today } from "../../../../shared/kernel/plain-date";
import type { Grant, Requester } from "../../../../shared/kernel/requester";
import { TASK_COLUMNS, toTask, type TaskRow } from "../../mapping/task";
import type { Task } from "../../types/task";
import { FAMILIES_OF_WORKER, mustBeWorker } from "../assigned-now";
import { invalid, isRegisterId } from "../check-input";

/** Which page, of which tasks. */
export interface TaskPage {
  readonly first: number;
  readonly after?: string | null | undefined;
  readonly state: TaskState;
}

/**
 * SQL: the tasks `t` of the worker's own organisation, of the families that the worker works with now, and of an emergency
 * that the worker declared, which needs no other relation; those about a referral that was delivered to the
 * organisation, and those that a known-here check told it of a child in its own system, where nobody may work with the
 * family yet. `$1` organisation, `$2` worker, `$3` day.
 */
export const OWN_TASKS = `t.organisation = $1 and (t.family_id in (${FAMILIES_OF_WORKER})
  or t.cause = 'EMERGENCY' and exists (select from hub.emergency e
    where e.id::text = t.cause_id and e.organisation = $1 and e.worker_id = $2)
  or t.cause = 'KNOWN_HERE'
  or t.cause = 'REFERRAL' and (exists (select from hub.referral r
    where r.family_id = t.family_id and t.cause_id in (r.id::text, '') and r.received_at is not null
      and $1 in (r.receiver_organisation, r.co_owner_organisation))
    or exists (select from hub.referral r join hub.consultation c on c.referral_id = r.id
      where r.family_id = t.family_id and r.id::text = t.cause_id
        and $1 in (c.opened_by_organisation, c.third_organisation))))`;

/** Everything that an organisation has to do: for its privacy officer, who works with no family. */
const ALL_TASKS = "t.organisation = $1 and $2::text is not null and $3::date is not null";

/**
 * One page. A worker sees the tasks of their families; the privacy officer, for oversight, those of the whole
 * organisation. Throws ACCESS_DENIED for anybody else, INPUT_INVALID for another number or cursor, RECORD_UNAVAILABLE.
 */
export async function findTasks(
  pool: Pick<Pool, "query">,
  grant: Pick<Grant, "requester" | "purpose">,
  { first, after, state }: TaskPage,
): Promise<Connection<Task>> {
  if (!Number.isInteger(first) || first < 1 || first > PAGE_LIMIT) {
    throw invalid("first", `a whole number from 1 to ${PAGE_LIMIT}`);
  }
  const { requester } = grant;
  const where = isOversight(grant) ? ALL_TASKS : ownTasks(requester);
  const [dueOn, id] = after == null ? [null, null] : placeOfCursor(after);
  const day = today();
  // The count stands beside the page, also when the page is empty.
  const { rows } = await onRecord(() =>
    pool.query<Partial<TaskRow> & { total: number }>(
      `with mine as (select t.* from hub.task t where t.state = $4 and ${where}),
       page as (select ${TASK_COLUMNS} from mine t
         where $5::date is null or (t.due_on, t.id) > ($5::date, $6::uuid) order by t.due_on, t.id limit $7)
       select page.*, counted.total from (select count(*)::int as total from mine) as counted
       left join page on true order by page.due_on, page.id`,
      [requester.organisation, requester.worker, day, state, dueOn, id, first + 1],
    ),
  );
  const found = rows.flatMap((row) => (row.id === null ? [] : [toTask(row as TaskRow, day)]));
  const edges = found.slice(0, first).map((node) => ({ node, cursor: cursorOf(node) }));
  return {
    edges,
    pageInfo: { hasNextPage: found.length > first, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: rows[0]?.total ?? 0,
  };
}

const isOversight = ({ requester, purpose }: Pick<Grant, "requester" | "purpose">): boolean =>
  requester.workerFunction === "PRIVACY_OFFICER" && purpose === "OVERSIGHT";

function ownTasks(requester: Requester): string {
  mustBeWorker(requester);
  return OWN_TASKS;
}

// A place, not a row: a task may get another day between two pages.
const cursorOf = ({ dueOn, id }: Task): string => Buffer.from(`t:${dueOn}:${id}`).toString("base64url");

function placeOfCursor(cursor: string): readonly [string, string] {
  const [mark, day = "", id = "", ...rest] = Buffer.from(cursor, "base64url").toString().split(":");
  if (mark !== "t" || rest.length > 0 || !isRegisterId(id)) throw invalid("after", "a cursor of this list");
  try {
    return [toPlainDate(day), id];
  } catch {
    throw invalid("after", "a cursor of this list");
  }
}
