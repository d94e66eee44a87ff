// Ports that nobody listens on, for tests that start real servers.

import { createServer } from "node:net";

/** Below the range out of which systems give ports to outgoing connections. */
const LOWEST = 20_000;
const HIGHEST = 32_000;
const TRIES = 200;

const isFree = async (port: number): Promise<boolean> =>
  await new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ host: "127.0.0.1", port, exclusive: true }, () => {
      server.close(() => resolve(true));
    });
  });

/** A run of `count` neighbouring free ports; the first is enough where others are counted from it. */
export async function freePorts(count: number): Promise<number[]> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const first = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST - count));
    const ports = Array.from({ length: count }, (_, index) => first + index);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return ports;
  }
  throw new Error("No free ports found for the tests.");
}

/** One free port. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error("No free port found for the tests.");
  return port;
}
