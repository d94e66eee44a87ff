// A gateway beside the one of a hub: any number of them may run; this one can be pointed at other subgraphs.

import { join } from "node:path";
import { settingName } from "../../shared/kernel/service-settings";
import { nameDatabases } from "../../shared/launch/hub-databases";
import { subgraphNames } from "../../shared/region/region";
import { freePort } from "./free-ports";
import { ownerUrlFor, portOf, regionOf, type HubPlace } from "./hub-place";
import { startSecondProcess } from "./second-process";
import { UNCOUNTED } from "./unhurried";

/** A gateway reads its rules while it starts; a loaded machine takes its time for that. */
const START_TIMEOUT_MS = 100_000;

/** Connection string of the working role of a hub. */
export function workingUrlOf(place: HubPlace): string {
  return nameDatabases(ownerUrlFor(place), join(place.folder, "data", "keys"), []).workingUrl;
}

/** Starts a gateway of the same hub; `subgraphs` says where it finds some of them instead. */
export async function startSecondGateway(
  place: HubPlace,
  subgraphs: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<{ port: number; pid: number; stop: () => Promise<void> }> {
  const port = await freePort();
  const { pid, stop } = await startSecondProcess({
    name: "the second gateway",
    main: ["gateway", "main.js"],
    nodeArguments: ["--disable-proto=delete"],
    port,
    timeoutMs: START_TIMEOUT_MS,
    env: {
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
  return { port, pid, stop };
}
