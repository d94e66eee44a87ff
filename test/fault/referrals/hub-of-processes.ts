// A hub database of its own, that can be killed, with worker processes on it that can be killed too.

import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { Client, type Pool } from "pg";
import { migrate } from "../../../shared/database/migrate";
import { createPool } from "../../../shared/database/pool";
import { createLogger } from "../../../shared/kernel/logger";
import { ADMIN_ROLE } from "../../../shared/launch/postgres/cluster";
import { embeddedUrl } from "../../../shared/launch/postgres/server";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "../../../shared/launch/embedded-postgres";
import { prepareQueueDatabase } from "../../../shared/queue/prepare";
import { freePort } from "../../kit/free-ports";
import { leftInTables, NamesLeftBehind } from "../../kit/left-behind";
import { makeTestFolder } from "../../kit/test-folders";
import { PROJECT_ROOT, startProcess } from "./killable-process";

const PASSWORD = "fault";

/** A database that can be killed. */
export interface KillableHub {
  readonly workingUrl: string;
  readonly pool: Pool;
  /** Folder of this hub; gone after `remove`. */
  readonly folder: string;
  /** Connects as the owner of the tables; the caller ends it. */
  owner(): Promise<Client>;
  /** Ends the server at once, and starts it again on its data when `meanwhile` is done. */
  crash(meanwhile: () => Promise<unknown>): Promise<void>;
  remove(): Promise<void>;
}

/** Starts a migrated hub database; the processes on it are those of the sources as they are now. */
export async function startHub(): Promise<KillableHub> {
  const built = spawnSync(process.execPath, [join(PROJECT_ROOT, "scripts", "build.mjs")], {
    stdio: "ignore",
  });
  if (built.status !== 0) throw new Error("The project could not be built.");
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
    folder: dataDirectory,
    owner: async () => {
      const client = new Client(embeddedUrl(port, ADMIN_ROLE, PASSWORD, "postgres"));
      await client.connect();
      return client;
    },
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
      const owner = new Client(embeddedUrl(port, ADMIN_ROLE, PASSWORD, "postgres"));
      await owner.connect();
      const found = await leftInTables(owner);
      await owner.end();
      await pool.end();
      await server.stop();
      rmSync(dataDirectory, { recursive: true, force: true });
      if (found.length > 0) throw new NamesLeftBehind(found);
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

/** Starts `subgraphs/referrals/main.js work` and waits until it is ready, or only until it lives. */
export async function startWorker(
  env: { readonly DATABASE_URL: string; readonly REDIS_URL?: string | undefined },
  until: "ready" | "alive" = "ready",
): Promise<WorkerProcess> {
  const port = await freePort();
  const { REDIS_URL, ...rest } = env;
  const one = await startProcess({
    command: ["subgraphs/referrals/main.js", "work"],
    env: {
      ...rest,
      ...(REDIS_URL === undefined ? {} : { REDIS_URL }),
      SCHAKEL_WORKER_PORT: String(port),
    },
    readyUrl: `http://127.0.0.1:${port}/${until === "ready" ? "ready" : "health"}`,
  });
  return {
    kill: () => one.kill(),
    stop: () => one.stop(),
    readiness: () =>
      fetch(`http://127.0.0.1:${port}/ready`).then(
        ({ status }) => status,
        () => 0,
      ),
  };
}
