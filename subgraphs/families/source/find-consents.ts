// What was decided about sharing data of persons, and the measures on them; however many persons, one query each.

import type { Pool } from "pg";
import { onRecord } from "../../../shared/database/record-unavailable";
import type { Requester } from "../../../shared/kernel/requester";
import { CONSENT_COLUMNS, type ConsentRow } from "../mapping/consent";
import { MEASURE_COLUMNS, type MeasureRow } from "../mapping/recorded-measure";

type Queryable = Pick<Pool, "query">;

/**
 * The decisions about these persons of which the requester's organisation is holder or recipient, the latest first; for
 * a member of the family the own decisions.
 */
export async function findConsents(
  db: Queryable,
  { organisation, kind, worker }: Requester,
  personIds: readonly string[],
): Promise<ConsentRow[]> {
  const { rows } = await onRecord(() =>
    db.query<ConsentRow>({
      name: "find-consents",
      text: `select ${CONSENT_COLUMNS} from hub.consent
        where person_id = any ($1::text[]) and ($2 in (holder, recipient) and $3::text is null or given_by = $3)
        order by recorded_at desc, id`,
      values: [personIds, organisation, kind === "FAMILY" ? worker : null],
    }),
  );
  return rows;
}

/** The measures on these persons that this organisation executes or executed, the latest first. */
export async function findRecordedMeasures(
  db: Queryable,
  organisation: string,
  personIds: readonly string[],
): Promise<MeasureRow[]> {
  const { rows } = await onRecord(() =>
    db.query<MeasureRow>({
      name: "find-recorded-measures",
      text: `select ${MEASURE_COLUMNS} from hub.measure
        where person_id = any ($1::text[]) and organisation = $2 order by starts_on desc, id`,
      values: [personIds, organisation],
    }),
  );
  return rows;
}
