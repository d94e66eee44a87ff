// The webhooks of one organisation in the outbox: taken, counted before they are sent, and what came of each.

import type { Pool } from "pg";
import { askOwners } from "../../../../../shared/database/dead-letter";
import { MOST_ATTEMPTS, pauseAfter } from "../../../../../shared/database/delivery-pauses";
import { inMaintenance } from "../../../../../shared/database/maintenance";
import { inTransaction } from "../../../../../shared/database/pool";
import type { OrganisationCode } from "../../../../../shared/kernel/ids";
import type { Pointer } from "./message";
import type { SendFault } from "./send";

/** A webhook to send. */
export interface Claimed extends Pointer {
  readonly id: string;
}

/** What was taken. */
export interface Claim {
  readonly toSend: readonly Claimed[];
  /** Ids of those that were tried often enough and are dead letters now. */
  readonly dead: readonly string[];
  /** Now, by the clock of the database: seconds since 1970. */
  readonly at: number;
}

/** What came of one. */
export interface Sent {
  readonly id: string;
  readonly fault: SendFault | undefined;
}

/** What is sent and of which nothing is heard by then is sent again: the worker is gone. Longer than sending may take. */
const LEASE_SECONDS = 60;

const CLAIM = `
with due as (
  select id from hub.referral_delivery
  where organisation = $1 and state = 'PENDING' and kind = 'WEBHOOK' and due_at <= clock_timestamp()
    and not ${inMaintenance("$1")}
  order by turn_at, referral_id, version limit $2 for update skip locked)
update hub.referral_delivery d set
  attempts = attempts + case when attempts < ${MOST_ATTEMPTS} then 1 else 0 end,
  state = case when attempts < ${MOST_ATTEMPTS} then state else 'DEAD' end,
  ended_at = case when attempts < ${MOST_ATTEMPTS} then null else clock_timestamp() end,
  due_at = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
from due, hub.referral_event e
where d.id = due.id and (e.referral_id, e.version) = (d.referral_id, d.version)
returning d.id, d.referral_id as "referralId", d.version, d.event, d.state, d.organisation,
  d.owner_organisation as owner, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
  floor(extract(epoch from clock_timestamp()))::float8 as now`;

type ClaimedRow = Claimed & {
  readonly state: "PENDING" | "DEAD";
  readonly organisation: string;
  readonly owner: string;
  readonly now: number;
};

/** Takes up to `most` that are due, and counts the attempt; nobody else takes them for as long as the lease runs. */
export async function claimDue(pool: Pool, organisation: OrganisationCode, most: number): Promise<Claim> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<ClaimedRow>({
      name: "claim-webhooks",
      text: CLAIM,
      values: [organisation, most],
    });
    const dead = rows.filter(({ state }) => state === "DEAD");
    await askOwners(
      client,
      dead.map((row) => ({ ...row, kind: "WEBHOOK" as const })),
    );
    return {
      toSend: rows.filter(({ state }) => state === "PENDING"),
      dead: dead.map(({ id }) => id),
      at: rows[0]?.now ?? 0,
    };
  });
}

/** Records what came of each: made, or due again after a pause. */
export async function recordSent(pool: Pool, results: readonly Sent[]): Promise<void> {
  await pool.query({
    name: "record-webhooks",
    text: `update hub.referral_delivery d set fault = r.fault,
       state = case when r.fault is null then 'DELIVERED' else d.state end,
       ended_at = case when r.fault is null then clock_timestamp() else null end,
       due_at = case when r.fault is null then d.due_at else clock_timestamp() + ${pauseAfter("d.attempts")} end
     from unnest($1::uuid[], $2::text[]) as r (id, fault) where d.id = r.id and d.state = 'PENDING'`,
    values: [results.map(({ id }) => id), results.map(({ fault }) => fault ?? null)],
  });
}
