// Finds a household by the BSN of a member. The number becomes a pseudonym per organisation and goes nowhere else.

import { onRecord } from "../../../shared/database/record-unavailable";
import type { Bsn } from "../../../shared/kernel/bsn";
import { atEvenTimes } from "../../../shared/kernel/even-time";
import { today } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { toFamily } from "../mapping/entities";
import type { FamilyRow } from "../mapping/rows";
import type { Family } from "../types/family";
import { FAMILIES_OF_WORKER } from "./assigned-now";
import type { FindingStores } from "./families-stores";
import { HOUSEHOLDS } from "./households";
import { pseudonymsOf } from "./known-here/pseudonyms";

/** A search is answered at multiples of this, counted from its start: several times what it takes, found or not. */
const EVEN_MS = 25;

// One statement whoever asks and whatever there is: the families of the worker are looked up for an unknown child too.
const FIND_BY_PSEUDONYM = `
with known as materialized (
  select s.person_id from unnest($4::text[], $5::text[]) as asked (organisation, pseudonym)
  join hub.person_pseudonym s using (organisation, pseudonym)
), works_with as materialized (select array(${FAMILIES_OF_WORKER}) as families)
select found.* from works_with left join lateral (
  select f.id, f.status, f.id = any (works_with.families) as mine
  from (${HOUSEHOLDS}) as h join hub.family f on f.id = h.family_id
  where h.person_id in (select person_id from known)
  order by mine desc, h.own desc, f.id limit 1
) as found on true`;

type Found = FamilyRow & { readonly mine: boolean };

/** Of a child with two households the one that the requester works with, or else its own; counted, and told at an even time. */
async function find(
  { pool, pseudonymKeys, searchLimit }: FindingStores,
  requester: Requester,
  bsn: Bsn,
): Promise<Found | undefined> {
  const { organisation, worker } = requester;
  return atEvenTimes(EVEN_MS, async () => {
    await searchLimit.take(requester);
    const asked = pseudonymsOf(pseudonymKeys, bsn);
    const { rows } = await onRecord(() =>
      pool.query<Found | Record<keyof Found, null>>({
        name: "find-by-pseudonym",
        text: FIND_BY_PSEUDONYM,
        values: [
          organisation,
          worker,
          today(),
          asked.map((one) => one.organisation),
          asked.map((one) => one.pseudonym),
        ],
      }),
    );
    const [row] = rows;
    return row?.id == null ? undefined : row;
  });
}

/**
 * The household of the person with this BSN when the requester works with it. Undefined for any other, whether it exists
 * or not. Throws SEARCH_LIMIT_REACHED, RECORD_UNAVAILABLE.
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
 * may know of it. Undefined when the hub has none. Throws SEARCH_LIMIT_REACHED, RECORD_UNAVAILABLE.
 */
export async function findHouseholdId(
  stores: FindingStores,
  requester: Requester,
  bsn: Bsn,
): Promise<string | undefined> {
  return (await find(stores, requester, bsn))?.id;
}
