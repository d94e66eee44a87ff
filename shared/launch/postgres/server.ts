// Starts the PostgreSQL server on its data folder, waits until it answers, and stops it without losing anything.

import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { LaunchError } from "../launch-error";
import type { PostgresBinaries } from "./binaries";
import { ADMIN_ROLE, dataFolderIn, SERVER_ENV } from "./cluster";
import { commandAs, type RunAs } from "./run-as";

/** After a crash the server first replays its log, which can take a while. */
const START_PATIENCE_MS = 90_000;
const POLL_MS = 40;
const FAST_SHUTDOWN_MS = 20_000;

/** Only this machine can connect, nothing lies outside the data folder, and no statement reaches the log. */
const SERVER_SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  fsync: "on",
  synchronous_commit: "on",
  max_connections: "200",
  shared_buffers: "128MB",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
};

/** What a server is started with. */
export interface ServerOptions {
  readonly binaries: PostgresBinaries;
  readonly runAs: RunAs;
  readonly folder: string;
  readonly port: number;
  readonly password: string;
  readonly logFile: number;
  /** Over the settings above. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A server that answers. */
export interface RunningServer {
  readonly pid: number;
  /** Resolves when the process has ended, for whatever reason. */
  readonly exited: Promise<void>;
  /** Fast shutdown: sessions are ended, everything committed is on disk. */
  readonly stop: () => Promise<void>;
}

/** Connection string of the superuser for one database of the embedded server. */
export const embeddedUrl = (port: number, role: string, password: string, database: string): string =>
  `postgresql://${encodeURIComponent(role)}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;

/** Starts the server; throws a LaunchError when it ends or does not answer in time. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const settings = { ...SERVER_SETTINGS, ...options.settings, port: String(options.port) };
  const command = commandAs(options.runAs, options.binaries.postgres, [
    "-D",
    dataFolderIn(options.folder),
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ]);
  const child = spawn(command.file, command.args, {
    ...command.options,
    cwd: options.folder,
    env: SERVER_ENV,
    stdio: ["ignore", options.logFile, options.logFile],
    // In a session of its own: a Ctrl-C is for the launcher, which stops the server last.
    detached: true,
  });
  const exited = new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => resolve());
  });
  try {
    await Promise.race([untilItAnswers(child, options), exited]);
  } catch (error) {
    await stopServer(child, exited);
    throw error;
  }
  if (child.pid === undefined || hasEnded(child)) {
    throw new LaunchError("PostgreSQL ended while starting. See logs/postgres.log in the data directory.");
  }
  return { pid: child.pid, exited, stop: () => stopServer(child, exited) };
}

async function untilItAnswers(child: ChildProcess, options: ServerOptions): Promise<void> {
  const deadline = Date.now() + START_PATIENCE_MS;
  for (;;) {
    const refusal = await tryConnection(options);
    if (refusal === undefined || hasEnded(child)) return;
    if (refusal === "28P01") {
      throw new LaunchError(
        "PostgreSQL does not know the password in the keys folder. The keys and the data directory belong together: restore both, or start with a new data directory.",
      );
    }
    if (Date.now() > deadline) {
      throw new LaunchError("PostgreSQL does not answer. See logs/postgres.log in the data directory.");
    }
    await sleep(POLL_MS);
  }
}

/** Undefined when the server answers, else the code of its refusal. */
async function tryConnection({ port, password }: ServerOptions): Promise<string | undefined> {
  const client = new Client({
    connectionString: embeddedUrl(port, ADMIN_ROLE, password, "postgres"),
    connectionTimeoutMillis: 2_000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code ?? "no answer";
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function stopServer(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (hasEnded(child)) return;
  child.kill("SIGINT");
  const timer = setTimeout(() => child.kill("SIGQUIT"), FAST_SHUTDOWN_MS);
  await exited;
  clearTimeout(timer);
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;
