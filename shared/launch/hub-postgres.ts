// The PostgreSQL under a hub that is started here: the one of DATABASE_URL, or the embedded one, kept running.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { startEmbeddedPostgres } from "./embedded-postgres";
import { ensureHubDatabase, HUB_DATABASE } from "./hub-databases";
import { databasePassword } from "./keys";
import { ADMIN_ROLE } from "./postgres/cluster";
import { embeddedUrl } from "./postgres/server";
import { pidFile } from "./run-service";
import { supervise, type Run } from "./supervise";
import type { LauncherSettings } from "./settings";

/** Name of the embedded server among the services. */
const NAME = "postgres";

/** A server for the hub. */
export interface HubPostgres {
  /** Role that may create roles and databases; its database is the hub's. */
  readonly ownerUrl: string;
  readonly stop: (() => Promise<void>) | undefined;
}

/** Uses the server of DATABASE_URL, or starts the embedded one and starts it again should it end. */
export async function startHubPostgres(
  settings: LauncherSettings,
  projectRoot: string,
  onEnd: (how: string, waitMs: number) => void,
): Promise<HubPostgres> {
  if (settings.DATABASE_URL !== undefined) return { ownerUrl: settings.DATABASE_URL, stop: undefined };
  const password = databasePassword(settings.keysDirectory, ADMIN_ROLE);
  const supervision = await supervise({
    name: NAME,
    onEnd,
    start: async (): Promise<Run> => {
      const server = await startEmbeddedPostgres({
        projectRoot,
        dataDirectory: settings.dataDirectory,
        port: settings.postgresPort,
        password,
      });
      const file = pidFile(settings.dataDirectory, NAME);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${server.pid}\n`);
      return {
        pid: server.pid,
        ended: server.exited.then(() => {
          rmSync(file, { force: true });
          return "its process ended";
        }),
        stop: server.stop,
      };
    },
  });
  const urlOf = (database: string): string =>
    embeddedUrl(settings.postgresPort, ADMIN_ROLE, password, database);
  try {
    await ensureHubDatabase(urlOf("postgres"), HUB_DATABASE);
  } catch (error) {
    await supervision.stop();
    throw error;
  }
  return { ownerUrl: urlOf(HUB_DATABASE), stop: supervision.stop };
}
