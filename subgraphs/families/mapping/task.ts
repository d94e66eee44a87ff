// Rows of hub.task and hub.task_event -> the contract.

import type { RedateReason, TaskAction, TaskCause, TaskState } from "../../../shared/database/register-codes";
import type { PlainDate } from "../../../shared/kernel/plain-date";
import type { Task } from "../types/task";

interface TaskEventRow {
  readonly version: number;
  readonly action: TaskAction;
  readonly dueOn: string;
  readonly reason: RedateReason | null;
  readonly worker: string | null;
  /** Of JSON: ISO 8601 with the offset of the database. */
  readonly at: string;
}

export interface TaskRow {
  readonly id: string;
  readonly family_id: string;
  readonly person_id: string | null;
  readonly organisation: string;
  readonly about: string;
  readonly obligation: string;
  readonly rule: string;
  readonly cause: TaskCause;
  readonly cause_id: string;
  readonly state: TaskState;
  readonly due_on: PlainDate;
  readonly created_at: Date;
  readonly met_at: Date | null;
  readonly own_case: string | null;
  readonly history: readonly TaskEventRow[];
}

/** Columns of `hub.task t`, with its history. */
export const TASK_COLUMNS = `t.id, t.family_id, t.person_id, t.organisation, t.about, t.obligation, t.rule, t.cause,
  t.cause_id, t.state, t.due_on, t.created_at, t.met_at,
  (select m.case_reference from hub.known_here_match m where t.cause = 'KNOWN_HERE' and m.check_id::text = t.cause_id
    and m.organisation = t.organisation) as own_case,
  (select json_agg(json_build_object('version', e.version, 'action', e.action, 'dueOn', e.due_on, 'reason', e.reason,
      'worker', e.worker, 'at', e.at) order by e.version)
    from hub.task_event e where e.task_id = t.id) as history`;

/** The task as on `day`. Of an access only the trace is known, which is nobody's to see here. */
export function toTask(row: TaskRow, day: PlainDate): Task {
  const { id, organisation, about, obligation, rule, cause, state } = row;
  return {
    id,
    organisation,
    about,
    obligation,
    rule,
    cause,
    state,
    familyId: row.family_id,
    personId: row.person_id,
    causeId: cause === "ACCESS" || row.cause_id === "" ? null : row.cause_id,
    ownCaseReference: row.own_case,
    dueOn: row.due_on,
    overdue: state === "OPEN" && row.due_on < day,
    createdAt: row.created_at.toISOString(),
    metAt: row.met_at?.toISOString() ?? null,
    history: row.history.map((step) => ({ ...step, at: new Date(step.at).toISOString() })),
  };
}
