// SEARCH_LIMIT: somebody searched by a citizen's number until the limit refused it. The log says who and when, never for whom.

import type { NewSignal } from "../../../../shared/access-log/raise-signal";
import type { Ask } from "./ask-patiently";
import { foundColumns, toSignals, type FoundEntry } from "./found";
import type { Stretch } from "./stretch";

// The first refusal of each hour shows it; who goes on all night does not fill a review with thousands of them.
const SEARCH_LIMIT = `select distinct on (e.organisation, e.worker, e.worker_function, date_trunc('hour', e.recorded_at))
  ${foundColumns({ topic: "''" })}
from access_log.entry e
where e.recorded_at >= $1 and e.recorded_at < $2 and e.organisation = any ($3) and e.error_code = 'SEARCH_LIMIT_REACHED'
order by e.organisation, e.worker, e.worker_function, date_trunc('hour', e.recorded_at), e.position`;

/** The signals of a stretch: one per worker, function and day. Rejects with the driver's error. */
export async function findSearchLimit(ask: Ask, { from, to, organisations }: Stretch): Promise<NewSignal[]> {
  return toSignals("SEARCH_LIMIT", await ask<FoundEntry>(SEARCH_LIMIT, [from, to, organisations]));
}
