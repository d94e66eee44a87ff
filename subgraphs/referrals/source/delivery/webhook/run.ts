// A run over what is due for one organisation's own system. The queue holds one run of each organisation at a time, so
// that one that hangs or is flooded takes nothing from the others.

import type { Pool } from "pg";
import { inTransaction } from "../../../../../shared/database/pool";
import type { OrganisationCode } from "../../../../../shared/kernel/ids";
import type { Logger } from "../../../../../shared/kernel/logger";
import { claimDue, recordSent } from "./claim";
import type { EndpointSettings, Endpoints } from "./endpoint-settings";
import { noteFailedTest, noteFailure, noteSuccess, readEndpoint, switchEndpoint } from "./endpoint-state";
import { messageOf, testMessageAt } from "./message";
import type { Sender } from "./send";

/** What a run stands on. */
export interface WebhookDeps {
  readonly pool: Pool;
  readonly log: Logger;
  readonly endpoints: Endpoints;
  readonly sender: Sender;
  /** Aborted when the worker stops. */
  readonly stopping: AbortSignal;
}

/** Messages that are sent at the same time. */
const LANES = 16;
/** Then another run, maybe of another worker, goes on. */
const LONGEST_RUN_MS = 3_000;

/**
 * Sends what is due, or the test of an endpoint that is switched off. Returns when nothing is due any more, after a few
 * seconds, and when nothing was taken. What a system does not take is recorded and tried again; only the database's errors are thrown.
 */
export async function runWebhooks(deps: WebhookDeps, organisation: OrganisationCode): Promise<void> {
  const endpoint = deps.endpoints.get(organisation);
  const known = endpoint && (await readEndpoint(deps.pool, organisation));
  if (!endpoint || !known) return;
  if (known.state === "OFF") {
    if (known.reason !== "BY_OPERATOR") await testEndpoint(deps, endpoint);
    return;
  }
  // One that failed is first asked whether it is back.
  let lanes = known.failures > 0 ? 1 : LANES;
  const end = performance.now() + LONGEST_RUN_MS;
  while (!deps.stopping.aborted && performance.now() < end) {
    const sent = await sendSome(deps, endpoint, lanes);
    if (sent !== "SOME_TAKEN") return;
    lanes = LANES;
  }
}

async function sendSome(
  { pool, log, sender }: WebhookDeps,
  endpoint: EndpointSettings,
  lanes: number,
): Promise<"SOME_TAKEN" | "NONE_TAKEN" | "NOTHING_DUE"> {
  const { organisation } = endpoint;
  const { toSend, dead, at } = await claimDue(pool, organisation, lanes);
  for (const delivery of dead) log.error({ organisation, delivery }, "webhook not taken: dead letter");
  if (toSend.length === 0) return "NOTHING_DUE";
  const results = await Promise.all(
    toSend.map(async (one) => ({ id: one.id, fault: await sender.send(endpoint, messageOf(one), at) })),
  );
  await recordSent(pool, results);
  const faults = results.map(({ fault }) => fault).filter((fault) => fault !== undefined);
  const gone = faults.includes("GONE");
  if (faults.length < results.length && !gone) {
    await noteSuccess(pool, organisation);
    return "SOME_TAKEN";
  }
  const fault = gone ? "GONE" : (faults[0] ?? "STATUS_OTHER");
  const switchedOff = await noteFailure(pool, organisation, fault);
  if (switchedOff) log.error({ organisation, fault }, "endpoint switched off; deliveries wait");
  else log.warn({ organisation, fault }, "endpoint took nothing");
  return "NONE_TAKEN";
}

async function testEndpoint({ pool, log, sender }: WebhookDeps, endpoint: EndpointSettings): Promise<void> {
  const { organisation } = endpoint;
  const { rows } = await pool.query<{ at: number }>(
    "select floor(extract(epoch from clock_timestamp()))::float8 as at",
  );
  const at = rows[0]?.at ?? 0;
  const fault = await sender.send(endpoint, testMessageAt(at), at);
  if (fault !== undefined) {
    await noteFailedTest(pool, organisation);
    return;
  }
  const on = { organisation, state: "ON", reason: "TEST_PASSED" } as const;
  if (await inTransaction(pool, (client) => switchEndpoint(client, on))) {
    log.info({ organisation }, "endpoint took a test: switched on");
  }
}
