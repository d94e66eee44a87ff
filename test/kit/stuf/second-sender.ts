// A process of Lokalis beside the one of a hub, on the same source, that sends messages of the chain.

import { join } from "node:path";
import { nameDatabases } from "../../../shared/launch/hub-databases";
import { freePort } from "../free-ports";
import { ownerUrlFor, type HubPlace } from "../hub-place";
import { startSecondProcess } from "../second-process";

/** Starts it with records of its own in `folder`; `url` is for a gateway that is pointed at it. */
export async function startSecondSender(
  place: HubPlace,
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const port = await freePort();
  const { sources } = nameDatabases(ownerUrlFor(place), join(place.folder, "data", "keys"), ["lokalis"]);
  const { stop } = await startSecondProcess({
    name: "the second process of Lokalis",
    main: ["subgraphs", "lokalis", "main.js"],
    port,
    env: {
      SCHAKEL_PORT: String(place.port),
      SCHAKEL_SUBGRAPH_PORT: String(port),
      SCHAKEL_DATA_DIR: join(place.folder, "data"),
      SCHAKEL_CHECKPOINTS_DIR: join(folder, "checkpoints"),
      SCHAKEL_DELIVERIES_DIR: join(folder, "deliveries"),
      SCHAKEL_LOG_LEVEL: "error",
      SOURCE_DATABASE_URL: sources[0]?.url ?? "",
      ...env,
    },
  });
  return { url: `http://127.0.0.1:${port}/graphql`, stop };
}
