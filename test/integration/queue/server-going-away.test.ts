// A queue whose PostgreSQL goes away, while it is closed or opened: the server's last word ends no process, and a worker comes
// back.

import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createLogger } from "../../../shared/kernel/logger";
import { createJobQueue } from "../../../shared/queue/job-queue";
import { createJobWorker } from "../../../shared/queue/job-worker";
import { withDatabase } from "../../kit/database";
import { until } from "./until";

/** What a client says last. */
const TERMINATE = Buffer.from([0x58, 0, 0, 0, 4]);
/** By then a client has heard what was said to it: an error that nobody listens for fails the test that runs. */
const HEARD_MS = 200;
const database = withDatabase();
const log = createLogger("test", "silent");
const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

/** What a server says on each of its connections when it is ended. */
function lastWord(): Buffer {
  const fields = Buffer.from(
    "SFATAL\0VFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0",
  );
  const head = Buffer.alloc(5);
  head.write("E");
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

/** What a server says first when it has let a client in. */
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

interface GoingAway {
  readonly url: string;
  /** How often it went away just as a client said goodbye, and the client has gone too. */
  readonly goodbyes: () => number;
  /** Goes away for as long as `milliseconds`: each new client is let in with the last word behind the first. */
  readonly goAway: (milliseconds: number) => void;
  /** How many clients were let in like that. */
  readonly letDown: () => number;
}

/** A PostgreSQL that goes away just as a client says goodbye. */
async function startGoingAway(): Promise<GoingAway> {
  const target = new URL(database.workingUrl);
  const sockets = new Set<Socket>();
  let goodbyes = 0;
  let letDown = 0;
  let awayUntil = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
    }
    client.on("close", () => upstream.destroy());
    upstream.on("close", () => client.destroy());
    upstream.on("data", (chunk) => {
      if (Date.now() >= awayUntil || !chunk.subarray(-READY.length).equals(READY)) {
        client.write(chunk);
        return;
      }
      letDown += 1;
      client.end(Buffer.concat([chunk, lastWord()]), () => upstream.destroy());
    });
    client.on("data", (chunk) => {
      if (!chunk.subarray(-TERMINATE.length).equals(TERMINATE)) {
        upstream.write(chunk);
        return;
      }
      client.on("close", () => (goodbyes += 1));
      client.end(lastWord(), () => upstream.destroy());
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  });
  const url = new URL(database.workingUrl);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    goodbyes: () => goodbyes,
    letDown: () => letDown,
    goAway: (milliseconds) => {
      awayUntil = Date.now() + milliseconds;
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
  };
}

test("a worker that is closed", async () => {
  const { url, goodbyes } = await startGoingAway();
  const worker = await createJobWorker({
    name: "away",
    databaseUrl: url,
    log,
    process: async () => undefined,
  });
  await worker.close();
  await until(() => goodbyes() >= 1);
  await sleep(HEARD_MS);
});

test("a queue that is closed", async () => {
  const { url, goodbyes } = await startGoingAway();
  const queue = createJobQueue<object>({ name: "away", databaseUrl: url, log });
  await queue.add([{ id: "ref-a-v1", data: {} }]);
  await queue.close();
  await until(() => goodbyes() >= 1);
  await sleep(HEARD_MS);
});

test("a worker that is let in with the last word comes back", async () => {
  const { url, goAway, letDown } = await startGoingAway();
  const done = new Set<string>();
  const worker = await createJobWorker<{ id: string }>({
    name: "back",
    databaseUrl: url,
    log,
    process: async ({ id }) => void done.add(id),
  });
  closers.push(() => worker.close());
  const queue = createJobQueue<{ id: string }>({ name: "back", databaseUrl: database.workingUrl, log });
  closers.push(() => queue.close());
  await queue.add([{ id: "ref-a-v1", data: { id: "a" } }]);
  await until(() => done.has("a"));
  goAway(4_000);
  await until(() => letDown() >= 2);
  await sleep(4_000);
  await queue.add([{ id: "ref-b-v1", data: { id: "b" } }]);
  await until(() => done.has("b"));
}, 60_000);
