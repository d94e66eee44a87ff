// Who of an organisation work with families on a day; however many families, one query.

import type { Pool } from "pg";
import { onRecord } from "../../../shared/database/record-unavailable";
import type { OrganisationCode } from "../../../shared/kernel/ids";
import type { PlainDate } from "../../../shared/kernel/plain-date";
import { ASSIGNMENT_COLUMNS, type AssignmentRow } from "../mapping/assignment";

/** The assignments of this organisation that run on `day`, oldest first. */
export async function findAssignments(
  db: Pick<Pool, "query">,
  organisation: OrganisationCode,
  familyIds: readonly string[],
  day: PlainDate,
): Promise<AssignmentRow[]> {
  const { rows } = await onRecord(() =>
    db.query<AssignmentRow>({
      name: "find-assignments",
      text: `select ${ASSIGNMENT_COLUMNS} from hub.assignment a join hub.involvement i using (family_id, organisation)
        where a.organisation = $1 and a.family_id = any ($2::text[]) and a.ended_at is null
          and $3::date between a.from_on and coalesce(a.until_on, 'infinity')
          and $3::date between i.began_on and coalesce(i.ended_on, 'infinity')
        order by a.from_on, a.id`,
      values: [organisation, familyIds, day],
    }),
  );
  return rows;
}
