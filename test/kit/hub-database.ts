// The database of a running hub as its owner sees it: to look at what was written, and to put back what a test changed.

import { join } from "node:path";
import { Client } from "pg";
import { databasePassword } from "../../shared/launch/keys";
import { HUB_DATABASE } from "../../shared/launch/hub-databases";
import { ADMIN_ROLE } from "../../shared/launch/postgres/cluster";
import { embeddedUrl } from "../../shared/launch/postgres/server";
import type { HubPlace } from "./hub";

/** Connection string of the owner of the hub's tables. */
function ownerUrlOf({ port, folder }: HubPlace): string {
  const password = databasePassword(join(folder, "data", "keys"), ADMIN_ROLE);
  return embeddedUrl(port + 10, ADMIN_ROLE, password, HUB_DATABASE);
}

/** Runs `work` on one connection of the owner. */
export async function asOwner<T>(place: HubPlace, work: (owner: Client) => Promise<T>): Promise<T> {
  const owner = new Client({ connectionString: ownerUrlOf(place), connectionTimeoutMillis: 10_000 });
  // A test may end the server while this connection is open; its query then rejects.
  owner.on("error", () => undefined);
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end().catch(() => undefined);
  }
}
