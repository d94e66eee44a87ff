// How long `npm run log -- verify` takes over a whole log, in a process of its own as an operator runs it; beside it, only
// reading the same rows.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { RowStream, ReadingClient } from "../../../shared/access-log/verify/rows";
import { DEFAULT_REGION, loadRegion } from "../../../shared/region/region";
import { BenchError, type BenchOptions } from "../kit/benchmark";
import { withConnection } from "../kit/connect";
import { startBenchDatabase, type BenchDatabase } from "../kit/hub-database";
import { DIST } from "../kit/project";
import { inTurn } from "../kit/rounds";
import { median, type Sample } from "../kit/samples";
import { writeChainedLog } from "./chained-log";

const COMMAND = join(DIST, "subgraphs", "access-log", "source", "command", "main.js");
const TELL_PROCESSOR = join(__dirname, "tell-processor.js");
const ENTRIES = "select * from access_log.entry order by position";
const LINES = "select * from access_log.processing order by position, line";

/** How large a log is. */
export interface LogSize {
  readonly entries: number;
  readonly lines: number;
  readonly batches: number;
  readonly checkpoints: number;
}

/** What was measured of verifying. */
export interface VerificationReport extends LogSize {
  /** Seconds until they were on disk, by one writer with 64 requests at once. */
  readonly writtenInSeconds: number;
  readonly verify: Seconds;
  /** Of only reading the same rows. */
  readonly read: Seconds;
  /** verify over read, of the medians. */
  readonly ratio: number;
}

/** Seconds of the rounds. */
export interface Seconds {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  /** Of the processor, in this process or the one that verifies; median. What else runs on the machine hardly touches it. */
  readonly processor: number;
  readonly measured: number;
}

interface VerifySample extends Sample {
  readonly processorMs: number;
}

/** Writes a log of at least so many entries and verifies it; rejects when it is not whole. */
export async function measureVerification(
  options: BenchOptions,
  rounds: number,
  entries: number,
): Promise<VerificationReport> {
  options.say(`Verifying: writing a log of ${entries} entries ...`);
  const region = loadRegion(DEFAULT_REGION);
  const database = await startBenchDatabase(region);
  try {
    const begun = performance.now();
    const copies = await writeChainedLog(database, region, entries, options);
    const writtenInSeconds = (performance.now() - begun) / 1_000;
    options.say(`Verifying: ${rounds} rounds ...`);
    const measured = await inTurn(["verify", "read"], rounds, async (name): Promise<VerifySample> => {
      const started = performance.now();
      const processorMs =
        name === "verify"
          ? await runVerify(database, copies, entries, options.signal)
          : await readAllRows(database, options.signal);
      const ms = performance.now() - started;
      return { latencies: [ms], seconds: ms / 1_000, processorMs };
    });
    const verify = secondsOf(measured.verify);
    const read = secondsOf(measured.read);
    return {
      ...(await sizeOf(database, options.signal)),
      writtenInSeconds,
      verify,
      read,
      ratio: verify.median / read.median,
    };
  } finally {
    await database.stop();
  }
}

/**
 * Verifies as an operator does, and resolves with the processor time (ms). Rejects unless all of the log was looked at and is
 * whole.
 */
async function runVerify(
  { workingUrl, keysDirectory }: BenchDatabase,
  copies: string,
  entries: number,
  signal: AbortSignal,
): Promise<number> {
  signal.throwIfAborted();
  const words = ["verify", "--checkpoints", copies, "--keys", keysDirectory];
  const child = spawn(process.execPath, ["--require", TELL_PROCESSOR, COMMAND, ...words], {
    env: { PATH: process.env["PATH"], DATABASE_URL: workingUrl },
    stdio: ["ignore", "pipe", "inherit", "pipe"],
    signal,
  });
  let printed = "";
  child.stdio[1]?.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  let processorMs = "";
  child.stdio[3]?.on("data", (chunk: Buffer) => {
    processorMs += chunk.toString();
  });
  const [code] = (await once(child, "close")) as [number | null];
  const lookedAt = Number(/(\d+) looked at/.exec(printed)?.[1] ?? 0);
  if (code !== 0 || lookedAt < entries || !printed.includes("The log is whole")) {
    throw new BenchError(`The log that was to be verified is not whole:\n${printed}`);
  }
  return Number(processorMs);
}

/** Reads all entries and lines in the order of the verifier, and does nothing with them; resolves as `runVerify`. */
async function readAllRows({ workingUrl }: BenchDatabase, signal: AbortSignal): Promise<number> {
  const before = process.cpuUsage();
  await withConnection(workingUrl, signal, async (client) => {
    await client.query("begin isolation level repeatable read read only");
    const reading = new ReadingClient(client);
    const streams = [
      await RowStream.open(reading, "read_entries", ENTRIES),
      await RowStream.open(reading, "read_lines", LINES),
    ];
    for (let left = streams; left.length > 0; left = left.filter((stream) => stream.current !== undefined)) {
      for (const stream of left) {
        const turning = stream.advance();
        if (turning) await turning;
      }
    }
    await client.query("rollback");
  });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

async function sizeOf({ workingUrl }: BenchDatabase, signal: AbortSignal): Promise<LogSize> {
  return withConnection(workingUrl, signal, async (client) => {
    const { rows } = await client.query<LogSize>(
      `select (select count(*) from access_log.entry)::float8 as entries,
         (select count(*) from access_log.processing)::float8 as lines,
         (select count(*) from access_log.batch)::float8 as batches,
         (select count(*) from access_log.checkpoint)::float8 as checkpoints`,
    );
    const [size] = rows;
    if (!size) throw new BenchError("The log has no size.");
    return size;
  });
}

function secondsOf(samples: readonly VerifySample[]): Seconds {
  const seconds = samples.map((one) => one.seconds);
  return {
    median: median(seconds),
    least: Math.min(...seconds),
    most: Math.max(...seconds),
    processor: median(samples.map((one) => one.processorMs / 1_000)),
    measured: seconds.length,
  };
}
