// Brings the databases of a hub to the shape of this version: tables, queue, roles, and one per organisation.

import { join } from "node:path";
import { migrate } from "../database/migrate";
import type { Logger } from "../kernel/logger";
import { prepareQueueDatabase } from "../queue/prepare";
import { ensureSourceDatabases, type HubDatabases } from "./hub-databases";

/** What to bring to shape. */
export interface DatabaseShape {
  readonly databases: HubDatabases;
  /** Is the server the hub's own, so that the passwords of its roles may be set? */
  readonly ownServer: boolean;
  /** Folder of the compiled project, with the migrations. */
  readonly distFolder: string;
  readonly log: Logger;
}

/** Safe to repeat, and to run at the same time as another; throws a MigrationError or the database's error. */
export async function bringToShape({ databases, ownServer, distFolder, log }: DatabaseShape): Promise<void> {
  await migrate({
    ownerUrl: databases.ownerUrl,
    workingUrl: databases.workingUrl,
    directory: join(distFolder, "shared", "database", "migrations"),
    log,
    afterMigrations: prepareQueueDatabase,
  });
  await ensureSourceDatabases(databases, ownServer);
}
