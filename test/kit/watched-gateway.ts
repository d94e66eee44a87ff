// A gateway that a process of its own watches, in the name of somebody who has nothing to do with the attack.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { WatchReport } from "./gateway-watcher";
import { tokenOf, type HubPlace } from "./hub";

/** Runs `attack` while the gateway is watched, and says what was seen. */
export async function whileWatched(
  place: HubPlace,
  { port, pid }: { readonly port: number; readonly pid: number },
  attack: () => Promise<void>,
): Promise<WatchReport> {
  const watcher = spawn(process.execPath, ["--import", "tsx", join(__dirname, "gateway-watcher.ts")], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: {
      ...process.env,
      WATCH_PORT: String(port),
      WATCH_PID: String(pid),
      WATCH_TOKEN: await tokenOf(place, "save.guardian"),
      WATCH_PURPOSE: "MEASURE_EXECUTION",
    },
  });
  try {
    await once(watcher, "message");
    await attack();
    const told = once(watcher, "message");
    watcher.send("report");
    const [report] = (await told) as [WatchReport];
    return report;
  } finally {
    watcher.kill("SIGKILL");
  }
}
