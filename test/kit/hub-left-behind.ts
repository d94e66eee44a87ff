// What a whole hub left behind: its database, the queue in it, and every file of its data folder.

import { join } from "node:path";
import { asOwner } from "./hub-database";
import type { HubPlace } from "./hub-place";
import { leftInDatabaseFiles, leftInFiles, leftInTables, type LeftBehind } from "./left-behind";

/** Looks through a hub; of one of which the database is down, a test may have ended it, through the files alone. */
export async function leftByHub(place: HubPlace): Promise<LeftBehind[]> {
  const isUp = await asOwner(place, async (owner) => owner.query("select")).then(
    () => true,
    () => false,
  );
  return isUp ? leftByRunningHub(place) : leftInFiles(join(place.folder, "data"));
}

/** Looks through a hub that runs: tables, the files under them once all is written there, and the rest of the folder. */
export async function leftByRunningHub(place: HubPlace): Promise<LeftBehind[]> {
  const data = join(place.folder, "data");
  const inDatabase = await asOwner(place, async (owner) => {
    const found = await leftInTables(owner);
    await owner.query("checkpoint");
    const { rows } = await owner.query<{ id: number }>(
      "select oid::int as id from pg_database where datname = current_database()",
    );
    return [...found, ...leftInDatabaseFiles(join(data, "postgres", "data"), rows[0]?.id ?? 0)];
  });
  return [...inDatabase, ...leftInFiles(data)];
}
