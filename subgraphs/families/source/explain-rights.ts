// When the legal frame of a child changes, somebody has to explain to the family what that means: a task for the agency.

import type { PoolClient } from "pg";
import { createTasks } from "../../../shared/database/create-task";
import { today, type PlainDate } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { addWorkingDays } from "../../../shared/kernel/working-days";

/** A measure that begins or ends, and when the frame changes by it if no other measure is in force. */
export interface FrameChange {
  readonly measureId: string;
  readonly familyId: string;
  readonly personId: string;
  readonly changesOn: PlainDate;
}

/** Working days after the change; a proposal of the region (gateway/privacy/obligations.ts has the same). */
export const WORKING_DAYS_TO_EXPLAIN = 5;

/** The rule that shows the frame to who works with the family. */
const RULE = "hub-household";

/** Makes the task, unless another measure on the child keeps the frame what it was. */
export async function explainRightsAfter(
  client: PoolClient,
  { organisation }: Requester,
  { measureId, familyId, personId, changesOn }: FrameChange,
): Promise<void> {
  const { rowCount } = await client.query(
    `select from hub.measure where person_id = $1 and id <> $2 and ended_at is null
       and $3::date between starts_on and coalesce(ends_on, 'infinity') limit 1`,
    [personId, measureId, changesOn],
  );
  if (rowCount !== 0) return;
  await createTasks(client, [
    {
      familyId,
      personId,
      organisation,
      about: "hub",
      obligation: "EXPLAIN_RIGHTS",
      rule: RULE,
      cause: "MEASURE",
      causeId: measureId,
      dueOn: addWorkingDays(changesOn, WORKING_DAYS_TO_EXPLAIN),
    },
  ]);
}

/** The day on which a measure that begins changes the frame: its first day, today at the earliest; null when it is over. */
export function changeByBeginning(startsOn: PlainDate, endsOn: PlainDate | null): PlainDate | null {
  const day = today();
  const first = startsOn > day ? startsOn : day;
  return endsOn !== null && endsOn < first ? null : first;
}
