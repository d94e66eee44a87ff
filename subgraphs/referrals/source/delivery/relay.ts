// Moves what is due from the outbox to the queue, at start and every second: a lost queue fills itself again.

import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { inTransaction } from "../../../../shared/database/pool";
import type { Logger } from "../../../../shared/kernel/logger";
import type { JobQueue } from "../../../../shared/queue/job-queue";
import { leaseDue, type DeliveryKey } from "./outbox";

const INTERVAL_MS = 1_000;
/** Deliveries that are queued at a time. */
const BATCH = 100;

/** The id of the job of a delivery: its natural key, so that one delivery is one job at a time. */
export const jobIdOf = ({ referralId, version }: DeliveryKey): string => `ref-${referralId}-v${version}`;

/** What a relay stands on. */
export interface RelayDeps {
  readonly pool: Pool;
  readonly queue: JobQueue<DeliveryKey>;
  readonly log: Logger;
}

/**
 * Queues what is due and returns how many. The lease is committed only after the queue has taken the jobs: when it
 * does not, the deliveries are due again at once. A crash in between queues them twice, which is harmless.
 */
export async function relayDue({ pool, queue }: Pick<RelayDeps, "pool" | "queue">): Promise<number> {
  return inTransaction(pool, async (client) => {
    const due = await leaseDue(client, BATCH);
    await queue.add(due.map((key) => ({ id: jobIdOf(key), data: key })));
    return due.length;
  });
}

/** A relay that runs until it is stopped. */
export interface Relay {
  stop(): Promise<void>;
}

/** Starts relaying. An outage of database or queue is said in the log once, and outlived. */
export function startRelay(deps: RelayDeps): Relay {
  const stopping = new AbortController();
  let failing = false;

  const round = async (): Promise<number> => {
    try {
      const relayed = await relayDue(deps);
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
      if (relayed === BATCH) continue;
      await sleep(INTERVAL_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
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
