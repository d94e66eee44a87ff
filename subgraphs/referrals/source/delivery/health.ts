// GET /health and /ready of the worker: measured by how long the oldest delivery has been waiting, not by what the queue says.

import { createServer, type ServerResponse } from "node:http";
import type { Pool } from "pg";
import type { Logger } from "../../../../shared/kernel/logger";
import type { JobQueue } from "../../../../shared/queue/job-queue";
import { readClockHealth, type ClockHealth } from "../deadlines/clock-health";
import { readOutboxHealth, type OutboxHealth } from "./outbox-health";
import type { Work } from "./relay";

/** A delivery that waits longer for its first attempt, or a deadline that is not told for longer, means that nobody works. */
const PATIENCE_SECONDS = 60;

/** The parts of a worker that can be missing. */
export interface WorkerState {
  readonly pool: Pool;
  readonly queue: JobQueue<Work>;
  /** Whether it has begun to take jobs. */
  working: boolean;
  /** Jobs that this worker has ended since it began. */
  jobsDone: number;
}

interface HealthDeps {
  readonly host: string;
  readonly port: number;
  readonly log: Logger;
  readonly state: WorkerState;
}

/** What is missing, and how the outbox and the clock are as far as that can be read. */
export interface WorkerReadiness {
  readonly missing: readonly ("database" | "queue" | "worker" | "progress" | "clock")[];
  readonly outbox: OutboxHealth | null;
  readonly clock: ClockHealth | null;
}

/** Looks at every part; never rejects. */
export async function readWorkerReadiness(state: WorkerState): Promise<WorkerReadiness> {
  const [outbox, clock, queue] = await Promise.all([
    readOutboxHealth(state.pool).catch(() => null),
    readClockHealth(state.pool).catch(() => null),
    state.queue.ready().then(
      () => true,
      () => false,
    ),
  ]);
  const waited = outbox?.oldestWaitingSeconds ?? 0;
  const stuck = clock?.stuckSeconds ?? 0;
  return {
    missing: [
      ...(outbox ? [] : (["database"] as const)),
      ...(queue ? [] : (["queue"] as const)),
      ...(state.working ? [] : (["worker"] as const)),
      ...(waited > PATIENCE_SECONDS ? (["progress"] as const) : []),
      ...(stuck > PATIENCE_SECONDS ? (["clock"] as const) : []),
    ],
    outbox,
    clock,
  };
}

/**
 * Listens and returns what stops it. `/health` answers 200 while the process lives; `/ready` 200 when it can work
 * and does, else 503 with what is missing. Both give the age of the oldest waiting delivery in seconds.
 */
export async function serveHealth({ host, port, log, state }: HealthDeps): Promise<() => Promise<void>> {
  const answer = async (path: string, response: ServerResponse): Promise<void> => {
    const { missing, outbox, clock } = await readWorkerReadiness(state);
    const ready = missing.length === 0;
    const status = path === "/ready" && !ready ? 503 : 200;
    const body = path === "/health" ? { status: "ok" } : { status: ready ? "ready" : "not ready", missing };
    response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
    response.end(JSON.stringify({ ...body, jobsDone: state.jobsDone, deliveries: outbox, deadlines: clock }));
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
  log.info({ port }, "worker listening");
  return async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  };
}
