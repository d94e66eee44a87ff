// Starts one service as a child process, with its log file and a file with its process id.

import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SYSTEM_SETTING_NAMES } from "../demo-system/settings";
import { sourceSettings } from "../subgraph-kit/source-settings";
import { NODE_FLAGS } from "./node-flags";
import type { ServiceLog } from "./service-log";
import type { Service } from "./services";
import type { Run } from "./supervise";

/** A service finishes what it is doing; one that takes longer is ended. */
const STOP_PATIENCE_MS = 10_000;
/** What is never passed on: databases, sources and ports, of which every service is given its own. */
const NOT_PASSED_ON = [
  "DATABASE_URL",
  "MIGRATION_DATABASE_URL",
  ...Object.keys(sourceSettings),
  ...SYSTEM_SETTING_NAMES,
  "REDIS_URL",
  "SCHAKEL_SUBGRAPH_PORT",
  "SCHAKEL_WORKER_PORT",
  "SCHAKEL_KEEPER_PORT",
  "SCHAKEL_ISSUER_PORT",
];

/** What services are started in. */
export interface ServiceSurroundings {
  readonly projectRoot: string;
  readonly dataDirectory: string;
  /** Environment of the launcher, which services get apart from its databases. */
  readonly env: NodeJS.ProcessEnv;
}

/** File with the process id of a service that runs. */
export const pidFile = (dataDirectory: string, service: string): string =>
  join(dataDirectory, "run", `${service}.pid`);

/** Starts a service and resolves as soon as its process is there; it may not be ready yet. */
export async function startService(
  service: Service,
  { projectRoot, dataDirectory, env }: ServiceSurroundings,
  log: ServiceLog,
): Promise<Run> {
  const child = spawn(process.execPath, [...NODE_FLAGS, ...(service.nodeFlags ?? []), ...service.command], {
    cwd: projectRoot,
    env: {
      // Node 22 and newer keep compiled code there and start in half the time; older ones do not look.
      NODE_COMPILE_CACHE: join(dataDirectory, "cache"),
      ...withoutFiles(without(env, NOT_PASSED_ON), [...NOT_PASSED_ON, ...Object.keys(service.env)]),
      ...service.env,
    },
    // Over the fourth channel a service notices that the launcher is gone, and ends too.
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // In a session of its own: a Ctrl-C is for the launcher, which stops the services one after the other.
    detached: true,
  });
  log.follow(child.stdout!);
  log.follow(child.stderr!);
  const file = pidFile(dataDirectory, service.name);
  const ended = new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      rmSync(file, { force: true });
      resolve(signal ? `signal ${signal}` : `exit code ${code}`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", reject);
  });
  mkdirSync(join(dataDirectory, "run"), { recursive: true });
  writeFileSync(file, `${child.pid}\n`);
  return {
    pid: child.pid,
    ended,
    stop: async () => {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), STOP_PATIENCE_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** The launcher read what lies in files, and passes on the values; a service that was told both would not know which. */
const withoutFiles = (env: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv =>
  without(
    env,
    names.map((name) => `${name}_FILE`),
  );

function without(env: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
}
