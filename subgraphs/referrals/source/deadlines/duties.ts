// The tasks by which people are told that a term of a referral ends, or is over.

import type { PoolClient } from "pg";
import { createTasks, type NewTask } from "../../../../shared/database/create-task";
import type { PlainDate } from "../../../../shared/kernel/plain-date";
import type { DeadlineKind } from "./norms";

/** What has to be done (verplichting); words: subgraphs/families/mapping/task-words.ts. */
export const ReferralDuty = {
  /** De termijn loopt af: doe de stap */
  REFERRAL_DUE_SOON: "REFERRAL_DUE_SOON",
  /** De termijn is voorbij: leidinggevenden spreken elkaar */
  REFERRAL_OVERDUE: "REFERRAL_OVERDUE",
  /** De termijn van het overleg is voorbij: de voorzitter beslist */
  CONSULTATION_CHAIR_DECIDES: "CONSULTATION_CHAIR_DECIDES",
  /** Alle wachttijd van het gezin samen nadert de norm */
  FAMILY_WAIT_DUE_SOON: "FAMILY_WAIT_DUE_SOON",
  /** Alle wachttijd van het gezin samen is over de norm: leidinggevenden spreken elkaar */
  FAMILY_WAIT_OVERDUE: "FAMILY_WAIT_OVERDUE",
} as const;
export type ReferralDuty = keyof typeof ReferralDuty;

/** Names one deadline. */
export interface DeadlineKey {
  readonly referralId: string;
  readonly kind: DeadlineKind;
  readonly version: number;
}

/** The hub's own code, where no other organisation is at the other side. */
export const HUB_CODE = "hub";

const ruleOf = ({ kind, version }: Omit<DeadlineKey, "referralId">): string =>
  `referral-clock.${kind.toLowerCase()}.v${version}`;

/** A duty of one organisation that comes with a deadline. */
export interface DeadlineTask {
  readonly organisation: string;
  readonly about: string;
  readonly duty: ReferralDuty;
  readonly dueOn: PlainDate;
}

/** Makes the tasks of a deadline that is told, in the transaction that notes that it was. */
export async function tellOfDeadline(
  client: PoolClient,
  familyId: string,
  key: DeadlineKey,
  tasks: readonly DeadlineTask[],
): Promise<void> {
  await createTasks(
    client,
    tasks.map(({ duty, ...task }): NewTask => ({
      ...task,
      familyId,
      obligation: duty,
      rule: ruleOf(key),
      cause: "REFERRAL",
      causeId: key.referralId,
    })),
  );
}

/** Makes the tasks of a family's clock; they are about the family, not about one referral. */
export async function tellOfFamily(
  client: PoolClient,
  familyId: string,
  round: number,
  tasks: readonly DeadlineTask[],
): Promise<void> {
  await createTasks(
    client,
    tasks.map(({ duty, ...task }): NewTask => ({
      ...task,
      familyId,
      obligation: duty,
      rule: `family-clock.round-${round}`,
      cause: "REFERRAL",
      causeId: "",
    })),
  );
}

/** A deadline that is met, and who took the step (null: the hub). */
export interface MetDeadline extends Omit<DeadlineKey, "referralId"> {
  readonly by: string | null;
}

/** Ends the open tasks of deadlines that are met: what they asked for was done by the one who took the step. */
export async function closeTasksOf(
  client: PoolClient,
  referralId: string,
  met: readonly MetDeadline[],
): Promise<void> {
  if (met.length === 0) return;
  const rules = met.map(({ by, ...key }) => ({ rule: ruleOf(key), by }));
  await client.query(
    `with ended as (
       update hub.task t set state = 'MET', met_at = clock_timestamp(), met_by = coalesce(m.by, '${HUB_CODE}')
       from json_to_recordset($2::json) as m (rule text, by text)
       where t.cause = 'REFERRAL' and t.cause_id = $1 and t.rule = m.rule and t.state = 'OPEN'
       returning t.id, t.due_on, m.by)
     insert into hub.task_event (task_id, version, action, due_on, worker)
     select ended.id, (select max(e.version) + 1 from hub.task_event e where e.task_id = ended.id), 'MET',
       ended.due_on, ended.by from ended`,
    [referralId, JSON.stringify(rules)],
  );
}
