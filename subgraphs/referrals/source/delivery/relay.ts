// Moves what is due from the outbox to the queue, at start and all the time: a lost queue fills itself again.

import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { inTransaction } from "../../../../shared/database/pool";
import type { OrganisationCode } from "../../../../shared/kernel/ids";
import type { Logger } from "../../../../shared/kernel/logger";
import type { JobQueue } from "../../../../shared/queue/job-queue";
import { isAnyDue, leaseDue, QUEUE_DEPTH } from "./lease";
import type { DeliveryKey } from "./outbox";
import { endpointsDue, registerEndpoints } from "./webhook/endpoint-state";

/** What a job is for: a delivery to a receiver, or a run over what is due for an organisation's own system. */
export type Work = DeliveryKey | { readonly endpoint: OrganisationCode };

/** How long what is new waits at most before it is queued; looking costs one short query. */
const INTERVAL_MS = 100;
/** Pause while there is more due than the queue has room for. */
const BUSY_INTERVAL_MS = 25;

type RelayTo = Pick<RelayDeps, "pool" | "queue">;

/** The id of the job of a delivery: its natural key, so that one delivery is one job at a time. */
export const jobIdOf = ({ referralId, version }: DeliveryKey): string => `ref-${referralId}-v${version}`;

/** One run of an organisation at a time. */
export const runIdOf = (organisation: OrganisationCode): string => `webhooks-${organisation}`;

/** What a relay stands on. */
export interface RelayDeps {
  readonly pool: Pool;
  readonly queue: JobQueue<Work>;
  /** Organisations whose own systems this worker can tell. */
  readonly endpoints: readonly OrganisationCode[];
  readonly log: Logger;
}

/**
 * Queues what is due and returns how many. The lease is committed only after the queue has taken the jobs: when it
 * does not, the deliveries are due again at once. A crash in between queues them twice, which is harmless.
 */
export async function relayDue({ pool, queue }: RelayTo): Promise<number> {
  return inTransaction(pool, async (client) => {
    const due = await leaseDue(client);
    await queue.add(due.map((key) => ({ id: jobIdOf(key), data: key })));
    return due.length;
  });
}

/** Queues a run for each endpoint that there is something to do for; one that is queued already stays as it is. */
export async function relayEndpoints(
  { pool, queue }: RelayTo,
  endpoints: readonly OrganisationCode[],
): Promise<void> {
  const due = await endpointsDue(pool, endpoints);
  await queue.add(due.map((endpoint) => ({ id: runIdOf(endpoint), data: { endpoint } })));
}

/** A relay that runs until it is stopped. */
export interface Relay {
  stop(): Promise<void>;
}

/** Starts relaying. An outage of database or queue is said in the log once, and outlived. */
export function startRelay(deps: RelayDeps): Relay {
  const stopping = new AbortController();
  let failing = false;
  let registered = false;

  const round = async (): Promise<number> => {
    try {
      if (!registered) await registerEndpoints(deps.pool, deps.endpoints);
      registered = true;
      const relayed = (await isAnyDue(deps.pool)) ? await relayDue(deps) : 0;
      await relayEndpoints(deps, deps.endpoints);
      if (failing) deps.log.info("relaying again");
      failing = false;
      return relayed;
    } catch (error) {
      if (!failing) deps.log.error({ error }, "cannot relay; trying on");
      failing = true;
      return 0;
    }
  };
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const relayed = await round();
      const pause = relayed >= QUEUE_DEPTH / 2 ? BUSY_INTERVAL_MS : INTERVAL_MS;
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
