// How it goes with each endpoint: it rests after failures, is switched off when they go on, and on again by a test.

import type { Pool, PoolClient } from "pg";
import { tellOwner } from "../../../../../shared/database/dead-letter";
import { inMaintenance } from "../../../../../shared/database/maintenance";
import { inTransaction } from "../../../../../shared/database/pool";
import type { OrganisationCode } from "../../../../../shared/kernel/ids";
import type { SendFault } from "./send";

/** Failures in a row (of all that is sent at the same time) from which on it rests in between, longer each time. */
const FAILURES_BEFORE_REST = 3;
const LONGEST_REST_SECONDS = 300;
/** One that has failed for so long, without one success, is switched off. */
const SWITCH_OFF_AFTER_SECONDS = 3600;
/** How often one that is switched off is tested. */
const TEST_EVERY_SECONDS = 300;
/** What comes at once after an outage of several endpoints is spread by up to this share. */
const JITTER = 0.2;

/** Why an endpoint is in its state. */
export type SwitchReason =
  "REGISTERED" | "KEPT_FAILING" | "GONE" | "TEST_PASSED" | "TEST_ASKED" | "BY_OPERATOR";

/** An endpoint as it is. */
export interface EndpointState {
  readonly state: "ON" | "OFF";
  readonly reason: SwitchReason;
  readonly failures: number;
}

/** A change of the state of an endpoint. */
export interface Switch {
  readonly organisation: string;
  readonly state: "ON" | "OFF";
  readonly reason: SwitchReason;
  /** Who does it; the hub itself when left out. */
  readonly operator?: string | undefined;
}

const after = (seconds: string): string =>
  `clock_timestamp() + make_interval(secs => (1 + ${JITTER} * random()) * ${seconds})`;

/** Makes endpoints known, so that steps are announced to them from then on; those that are known stay as they are. */
export async function registerEndpoints(
  pool: Pool,
  organisations: readonly OrganisationCode[],
): Promise<void> {
  if (organisations.length === 0) return;
  await pool.query(
    `insert into hub.webhook_endpoint (organisation) select unnest($1::text[]) on conflict (organisation) do nothing`,
    [organisations],
  );
}

/** Reads one; undefined when it is not known. */
export async function readEndpoint(
  pool: Pick<Pool, "query">,
  organisation: string,
): Promise<EndpointState | undefined> {
  const { rows } = await pool.query<EndpointState>(
    "select state, reason, failures from hub.webhook_endpoint where organisation = $1",
    [organisation],
  );
  return rows[0];
}

/**
 * Those of these organisations that there is something to do for: a delivery that is due, or a test. One in planned
 * maintenance is left alone until that is over: its deliveries wait, and no attempt is used up.
 */
export async function endpointsDue(
  pool: Pick<Pool, "query">,
  organisations: readonly OrganisationCode[],
): Promise<OrganisationCode[]> {
  if (organisations.length === 0) return [];
  const { rows } = await pool.query<{ organisation: OrganisationCode }>({
    name: "endpoints-due",
    text: `select e.organisation from hub.webhook_endpoint e
     where e.organisation = any ($1::text[]) and e.rest_until <= clock_timestamp() and not ${inMaintenance("e.organisation")}
       and case e.state when 'OFF' then e.reason <> 'BY_OPERATOR'
         else exists (select from hub.referral_delivery d where d.organisation = e.organisation
           and d.state = 'PENDING' and d.kind = 'WEBHOOK' and d.due_at <= clock_timestamp()) end`,
    values: [organisations],
  });
  return rows.map(({ organisation }) => organisation);
}

/** Notes that it took something. */
export async function noteSuccess(pool: Pool, organisation: OrganisationCode): Promise<void> {
  await pool.query(
    "update hub.webhook_endpoint set failures = 0, failing_since = null where organisation = $1 and failures > 0",
    [organisation],
  );
}

/**
 * Notes that it took nothing of what it was sent at once, and lets it rest. Switches it off when it has done so for too long, or says
 * that it is gone for good; returns whether it did.
 */
export async function noteFailure(
  pool: Pool,
  organisation: OrganisationCode,
  fault: SendFault,
): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ tooLong: boolean }>(
      `update hub.webhook_endpoint set failures = failures + 1,
         failing_since = coalesce(failing_since, clock_timestamp()),
         rest_until = case when failures + 1 < ${FAILURES_BEFORE_REST} then rest_until
           else ${after(`least(power(2, least(failures + 1, 20)), ${LONGEST_REST_SECONDS})`)} end
       where organisation = $1 and state = 'ON'
       returning failing_since <= clock_timestamp() - make_interval(secs => ${SWITCH_OFF_AFTER_SECONDS}) as "tooLong"`,
      [organisation],
    );
    if (!rows[0] || !(rows[0].tooLong || fault === "GONE")) return false;
    const reason = fault === "GONE" ? "GONE" : "KEPT_FAILING";
    return switchEndpoint(client, { organisation, state: "OFF", reason });
  });
}

/** Notes that a test failed: the next one is later. */
export async function noteFailedTest(pool: Pool, organisation: OrganisationCode): Promise<void> {
  await pool.query(
    `update hub.webhook_endpoint set rest_until = ${after(String(TEST_EVERY_SECONDS))}
     where organisation = $1 and state = 'OFF'`,
    [organisation],
  );
}

/**
 * Switches an endpoint on or off, on record; when it goes off its organisation gets tasks. Returns whether that changed
 * anything. Runs in the transaction of `client`.
 */
export async function switchEndpoint(client: PoolClient, change: Switch): Promise<boolean> {
  const { organisation, state, reason, operator } = change;
  const { rowCount } = await client.query(
    `update hub.webhook_endpoint set state = $2, reason = $3, switched_at = clock_timestamp(), failures = 0,
       failing_since = null,
       rest_until = case $2 when 'ON' then clock_timestamp() else ${after(String(TEST_EVERY_SECONDS))} end
     where organisation = $1 and state <> $2`,
    [organisation, state, reason],
  );
  if (rowCount === 0) return false;
  await client.query(
    "insert into hub.delivery_act (act, organisation, reason, operator) values ($1, $2, $3, $4)",
    [state === "ON" ? "SWITCHED_ON" : "SWITCHED_OFF", organisation, reason, operator ?? null],
  );
  if (state === "OFF") {
    const { rows } = await client.query<{ familyId: string }>(
      `select distinct r.family_id as "familyId" from hub.referral_delivery d
       join hub.referral r on r.id = d.referral_id
       where d.organisation = $1 and d.state = 'PENDING' and d.kind = 'WEBHOOK'`,
      [organisation],
    );
    await tellOwner(
      client,
      organisation,
      rows.map(({ familyId }) => familyId),
    );
  }
  return true;
}
