// A hub database of its own, that can be killed, with worker processes on it that can be killed too.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { migrate } from "../../../shared/database/migrate";
import { createPool } from "../../../shared/database/pool";
import { createLogger } from "../../../shared/kernel/logger";
import { ADMIN_ROLE } from "../../../shared/launch/postgres/cluster";
import { embeddedUrl } from "../../../shared/launch/postgres/server";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "../../../shared/launch/embedded-postgres";
import { prepareQueueDatabase } from "../../../shared/queue/prepare";
import { freePort } from "../../kit/free-ports";
import { makeTestFolder } from "../../kit/test-folders";

const PROJECT_ROOT = join(__dirname, "..", "..", "..");
const PASSWORD = "fault";

/** A database that can be killed. */
export interface KillableHub {
  readonly workingUrl: string;
  readonly pool: Pool;
  /** Ends the server at once, and starts it again on its data when `meanwhile` is done. */
  crash(meanwhile: () => Promise<unknown>): Promise<void>;
  remove(): Promise<void>;
}

/** Starts a migrated hub database. */
export async function startHub(): Promise<KillableHub> {
  const dataDirectory = makeTestFolder();
  const port = await freePort();
  const startServer = (): Promise<EmbeddedPostgres> =>
    startEmbeddedPostgres({ projectRoot: PROJECT_ROOT, dataDirectory, port, password: PASSWORD });
  let server = await startServer();
  const workingUrl = embeddedUrl(port, "schakel_app", PASSWORD, "postgres");
  await migrate({
    ownerUrl: embeddedUrl(port, ADMIN_ROLE, PASSWORD, "postgres"),
    workingUrl,
    directory: join(PROJECT_ROOT, "shared", "database", "migrations"),
    log: createLogger("fault", "silent"),
    afterMigrations: prepareQueueDatabase,
  });
  const pool = createPool({ connectionString: workingUrl, applicationName: "fault-test" });
  return {
    workingUrl,
    pool,
    crash: async (meanwhile) => {
      process.kill(server.pid, "SIGKILL");
      await server.exited;
      try {
        await meanwhile();
      } finally {
        server = await startServer();
      }
    },
    remove: async () => {
      await pool.end();
      await server.stop();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

/** A worker process. */
export interface WorkerProcess {
  kill(): Promise<void>;
  /** Asks it to stop; gives its exit code. */
  stop(): Promise<number | null>;
  /** Status of GET /ready. */
  readiness(): Promise<number>;
}

/** Starts `subgraphs/referrals/main.ts work` and waits until it is ready, or only until it lives. */
export async function startWorker(
  env: { readonly DATABASE_URL: string; readonly REDIS_URL?: string | undefined },
  until: "ready" | "alive" = "ready",
): Promise<WorkerProcess> {
  const port = await freePort();
  const { REDIS_URL, ...rest } = env;
  const child: ChildProcess = spawn(
    process.execPath,
    ["--import", "tsx", join("subgraphs", "referrals", "main.ts"), "work"],
    {
      cwd: PROJECT_ROOT,
      env: {
        PATH: process.env["PATH"],
        ...rest,
        ...(REDIS_URL === undefined ? {} : { REDIS_URL }),
        SCHAKEL_WORKER_PORT: String(port),
        SCHAKEL_LOG_LEVEL: process.env["SCHAKEL_TEST_LOG"] ?? "silent",
      },
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
    return child.exitCode;
  };
  const statusOf = (path: string): Promise<number> =>
    fetch(`http://127.0.0.1:${port}${path}`).then(
      ({ status }) => status,
      () => 0,
    );
  const path = until === "ready" ? "/ready" : "/health";
  for (let tries = 0; (await statusOf(path)) !== 200; tries += 1) {
    if (child.exitCode !== null || tries > 300) {
      await end("SIGKILL");
      throw new Error("The worker did not start.");
    }
    await sleep(100);
  }
  return {
    kill: async () => {
      await end("SIGKILL");
    },
    stop: () => end("SIGTERM"),
    readiness: () => statusOf("/ready"),
  };
}
