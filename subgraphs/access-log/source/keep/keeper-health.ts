// GET /health and /ready of the keeper: measured by how long entries wait for a checkpoint. How far each organisation is
// behind is said with both; an organisation that is down does not make the keeper unready.

import { createServer, type ServerResponse } from "node:http";
import type { Pool } from "pg";
import type { Logger } from "../../../../shared/kernel/logger";
import { readKeepingState } from "./keeper-state";

/** An entry that waits longer for a checkpoint means that nobody keeps the log. */
const PATIENCE_SECONDS = 120;

interface KeeperHealthDeps {
  readonly host: string;
  readonly port: number;
  readonly log: Logger;
  readonly pool: Pool;
  readonly organisations: readonly string[];
}

/** Listens and returns what stops it. */
export async function serveKeeperHealth(deps: KeeperHealthDeps): Promise<() => Promise<void>> {
  const { host, port, log, pool, organisations } = deps;
  const answer = async (path: string, response: ServerResponse): Promise<void> => {
    const keeping = await readKeepingState(pool, organisations).catch(() => null);
    const missing =
      keeping === null ? ["database"] : keeping.uncheckedSeconds > PATIENCE_SECONDS ? ["checkpoints"] : [];
    const status = path === "/ready" && missing.length > 0 ? 503 : 200;
    const body =
      path === "/health"
        ? { status: "ok" }
        : { status: missing.length === 0 ? "ready" : "not ready", missing };
    response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
    response.end(JSON.stringify({ ...body, keeping }));
  };
  const server = createServer((request, response) => {
    const path = request.url?.split("?")[0] ?? "";
    if (request.method !== "GET" || (path !== "/health" && path !== "/ready")) {
      response.writeHead(404).end();
      return;
    }
    answer(path, response).catch((error: unknown) => {
      log.error({ error }, "could not say how it is");
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  log.info({ port }, "keeper listening");
  return async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  };
}
