// Makes tasks: what people have to do because of a decision, each with a day by which.

import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import type { PlainDate } from "../kernel/plain-date";
import type { TaskCause } from "./register-codes";

/** A duty that follows from something. */
export interface NewTask {
  readonly familyId: string;
  /** About whom; null or left out for the household. */
  readonly personId?: string | null;
  /** Code of the organisation that has to do it. */
  readonly organisation: string;
  /** Code of the other organisation in it: whose data were read, or who read them. */
  readonly about: string;
  /** A code of the list in gateway/privacy/obligations.ts. */
  readonly obligation: string;
  /** Name of the rule that it follows from. */
  readonly rule: string;
  readonly cause: TaskCause;
  /** Id of what it follows from; empty where one task stands for all. */
  readonly causeId: string;
  readonly dueOn: PlainDate;
}

// In one order for everybody: two that make the same tasks at once wait for each other once, never in a circle.
const CREATE_TASKS = `
with asked as (
  select * from json_to_recordset($1::json) as t (id uuid, family_id text, person_id text, organisation text, about text,
    obligation text, rule text, cause text, cause_id text, due_on date)
), made as (
  insert into hub.task (id, family_id, person_id, organisation, about, obligation, rule, cause, cause_id, state, due_on)
  select id, family_id, person_id, organisation, about, obligation, rule, cause, cause_id, 'OPEN', due_on from asked
  where not exists (select from hub.task t
    where t.state = 'MET' and t.met_at > now() - make_interval(days => $2)
      and (t.organisation, t.family_id, t.obligation, t.about, t.rule, t.cause, t.cause_id)
        = (asked.organisation, asked.family_id, asked.obligation, asked.about, asked.rule, asked.cause, asked.cause_id)
      and t.person_id is not distinct from asked.person_id)
  order by organisation, family_id, obligation, about, rule, cause, cause_id, coalesce(person_id, '')
  on conflict (organisation, family_id, obligation, about, rule, cause, cause_id, (coalesce(person_id, '')))
    where state = 'OPEN' do nothing
  returning id, due_on
)
insert into hub.task_event (task_id, version, action, due_on)
select id, 1, 'CREATED', due_on from made returning task_id as id`;

/** How tasks are made. */
export interface CreateTaskOptions {
  /** Days for which a task that was met stands for a new one like it; 0, the default, for none. */
  readonly metCoversDays?: number;
}

/**
 * Makes the tasks that are not open already, each with the first event of its history, in one statement. Returns the ids
 * of those that were made, in no particular order. Rejects with the driver's error, also for a family that is not there.
 */
export async function createTasks(
  client: Pick<PoolClient, "query">,
  tasks: readonly NewTask[],
  { metCoversDays = 0 }: CreateTaskOptions = {},
): Promise<string[]> {
  if (tasks.length === 0) return [];
  const asked = tasks.map((one) => ({
    id: randomUUID(),
    family_id: one.familyId,
    person_id: one.personId ?? null,
    organisation: one.organisation,
    about: one.about,
    obligation: one.obligation,
    rule: one.rule,
    cause: one.cause,
    cause_id: one.causeId,
    due_on: one.dueOn,
  }));
  const { rows } = await client.query<{ id: string }>({
    name: "create-tasks",
    text: CREATE_TASKS,
    values: [JSON.stringify(asked), metCoversDays],
  });
  return rows.map((row) => row.id);
}
