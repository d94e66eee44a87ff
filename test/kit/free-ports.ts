// Ports that nobody listens on, for tests that start real servers, also when several test runs go on at once.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive } from "../../shared/launch/processes";

/** Below the range out of which systems give ports to outgoing connections. */
const LOWEST = 20_000;
const HIGHEST = 32_000;
/** Ports are claimed by the block, so that another run does not take one before a server listens on it. */
const BLOCK = 32;
const TRIES = 500;
const CLAIMS = join(tmpdir(), "schakel-ports");

/** What is left of the block that this file claimed for single ports. */
const spare: number[] = [];

const isFree = async (port: number): Promise<boolean> =>
  await new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ host: "127.0.0.1", port, exclusive: true }, () => {
      server.close(() => resolve(true));
    });
  });

/** Claims the block for as long as this process lives; a claim of a process that is gone counts no more. */
function claim(first: number): boolean {
  const file = join(CLAIMS, String(first));
  mkdirSync(CLAIMS, { recursive: true });
  try {
    if (!isAlive(Number(readFileSync(file, "utf8")))) rmSync(file, { force: true });
  } catch {
    // Nobody has claimed it.
  }
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    return false;
  }
}

/** A run of at most 32 neighbouring free ports; the first is enough where others are counted from it. */
export async function freePorts(count: number): Promise<number[]> {
  if (count > BLOCK) throw new RangeError(`At most ${BLOCK} ports at a time.`);
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const first = LOWEST + BLOCK * Math.floor((Math.random() * (HIGHEST - LOWEST)) / BLOCK);
    const ports = Array.from({ length: BLOCK }, (_, index) => first + index);
    if (claim(first) && (await Promise.all(ports.map(isFree))).every(Boolean)) return ports.slice(0, count);
  }
  throw new Error("No free ports found for the tests.");
}

/** One free port. */
export async function freePort(): Promise<number> {
  if (spare.length === 0) spare.push(...(await freePorts(BLOCK)));
  const port = spare.pop();
  if (port === undefined) throw new Error("No free port found for the tests.");
  return port;
}
