// A gateway beside the one of a hub: any number of them may run; this one can be pointed at other subgraphs.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { settingName } from "../../shared/kernel/service-settings";
import { nameDatabases } from "../../shared/launch/hub-databases";
import { subgraphNames } from "../../shared/region/region";
import { freePort } from "./free-ports";
import { portOf, regionOf } from "./hub-place";
import { eventually, PROJECT_ROOT, type HubPlace } from "./hub";
import { UNCOUNTED } from "./unhurried";

/** A gateway reads its rules while it starts; a loaded machine takes its time for that. */
const START_TIMEOUT_MS = 100_000;

/** Connection string of the working role of a hub. */
export function workingUrlOf(place: HubPlace): string {
  const owner = `postgresql://postgres:unused@127.0.0.1:${portOf(place, "postgres")}/schakel`;
  return nameDatabases(owner, join(place.folder, "data", "keys"), []).workingUrl;
}

/** Starts a gateway of the same hub; `subgraphs` says where it finds some of them instead. */
export async function startSecondGateway(
  place: HubPlace,
  subgraphs: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<{ port: number; pid: number; stop: () => Promise<void> }> {
  const port = await freePort();
  const main = join(PROJECT_ROOT, "dist", "gateway", "main.js");
  const child = spawn(process.execPath, ["--disable-proto=delete", main], {
    // Over the fourth channel it notices that the tests are gone, and ends too.
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: {
      ...process.env,
      NODE_ENV: "",
      SCHAKEL_PORT: String(port),
      SCHAKEL_DATA_DIR: join(place.folder, "data"),
      SCHAKEL_ISSUER_URL: `http://127.0.0.1:${portOf(place, "issuer")}`,
      SCHAKEL_LOG_LEVEL: "error",
      DATABASE_URL: workingUrlOf(place),
      ...UNCOUNTED,
      ...Object.fromEntries(
        subgraphNames(regionOf(place)).map((name, index) => [
          `SCHAKEL_SUBGRAPH_URL_${settingName(name)}`,
          subgraphs[name] ?? `http://127.0.0.1:${place.port + 1 + index}/graphql`,
        ]),
      ),
      ...env,
    },
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  };
  try {
    await eventually(
      "the second gateway",
      async () => {
        if (child.exitCode !== null) throw new Error("The second gateway ended.");
        const { status } = await fetch(`http://127.0.0.1:${port}/ready`);
        return status === 200 ? true : undefined;
      },
      START_TIMEOUT_MS,
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, pid: child.pid ?? 0, stop };
}
