// The hub's database for a benchmark: an embedded PostgreSQL as `npm start` runs it, every commit on disk, migrated.

import { rmSync } from "node:fs";
import { join } from "node:path";
import { createLogger } from "../../../shared/kernel/logger";
import { bringToShape } from "../../../shared/launch/bring-to-shape";
import { startEmbeddedPostgres } from "../../../shared/launch/embedded-postgres";
import { ensureHubDatabase, HUB_DATABASE, nameDatabases } from "../../../shared/launch/hub-databases";
import { databasePassword, ensureIssuerKeys, ensureKeys } from "../../../shared/launch/keys";
import { ADMIN_ROLE } from "../../../shared/launch/postgres/cluster";
import type { Region } from "../../../shared/region/region";
import { freePort } from "../../kit/free-ports";
import { makeTestFolder, removeAbandoned } from "../../kit/test-folders";
import type { Stoppable } from "./parts";
import { DIST, PROJECT_ROOT } from "./project";

/** A database of a benchmark. */
export interface BenchDatabase extends Stoppable {
  /** Folder of this run, with `keys/`; gone after `stop`. */
  readonly folder: string;
  readonly keysDirectory: string;
  /** Connection string of the owner of the tables. */
  readonly ownerUrl: string;
  /** Connection string of the role that the services work with. */
  readonly workingUrl: string;
}

/** Starts it, with the keys of a hub of this region. */
export async function startBenchDatabase(region: Region): Promise<BenchDatabase> {
  await removeAbandoned();
  const folder = makeTestFolder();
  const keysDirectory = join(folder, "keys");
  await ensureKeys(keysDirectory, region);
  await ensureIssuerKeys(keysDirectory, region);
  const server = await startEmbeddedPostgres({
    projectRoot: PROJECT_ROOT,
    dataDirectory: folder,
    port: await freePort(),
    password: databasePassword(keysDirectory, ADMIN_ROLE),
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await ensureHubDatabase(server.adminUrl("postgres"), HUB_DATABASE);
    const databases = nameDatabases(server.adminUrl(HUB_DATABASE), keysDirectory, []);
    await bringToShape({ databases, ownServer: true, distFolder: DIST, log: createLogger("bench", "warn") });
    return { folder, keysDirectory, ownerUrl: databases.ownerUrl, workingUrl: databases.workingUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
