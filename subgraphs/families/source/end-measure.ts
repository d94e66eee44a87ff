// Records that a measure ended before its last day: from the moment this returns it opens nothing any more.

import type { PoolClient } from "pg";
import type { WorkerFunction } from "../../../shared/kernel/codes";
import { SchakelError } from "../../../shared/kernel/errors";
import { today } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { MEASURE_COLUMNS, toRecordedMeasure, type MeasureRow } from "../mapping/recorded-measure";
import type { RecordedMeasure } from "../types/recorded-measure";
import { changeOnce } from "./change-once";
import { dateOf, invalid, isRegisterId } from "./check-input";
import { explainRightsAfter } from "./explain-rights";
import type { Change, FamiliesStores } from "./families-stores";
import { HOUSEHOLD_WORKED_WITH } from "./households";
import { executes } from "./record-measure";

const EXECUTORS: readonly WorkerFunction[] = ["GUARDIAN", "PROBATION_OFFICER"];

/** What a guardian or a probation officer sends. */
export interface MeasureEnd {
  readonly measureId: string;
  readonly endedOn: string;
  readonly idempotencyKey: string;
}

/**
 * Ends a measure that the requester's organisation executes, in a family that the requester works with now. Only a
 * guardian may, and for youth probation only a probation officer (ACCESS_DENIED). Throws MEASURE_NOT_FOUND for any other measure, whether it exists or not; INPUT_INVALID
 * for a day outside the measure or one to come, and for a measure that ended before; IDEMPOTENCY_KEY_REUSED;
 * RECORD_UNAVAILABLE.
 */
export async function endMeasure(
  stores: FamiliesStores,
  requester: Requester,
  input: MeasureEnd,
): Promise<Change<RecordedMeasure>> {
  if (!EXECUTORS.includes(requester.workerFunction)) throw new SchakelError("ACCESS_DENIED");
  return changeOnce(stores, requester, "endMeasure", input, async (client) => {
    const { familyId, ...measure } = await getMeasure(client, requester, input.measureId);
    if (!executes(requester, measure.kind)) throw new SchakelError("ACCESS_DENIED");
    if (measure.ended_on !== null) throw invalid("input.measureId", "a measure that has not ended");
    const endedOn = dateOf("input.endedOn", input.endedOn);
    const last = [measure.ends_on ?? today(), today()].toSorted()[0] ?? today();
    if (endedOn < measure.starts_on || endedOn > last) {
      throw invalid("input.endedOn", "a day of the measure, today or before");
    }
    const { rows } = await client.query<MeasureRow>(
      `update hub.measure set ended_at = $2::date::timestamp at time zone 'Europe/Amsterdam', ended_by = $3 where id = $1
       returning ${MEASURE_COLUMNS}`,
      [measure.id, endedOn, requester.worker],
    );
    if (wasInForce(measure)) {
      const { id: measureId, person_id: personId } = measure;
      await explainRightsAfter(client, requester, { measureId, familyId, personId, changesOn: today() });
    }
    return { familyId, personId: measure.person_id, result: toRecordedMeasure(rows[0]) };
  });
}

const wasInForce = ({ starts_on, ends_on }: MeasureRow): boolean =>
  starts_on <= today() && (ends_on === null || ends_on >= today());

async function getMeasure(
  client: PoolClient,
  requester: Requester,
  id: string,
): Promise<MeasureRow & { familyId: string }> {
  if (!isRegisterId(id)) throw new SchakelError("MEASURE_NOT_FOUND");
  const { rows } = await client.query<MeasureRow & { familyId: string | null }>(
    `select ${MEASURE_COLUMNS}, (${HOUSEHOLD_WORKED_WITH}) as "familyId"
     from hub.measure subject where id = $4 and organisation = $1 for update`,
    [requester.organisation, requester.worker, today(), id],
  );
  const [row] = rows;
  if (!row?.familyId) throw new SchakelError("MEASURE_NOT_FOUND");
  return { ...row, familyId: row.familyId };
}
