// In which order deliveries that wait have their turn: first come, first served, with a head start for safety.

import { SAFETY_TYPES } from "../queue-order";

/**
 * A head start of this size puts a delivery before all that came up to so much earlier. Machines deliver, so it is
 * minutes; the days by which people take one referral before another are in queue-order.ts.
 */
export const HEAD_START_SECONDS = { URGENT: 900, SAFETY: 300, OTHER: 0 } as const;

const TYPES = SAFETY_TYPES.map((type) => `'${type}'`).join(", ");

/**
 * SQL: the turn of a delivery of referral `r` that is written now. As it is fixed when it is written, what waits only
 * moves forward: nothing that comes later than the longest head start goes before it.
 */
export const TURN_OF_REFERRAL = `clock_timestamp() - make_interval(secs => case
  when r.urgency = 'URGENT' then ${HEAD_START_SECONDS.URGENT}
  when r.type in (${TYPES}) or r.reason_code = 'SAFETY_CONCERN' then ${HEAD_START_SECONDS.SAFETY}
  else ${HEAD_START_SECONDS.OTHER} end)`;
