// What bears on the legal frame of people; however many, one query.

import type { Pool } from "pg";
import { onRecord } from "../../../shared/database/record-unavailable";
import type { OrganisationCode } from "../../../shared/kernel/ids";
import type { PlainDate } from "../../../shared/kernel/plain-date";
import type { FrameworkRow } from "../mapping/framework";
import { HOUSEHOLDS } from "./households";

/**
 * The measures that bear on these people, and whether this organisation presses on a household of theirs on `day`.
 * Unknown people are absent.
 */
export async function findFrameworks(
  db: Pick<Pool, "query">,
  organisation: OrganisationCode,
  personIds: readonly string[],
  day: PlainDate,
): Promise<FrameworkRow[]> {
  const { rows } = await onRecord(() =>
    db.query<FrameworkRow>({
      name: "find-frameworks",
      text: `with h as (${HOUSEHOLDS})
        select p.id,
          (select coalesce(json_agg(json_build_object('kind', m.kind, 'organisation', m.organisation,
              'own', m.person_id = p.id, 'startsOn', m.starts_on, 'endsOn', m.ends_on,
              'endedOn', (m.ended_at at time zone 'Europe/Amsterdam')::date) order by m.starts_on, m.id), '[]')
            from hub.measure m where m.person_id = p.id or p.role = 'PARENT' and m.person_id in (
              select a.child_id from hub.authority a join h as theirs on theirs.person_id = a.child_id
              join h as mine on mine.family_id = theirs.family_id
              where a.parent_id = p.id and mine.person_id = p.id)) as measures,
          exists (select from hub.involvement i join h using (family_id)
            where h.person_id = p.id and i.organisation = $2 and i.drang
              and $3::date between i.began_on and coalesce(i.ended_on, 'infinity')) as drang
        from hub.person p where p.id = any ($1::text[])`,
      values: [personIds, organisation, day],
    }),
  );
  return rows;
}
