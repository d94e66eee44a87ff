// OWN_FAMILY: every access, or attempt, on a family that is on record as related to the worker. The hub knows no names or
// addresses, so it knows of no other.

import type { NewSignal } from "../../../../shared/access-log/raise-signal";
import type { Ask } from "./ask-patiently";
import { foundColumns, toSignals, type FoundEntry } from "./found";
import type { Stretch } from "./stretch";

/** What puts a relation on record; no access to the family. */
export const RECORDS_RELATION = "recordOwnRelation";

const OWN_FAMILY = `select ${foundColumns({ topic: "k.family_id" })}
from access_log.own_relation o
join access_log.subject_key mine on mine.id = o.subject_key
join access_log.subject_key k on k.family_id = mine.family_id
join access_log.entry e on e.subject_key = k.id and e.worker = o.worker and e.organisation = o.organisation
where e.recorded_at >= $1 and e.recorded_at < $2 and e.organisation = any ($3) and e.operation <> $4`;

/** The signals of a stretch: one per worker, family and day. Rejects with the driver's error. */
export async function findOwnFamily(ask: Ask, stretch: Stretch): Promise<NewSignal[]> {
  const { from, to, organisations } = stretch;
  const rows = await ask<FoundEntry>(OWN_FAMILY, [from, to, organisations, RECORDS_RELATION]);
  return toSignals("OWN_FAMILY", rows);
}
