// Waits until every service says that it can serve.

import { setTimeout as sleep } from "node:timers/promises";
import { request } from "undici";
import type { Connections } from "../mutual-tls/connections";
import { LaunchError } from "./launch-error";
import type { Service } from "./services";

const POLL_MS = 100;
const PROBE_TIMEOUT_MS = 2_000;

/**
 * Resolves when each `/ready` has answered 200 once, asked over `connections`; a LaunchError names those that have not in
 * `patienceMs`.
 */
export async function untilReady(
  services: readonly Pick<Service, "name" | "readyUrl">[],
  patienceMs: number,
  signal: AbortSignal,
  connections: Connections,
): Promise<void> {
  const deadline = Date.now() + patienceMs;
  const waiting = new Map(services.map(({ name, readyUrl }) => [name, readyUrl]));
  while (waiting.size > 0) {
    signal.throwIfAborted();
    if (Date.now() > deadline) {
      throw new LaunchError(
        `Not ready in ${patienceMs / 1000} s: ${[...waiting.keys()].join(", ")}. See the files in logs/ of the data directory.`,
      );
    }
    await Promise.all(
      [...waiting].map(async ([name, url]) => {
        if (await isReady(url, connections)) waiting.delete(name);
      }),
    );
    await sleep(POLL_MS);
  }
}

async function isReady(url: string, connections: Connections): Promise<boolean> {
  try {
    const { dispatcher } = await connections.current();
    const { statusCode, body } = await request(url, {
      dispatcher,
      signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
    });
    await body.dump();
    return statusCode === 200;
  } catch {
    return false;
  }
}
