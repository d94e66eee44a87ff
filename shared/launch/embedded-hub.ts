// The database of a hub on one machine, for commands that are given no other.

import { keysDirectory, type ServiceEnvironment } from "../kernel/service-settings";
import { HUB_DATABASE } from "./hub-databases";
import { databasePassword } from "./keys";
import { ADMIN_ROLE } from "./postgres/cluster";
import { embeddedUrl } from "./postgres/server";

/** Offset of the embedded PostgreSQL from SCHAKEL_PORT. */
const POSTGRES_PORT_OFFSET = 10;

/** Connection string of the embedded database of a data directory, of its owner. Throws a LaunchError when it has no keys. */
export function embeddedHubUrl(
  env: Pick<ServiceEnvironment, "SCHAKEL_DATA_DIR" | "SCHAKEL_KEYS_DIR" | "SCHAKEL_PORT">,
): string {
  const password = databasePassword(keysDirectory(env), ADMIN_ROLE);
  return embeddedUrl(env.SCHAKEL_PORT + POSTGRES_PORT_OFFSET, ADMIN_ROLE, password, HUB_DATABASE);
}
