// Finds a household by the BSN of a member. The number becomes a pseudonym per organisation and goes nowhere else.

import { onRecord } from "../../../shared/database/record-unavailable";
import type { Bsn } from "../../../shared/kernel/bsn";
import { today } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { pseudonymOf } from "../../../shared/sources/pseudonym";
import { toFamily } from "../mapping/entities";
import type { FamilyRow } from "../mapping/rows";
import type { Family } from "../types/family";
import { FAMILIES_OF_WORKER } from "./assigned-now";
import type { FindingStores } from "./families-stores";
import { HOUSEHOLDS } from "./households";

// One statement whoever asks and whatever there is, so that the answer takes as long for an unknown child.
const FIND_BY_PSEUDONYM = `
with known as (
  select s.person_id from unnest($4::text[], $5::text[]) as asked (organisation, pseudonym)
  join hub.person_pseudonym s using (organisation, pseudonym)
)
select f.id, f.status, f.id in (${FAMILIES_OF_WORKER}) as mine
from (${HOUSEHOLDS}) as h join hub.family f on f.id = h.family_id
where h.person_id in (select person_id from known)
order by mine desc, h.own desc, f.id limit 1`;

type Found = FamilyRow & { readonly mine: boolean };

/** Of a child with two households the one that the requester works with, or else its own. */
async function find(
  { pool, pseudonymKeys }: FindingStores,
  { organisation, worker }: Requester,
  bsn: Bsn,
): Promise<Found | undefined> {
  const organisations = [...pseudonymKeys.keys()];
  const pseudonyms = [...pseudonymKeys.values()].map((key) => pseudonymOf(key, { bsn }));
  const { rows } = await onRecord(() =>
    pool.query<Found>({
      name: "find-by-pseudonym",
      text: FIND_BY_PSEUDONYM,
      values: [organisation, worker, today(), organisations, pseudonyms],
    }),
  );
  return rows[0];
}

/**
 * The household of the person with this BSN when the requester works with it. Undefined for any other, whether it exists
 * or not. Throws RECORD_UNAVAILABLE.
 */
export async function findByBsn(
  stores: FindingStores,
  requester: Requester,
  bsn: Bsn,
): Promise<Family | undefined> {
  const found = await find(stores, requester, bsn);
  return found?.mine ? toFamily(found) : undefined;
}

/**
 * The id of the household of the person with this BSN, whoever works with it: for what is decided afterwards about who
 * may know of it. Undefined when the hub has none. Throws RECORD_UNAVAILABLE.
 */
export async function findHouseholdId(
  stores: FindingStores,
  requester: Requester,
  bsn: Bsn,
): Promise<string | undefined> {
  return (await find(stores, requester, bsn))?.id;
}
