// A register of families beside the one of a hub, with settings of its own, on the same database.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { freePort } from "./free-ports";
import { eventually, PROJECT_ROOT, type HubPlace } from "./hub";
import { workingUrlOf } from "./second-gateway";

/** Starts the register; `url` is for a gateway that is pointed at it. */
export async function startSecondRegister(
  place: HubPlace,
  env: Readonly<Record<string, string>>,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const port = await freePort();
  const script = join(PROJECT_ROOT, "dist", "subgraphs", "families", "main.js");
  const child = spawn(process.execPath, [script], {
    // Over the fourth channel it notices that the tests are gone, and ends too.
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: {
      ...process.env,
      NODE_ENV: "",
      SCHAKEL_PORT: String(place.port),
      SCHAKEL_SUBGRAPH_PORT: String(port),
      SCHAKEL_DATA_DIR: join(place.folder, "data"),
      SCHAKEL_LOG_LEVEL: "error",
      DATABASE_URL: workingUrlOf(place),
      ...env,
    },
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  };
  try {
    await eventually("the second register", async () => {
      if (child.exitCode !== null) throw new Error("The second register ended.");
      const { status } = await fetch(`http://127.0.0.1:${port}/ready`);
      return status === 200 ? true : undefined;
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://127.0.0.1:${port}/graphql`, stop };
}
