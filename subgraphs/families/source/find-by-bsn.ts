// Finds a household by the BSN of a member. The number becomes a pseudonym per organisation and goes nowhere else.

import { onRecord } from "../../../shared/database/record-unavailable";
import type { Bsn } from "../../../shared/kernel/bsn";
import { today } from "../../../shared/kernel/plain-date";
import type { Grant } from "../../../shared/kernel/requester";
import { pseudonymOf } from "../../../shared/sources/pseudonym";
import { toFamily } from "../mapping/entities";
import type { FamilyRow } from "../mapping/rows";
import type { Family } from "../types/family";
import { FAMILIES_OF_WORKER } from "./assigned-now";
import { declaresAlone } from "./declares-alone";
import type { FindingStores } from "./families-stores";

// One statement whoever asks and whatever there is, so that the answer takes as long for an unknown child.
const FIND_BY_PSEUDONYM = `
with known as (
  select s.person_id from unnest($4::text[], $5::text[]) as asked (organisation, pseudonym)
  join hub.person_pseudonym s using (organisation, pseudonym)
), household as (
  select p.family_id, true as own from hub.person p where p.id in (select person_id from known)
  union
  select h.family_id, false from hub.second_household h where h.person_id in (select person_id from known)
    and $3::date between h.from_on and coalesce(h.until_on, 'infinity')
)
select f.id, f.status from household h join hub.family f on f.id = h.family_id
where f.id in (${FAMILIES_OF_WORKER}) or $6::boolean
order by h.own desc, f.id limit 1`;

/**
 * The household of the person with this BSN when the requester works with it; in acute danger also for those who may
 * declare an emergency by themselves, so that they can. Undefined for any other, whether it exists or not. Throws
 * RECORD_UNAVAILABLE.
 */
export async function findByBsn(
  { pool, pseudonymKeys }: FindingStores,
  { requester, purpose }: Pick<Grant, "requester" | "purpose">,
  bsn: Bsn,
): Promise<Family | undefined> {
  const organisations = [...pseudonymKeys.keys()];
  const pseudonyms = [...pseudonymKeys.values()].map((key) => pseudonymOf(key, { bsn }));
  const { rows } = await onRecord(() =>
    pool.query<FamilyRow>({
      name: "find-by-pseudonym",
      text: FIND_BY_PSEUDONYM,
      values: [
        requester.organisation,
        requester.worker,
        today(),
        organisations,
        pseudonyms,
        purpose === "ACUTE_SAFETY" && declaresAlone(requester.workerFunction),
      ],
    }),
  );
  const [row] = rows;
  return row && toFamily(row);
}
