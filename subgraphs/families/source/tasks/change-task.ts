// A task is done, or gets another day with a reason: under a row lock, each step kept, none ever changed.

import type { PoolClient } from "pg";
import type { RedateReason, TaskAction } from "../../../../shared/database/register-codes";
import { SchakelError } from "../../../../shared/kernel/errors";
import { addDays, today, type PlainDate } from "../../../../shared/kernel/plain-date";
import type { Requester } from "../../../../shared/kernel/requester";
import { TASK_COLUMNS, toTask, type TaskRow } from "../../mapping/task";
import type { Task } from "../../types/task";
import { mustBeWorker } from "../assigned-now";
import { changeOnce } from "../change-once";
import { dateOf, invalid, isRegisterId } from "../check-input";
import type { Change, FamiliesStores } from "../families-stores";
import { OWN_TASKS } from "./find-tasks";

/** What a worker sends. */
export interface TaskDone {
  readonly taskId: string;
  readonly idempotencyKey: string;
}

/** What a worker sends for another day. */
export interface TaskRedated {
  readonly taskId: string;
  readonly dueOn: string;
  readonly reason: RedateReason;
  readonly idempotencyKey: string;
}

/** How far ahead a new day may lie; a proposal of the region. Longer takes a new reason, so that it is looked at again. */
export const LONGEST_DELAY_DAYS = 60;

/** What is met by an act of its own, in its own term: an emergency by its review. */
const MET_OTHERWISE: readonly string[] = ["EMERGENCY_REVIEW"];

/**
 * Records that a task was done, and by whom. One that was done before is returned as it is. Throws TASK_NOT_FOUND for a
 * task that is not among the requester's, whether it exists or not; INPUT_INVALID for one that is met by an act of its
 * own; ACCESS_DENIED; IDEMPOTENCY_KEY_REUSED; RECORD_UNAVAILABLE.
 */
export function meetTask(
  stores: FamiliesStores,
  requester: Requester,
  input: TaskDone,
): Promise<Change<Task>> {
  return changeOnce(stores, requester, "meetTask", input, async (client) => {
    const task = await lockTask(client, requester, input.taskId);
    if (task.state === "MET") return changed(task);
    await client.query(
      "update hub.task set state = 'MET', met_at = clock_timestamp(), met_by = $2 where id = $1",
      [task.id, requester.worker],
    );
    return writeStep(client, requester, task, { action: "MET", dueOn: task.due_on, reason: null });
  });
}

/**
 * Gives an open task another day, from tomorrow to LONGEST_DELAY_DAYS ahead, with the reason. Throws as `meetTask`
 * does, and INPUT_INVALID for another day and for a task that was done.
 */
export function redateTask(
  stores: FamiliesStores,
  requester: Requester,
  input: TaskRedated,
): Promise<Change<Task>> {
  return changeOnce(stores, requester, "redateTask", input, async (client) => {
    const task = await lockTask(client, requester, input.taskId);
    if (task.state === "MET") throw invalid("input.taskId", "a task that is open");
    const dueOn = dateOf("input.dueOn", input.dueOn);
    const day = today();
    if (dueOn <= day || dueOn > addDays(day, LONGEST_DELAY_DAYS)) {
      throw invalid("input.dueOn", `a day after today, at most ${LONGEST_DELAY_DAYS} days ahead`);
    }
    await client.query("update hub.task set due_on = $2 where id = $1", [task.id, dueOn]);
    return writeStep(client, requester, task, { action: "REDATED", dueOn, reason: input.reason });
  });
}

/** The task, held until the end of the transaction, when it is among the requester's. */
async function lockTask(client: PoolClient, requester: Requester, id: string): Promise<TaskRow> {
  mustBeWorker(requester);
  if (!isRegisterId(id)) throw new SchakelError("TASK_NOT_FOUND");
  // The lock in a statement of its own: what is read after it is what the one before left.
  await client.query("select from hub.task where id = $1 and organisation = $2 for update", [
    id,
    requester.organisation,
  ]);
  const { rows } = await client.query<TaskRow>(
    `select ${TASK_COLUMNS} from hub.task t where t.id = $4 and ${OWN_TASKS}`,
    [requester.organisation, requester.worker, today(), id],
  );
  const [task] = rows;
  if (!task) throw new SchakelError("TASK_NOT_FOUND");
  if (MET_OTHERWISE.includes(task.obligation)) {
    throw invalid("input.taskId", "a task that is not met by an act of its own, as a review is");
  }
  return task;
}

async function writeStep(
  client: PoolClient,
  { worker }: Requester,
  task: TaskRow,
  step: { readonly action: TaskAction; readonly dueOn: PlainDate; readonly reason: RedateReason | null },
): Promise<Change<Task>> {
  await client.query(
    `insert into hub.task_event (task_id, version, action, due_on, reason, worker) values ($1, $2, $3, $4, $5, $6)`,
    [task.id, task.history.length + 1, step.action, step.dueOn, step.reason, worker],
  );
  const { rows } = await client.query<TaskRow>(`select ${TASK_COLUMNS} from hub.task t where t.id = $1`, [
    task.id,
  ]);
  const [after] = rows;
  if (!after) throw new Error("The database returned no task.");
  return changed(after);
}

function changed(row: TaskRow): Change<Task> {
  return {
    familyId: row.family_id,
    ...(row.person_id === null ? {} : { personId: row.person_id }),
    result: toTask(row, today()),
  };
}
