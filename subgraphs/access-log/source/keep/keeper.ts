// The keeper of the log, a process of its own: makes checkpoints, hands them to every organisation, makes months ahead and
// seals those that are over, compares the log with what sources wrote down, and looks for what stands out. Any number may
// run; the one that holds the lock works, the others wait to take over.

import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { createAccessLogWriter } from "../../../../shared/access-log/access-log-writer";
import type { Signer } from "../../../../shared/access-log/checkpoint";
import { ensurePartitions } from "../../../../shared/access-log/partitions";
import { createPool } from "../../../../shared/database/pool";
import { start } from "../../../../shared/kernel/lifecycle";
import type { Logger } from "../../../../shared/kernel/logger";
import type { RecordedSource } from "../reconcile/read-source";
import { reconcileDaily } from "../reconcile/reconcile-daily";
import { startWatch } from "../signals/watch";
import { handOut, type CopyKeeper } from "./hand-out";
import { serveKeeperHealth } from "./keeper-health";
import { makeCheckpoint } from "./make-checkpoint";

/** What a keeper is started with. */
export interface LogKeeperSettings {
  /** Connection string of the working role. */
  readonly databaseUrl: string;
  readonly signer: Signer;
  readonly organisations: readonly CopyKeeper[];
  /** Records that the log is compared with. */
  readonly sources: readonly RecordedSource[];
  /** Organisations whose workers' accesses are looked through for signals. */
  readonly employers: readonly string[];
  readonly host: string;
  /** Where it says how it is; 0 lets the system choose. */
  readonly port: number;
  readonly log: Logger;
  /** Milliseconds between checkpoints. */
  readonly everyMs: number;
}

/** After a failure, such as a database that is away: a minute with traffic has its checkpoint all the same. */
const AGAIN_MS = 5_000;
const MONTHS_EVERY_MS = 24 * 60 * 60 * 1_000;
/** The lock that keepers of one database contend for; the number has no meaning. */
const KEEPER_LOCK = 72_317_002;
const POOL_SIZE = 8;

/** What a keeper has told, so that it says each thing once. */
interface Told {
  readonly failures: Map<string, string>;
  monthsDoneAt: number;
}

/** Starts a keeper and returns what stops it. It starts without the database, and begins once that is there. */
export async function startLogKeeper(settings: LogKeeperSettings): Promise<() => Promise<void>> {
  const { databaseUrl, log, organisations } = settings;
  const pool = createPool({
    connectionString: databaseUrl,
    max: POOL_SIZE,
    applicationName: "schakel-log-keeper",
    onIdleError: (error) => log.warn({ error }, "database connection lost"),
  });
  const codes = organisations.map(({ organisation }) => organisation);
  return start([
    { name: "database pool", start: async () => () => pool.end() },
    { name: "health", start: () => serveKeeperHealth({ ...settings, pool, organisations: codes }) },
    { name: "keeping", start: async () => keepOn(settings, pool) },
    {
      name: "comparing with sources",
      start: async () =>
        reconcileDaily({ pool, accessLog: createAccessLogWriter(pool), sources: settings.sources, log }),
    },
    {
      name: "looking for signals",
      start: async () =>
        startWatch({ pool, accessLog: createAccessLogWriter(pool), organisations: settings.employers, log }),
    },
  ]);
}

function keepOn(settings: LogKeeperSettings, pool: Pool): () => Promise<void> {
  const { log, everyMs } = settings;
  const stopping = new AbortController();
  const { signal } = stopping;
  const told: Told = { failures: new Map(), monthsDoneAt: Number.NEGATIVE_INFINITY };
  let lead: Lead | undefined;

  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      let waitMs = everyMs;
      try {
        if (!lead?.isHeld()) lead = await takeLead(pool);
        if (lead) await keepOnce(settings, pool, told);
      } catch (error) {
        if (!signal.aborted) log.error({ error }, "the log was not kept; trying again");
        waitMs = Math.min(everyMs, AGAIN_MS);
      }
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    }
    lead?.giveUp();
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
  };
}

/** The lock, as long as its session lives. */
interface Lead {
  isHeld(): boolean;
  giveUp(): void;
}

/** Takes the lock, or gives undefined when another keeper has it. Rejects with the driver's error. */
async function takeLead(pool: Pool): Promise<Lead | undefined> {
  const client = await pool.connect();
  let held = false;
  // The lock is bound to the session and goes with it, and a session that ended must not keep its place in the pool.
  const giveUp = (): void => {
    if (!held) return;
    held = false;
    client.release(true);
  };
  try {
    const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [
      KEEPER_LOCK,
    ]);
    if (!rows[0]?.taken) {
      client.release();
      return undefined;
    }
  } catch (error) {
    client.release(true);
    throw error;
  }
  held = true;
  client.once("error", giveUp);
  client.once("end", giveUp);
  return { isHeld: () => held, giveUp };
}

async function keepOnce(
  { log, signer, organisations }: LogKeeperSettings,
  pool: Pool,
  told: Told,
): Promise<void> {
  if (Date.now() - told.monthsDoneAt >= MONTHS_EVERY_MS) {
    await ensurePartitions(pool);
    await pool.query("select access_log.seal_months()");
    told.monthsDoneAt = Date.now();
  }
  const made = await makeCheckpoint(pool, signer);
  if (made) log.debug({ batch: made.batch }, "checkpoint made");
  await Promise.all(
    organisations.map(async (keeper) => {
      const { organisation } = keeper;
      const { handed, failure } = await handOut(pool, keeper);
      if (handed > 0) log.debug({ organisation, handed }, "checkpoints handed over");
      if (failure === told.failures.get(organisation)) return;
      if (failure === undefined) {
        told.failures.delete(organisation);
        log.info({ organisation }, "keeps the checkpoints again");
      } else {
        told.failures.set(organisation, failure);
        log.warn({ organisation, failure }, "does not keep the checkpoints");
      }
    }),
  );
}
