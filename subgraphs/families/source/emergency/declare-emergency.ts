// Declares an emergency: opens the minimum set to one worker for four hours, and makes the work that comes with it.

import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import { assignmentsOfWorker } from "../../../../shared/database/assigned-now";
import { createTasks, type NewTask } from "../../../../shared/database/create-task";
import { EMERGENCY_NUMBERS } from "../../../../shared/kernel/emergency-numbers";
import { SchakelError } from "../../../../shared/kernel/errors";
import { addDays, today, type PlainDate } from "../../../../shared/kernel/plain-date";
import type { Grant, Requester } from "../../../../shared/kernel/requester";
import { addWorkingDays } from "../../../../shared/kernel/working-days";
import { EMERGENCY_COLUMNS, toCodedEmergency, type EmergencyRow } from "../../mapping/emergency";
import type { Emergency } from "../../types/emergency";
import { changeWithTexts } from "../change-with-texts";
import { isFamilyId } from "../check-input";
import { textOf } from "../check-text";
import { declaresAlone } from "../declares-alone";
import type { Change, FamiliesStores } from "../families-stores";
import { addEmergencyTexts } from "./emergency-access";
import {
  DAYS_TO_INFORM_FAMILY,
  EMERGENCY_HOURS,
  EMERGENCY_RULE,
  REASON,
  WORKING_DAYS_TO_REVIEW,
} from "./emergency-terms";

/** What a worker sends. */
export interface NewEmergency {
  readonly familyId: string;
  readonly reason: string;
  readonly withHealth: boolean;
  readonly idempotencyKey: string;
}

/**
 * Declares an emergency for the purpose ACUTE_SAFETY. Throws EMERGENCY_NOT_OPEN, with the numbers to call, for every
 * function but the four that the decision table names (row 58), for another purpose, and for a worker of a local team who
 * is not assigned, whether the family exists or not; EMERGENCY_REVIEW_OPEN while an earlier one of the same worker waits
 * for its review; FAMILY_NOT_FOUND, INPUT_INVALID, IDEMPOTENCY_KEY_REUSED, RECORD_UNAVAILABLE.
 */
export async function declareEmergency(
  stores: FamiliesStores,
  { requester, purpose }: Grant,
  input: NewEmergency,
): Promise<Change<Emergency>> {
  const alone = declaresAlone(requester.workerFunction);
  if (!alone && requester.workerFunction !== "WORKER") throw notOpen();
  if (purpose !== "ACUTE_SAFETY") throw notOpen({ purposesNeeded: ["ACUTE_SAFETY"] });
  return changeWithTexts(
    stores,
    requester,
    "declareEmergency",
    input,
    async (client) => {
      const reason = textOf("input.reason", input.reason, REASON);
      const { familyId } = input;
      if (!alone && !(await isAssigned(client, requester, familyId))) throw notOpen();
      // Before the family is looked for: while a review is open nobody finds out which families there are.
      if (await hasOpenReview(client, requester)) throw new SchakelError("EMERGENCY_REVIEW_OPEN");
      if (!(await familyExists(client, familyId))) throw new SchakelError("FAMILY_NOT_FOUND");
      const day = today();
      const declared = await insertEmergency(client, requester, { ...input, reason }, day);
      await makeTasks(client, requester, declared, day);
      return { familyId: declared.family_id, result: toCodedEmergency(declared) };
    },
    addEmergencyTexts,
  );
}

const notOpen = (details: Readonly<Record<string, unknown>> = {}): SchakelError =>
  new SchakelError("EMERGENCY_NOT_OPEN", { call: EMERGENCY_NUMBERS, ...details });

/** Assigned, not standing in and not in a duo. */
async function isAssigned(client: PoolClient, requester: Requester, familyId: string): Promise<boolean> {
  if (!isFamilyId(familyId)) return false;
  const mine = assignmentsOfWorker({ organisation: "$1", worker: "$2", day: "$3::date" });
  const { rowCount } = await client.query(
    `select from (${mine}) as mine where mine.family_id = $4 and mine.relation = 'ASSIGNED' limit 1`,
    [requester.organisation, requester.worker, today(), familyId],
  );
  return rowCount === 1;
}

async function hasOpenReview(client: PoolClient, { organisation, worker }: Requester): Promise<boolean> {
  const { rowCount } = await client.query(
    "select from hub.emergency where organisation = $1 and worker_id = $2 and reviewed_at is null",
    [organisation, worker],
  );
  return rowCount !== 0;
}

async function familyExists(client: PoolClient, familyId: string): Promise<boolean> {
  if (!isFamilyId(familyId)) return false;
  const { rowCount } = await client.query("select from hub.family where id = $1", [familyId]);
  return rowCount === 1;
}

/** Of two at the same moment the table takes one. */
async function insertEmergency(
  client: PoolClient,
  requester: Requester,
  { familyId, reason, withHealth }: NewEmergency,
  day: PlainDate,
): Promise<EmergencyRow> {
  const { rows } = await client.query<EmergencyRow>(
    `with moment as materialized (select clock_timestamp() as at)
     insert into hub.emergency as e (id, family_id, organisation, worker_id, worker_function, reason, with_health,
       declared_at, ends_at, review_due_on)
     select $1::uuid, $2, $3, $4, $5, $6, $7::boolean, moment.at, moment.at + $8::int * interval '1 hour', $9::date
     from moment
     on conflict (organisation, worker_id) where reviewed_at is null do nothing
     returning ${EMERGENCY_COLUMNS}`,
    [
      randomUUID(),
      familyId,
      requester.organisation,
      requester.worker,
      requester.workerFunction,
      reason,
      withHealth,
      EMERGENCY_HOURS,
      addWorkingDays(day, WORKING_DAYS_TO_REVIEW),
    ],
  );
  const [row] = rows;
  if (!row) throw new SchakelError("EMERGENCY_REVIEW_OPEN");
  return row;
}

/** Every holder is alerted, a colleague reviews, and the family is told. */
async function makeTasks(
  client: PoolClient,
  { organisation }: Requester,
  emergency: EmergencyRow,
  day: PlainDate,
): Promise<void> {
  const { rows } = await client.query<{ organisation: string }>(
    `select organisation from hub.involvement where family_id = $1 and organisation <> $2
       and $3::date between began_on and coalesce(ended_on, 'infinity') order by organisation`,
    [emergency.family_id, organisation, day],
  );
  const task = {
    familyId: emergency.family_id,
    about: organisation,
    rule: EMERGENCY_RULE,
    cause: "EMERGENCY",
    causeId: emergency.id,
  } as const;
  const nextWorkingDay = emergency.review_due_on;
  const tasks: NewTask[] = [
    ...rows.map((holder) => ({
      ...task,
      organisation: holder.organisation,
      obligation: "ALERT_HOLDER",
      dueOn: nextWorkingDay,
    })),
    { ...task, organisation, obligation: "EMERGENCY_REVIEW", dueOn: nextWorkingDay },
    { ...task, organisation, obligation: "INFORM_FAMILY", dueOn: addDays(day, DAYS_TO_INFORM_FAMILY) },
  ];
  await createTasks(client, tasks);
}
