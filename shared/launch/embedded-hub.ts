// The database of a hub on one machine, for commands that are given no other.

import { keysDirectory, type ServiceEnvironment } from "../kernel/service-settings";
import { portOffsets } from "../region/ports";
import { loadRegion } from "../region/region";
import { HUB_DATABASE } from "./hub-databases";
import { databasePassword } from "./keys";
import { ADMIN_ROLE } from "./postgres/cluster";
import { embeddedUrl } from "./postgres/server";

/** Connection string of the embedded database of a data directory, of its owner. Throws a LaunchError when it has no keys. */
export function embeddedHubUrl(
  env: Pick<ServiceEnvironment, "SCHAKEL_DATA_DIR" | "SCHAKEL_KEYS_DIR" | "SCHAKEL_PORT" | "SCHAKEL_REGION">,
): string {
  const password = databasePassword(keysDirectory(env), ADMIN_ROLE);
  const { postgres } = portOffsets(loadRegion(env.SCHAKEL_REGION));
  return embeddedUrl(env.SCHAKEL_PORT + postgres, ADMIN_ROLE, password, HUB_DATABASE);
}
