// A process of Lokalis beside the one of a hub, on the same source, that sends messages of the chain.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { nameDatabases } from "../../../shared/launch/hub-databases";
import { freePort } from "../free-ports";
import { portOf } from "../hub-place";
import { eventually, PROJECT_ROOT, type HubPlace } from "../hub";

/** Starts it with records of its own in `folder`; `url` is for a gateway that is pointed at it. */
export async function startSecondSender(
  place: HubPlace,
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const port = await freePort();
  const owner = `postgresql://postgres:unused@127.0.0.1:${portOf(place, "postgres")}/schakel`;
  const { sources } = nameDatabases(owner, join(place.folder, "data", "keys"), ["lokalis"]);
  const child = spawn(process.execPath, [join(PROJECT_ROOT, "dist", "subgraphs", "lokalis", "main.js")], {
    // Over the fourth channel it notices that the tests are gone, and ends too.
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: {
      ...process.env,
      NODE_ENV: "",
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
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  };
  try {
    await eventually("the second process of Lokalis", async () => {
      if (child.exitCode !== null) throw new Error("The second process of Lokalis ended.");
      const { status } = await fetch(`http://127.0.0.1:${port}/ready`);
      return status === 200 ? true : undefined;
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://127.0.0.1:${port}/graphql`, stop };
}
