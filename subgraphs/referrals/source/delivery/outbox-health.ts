// How the outbox is: the measure of workers that are alive, for a queue may look well and stand still.

import type { Pool } from "pg";

/** What waits for its first attempt since when, how much waits at all, and what needs somebody. */
export interface OutboxHealth {
  /** Seconds; null when nothing waits. What is for an endpoint that fails or is switched off waits rightly. */
  readonly oldestWaitingSeconds: number | null;
  readonly pending: number;
  readonly dead: number;
  /** Organisations whose endpoint is switched off. */
  readonly endpointsOff: number;
}

const READ = `
with waiting as (
  select min(created_at) as since from hub.referral_delivery
  where state = 'PENDING' and kind = 'REFERRAL' and attempts = 0
  union all
  select min(d.created_at) from hub.webhook_endpoint e
  join hub.referral_delivery d on d.organisation = e.organisation and d.state = 'PENDING' and d.kind = 'WEBHOOK'
  where e.state = 'ON' and e.failures = 0 and d.attempts = 0 and d.created_at >= e.switched_at
)
select
  (select extract(epoch from clock_timestamp() - min(since))::float8 from waiting) as "oldestWaitingSeconds",
  (select count(*)::int from hub.referral_delivery where state = 'PENDING') as pending,
  (select count(*)::int from hub.referral_delivery where state = 'DEAD') as dead,
  (select count(*)::int from hub.webhook_endpoint where state = 'OFF') as "endpointsOff"`;

/** Reads how the outbox is. */
export async function readOutboxHealth(pool: Pick<Pool, "query">): Promise<OutboxHealth> {
  const { rows } = await pool.query<OutboxHealth>(READ);
  return rows[0] ?? { oldestWaitingSeconds: null, pending: 0, dead: 0, endpointsOff: 0 };
}
