// What works in this benchmark, in a process of its own: the hub's worker as it is, and beside it a worker of bare BullMQ
// with an empty processor, on the same backend. Settings come from the environment. Says when it is ready; answers how
// long each bare job took from being added to being processed, in milliseconds, since the last time.

import "reflect-metadata";
import { createPostgresBackend, Worker } from "bullmq";
import { createLogger } from "../../../shared/kernel/logger";
import { QUEUE_SCHEMA, redisConsumer } from "../../../shared/queue/queue-backend";
import { startDeliveryWorker } from "../../../subgraphs/referrals/source/delivery/worker";
import { talkToParent } from "../kit/child";

/** Name of the queue of bare BullMQ. */
export const BARE_QUEUE = "bench-bare";
/** Where it is on PostgreSQL, with as many connections for short queries as a queue of the hub has. */
export const bareConnection = (connectionString: string) => ({
  connectionString,
  schema: QUEUE_SCHEMA,
  max: 3,
});
/** As many at a time as the hub's worker. */
const CONCURRENCY = 4;

async function main(): Promise<void> {
  const databaseUrl = process.env["BENCH_DATABASE_URL"] ?? "";
  const redisUrl = process.env["BENCH_REDIS_URL"];
  const log = createLogger("bench", "warn");
  const stopHub = await startDeliveryWorker({
    databaseUrl,
    redisUrl,
    region: { norms: {} },
    host: "127.0.0.1",
    port: 0,
    log,
  });
  let took: number[] = [];
  const note = async ({ data }: { data: { readonly at: number } }): Promise<void> => {
    took.push(Date.now() - data.at);
  };
  const common = { concurrency: CONCURRENCY };
  const bare =
    redisUrl === undefined
      ? new Worker(
          BARE_QUEUE,
          note,
          { ...common, connection: bareConnection(databaseUrl) },
          createPostgresBackend,
        )
      : new Worker(BARE_QUEUE, note, { ...common, connection: redisConsumer(redisUrl) });
  bare.on("error", (error) => log.warn({ error }, "bare worker"));
  await bare.waitUntilReady();
  talkToParent(
    "ready",
    {
      took: () => {
        const since = took;
        took = [];
        return since;
      },
    },
    async () => {
      await bare.close();
      await stopHub();
    },
  );
}

if (require.main === module) void main();
