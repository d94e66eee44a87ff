// Reads docker-compose.yml as an engine would, and runs its services on this machine instead of in containers.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { PROJECT_ROOT } from "./hub";

/** One service of the file, variables filled in. */
export interface ComposeService {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly deploy?: { readonly replicas: number };
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
}

/** The text of the file as it is kept. */
export const COMPOSE_TEXT = readFileSync(join(PROJECT_ROOT, "docker-compose.yml"), "utf8");

const VARIABLE = /\$\{([A-Z_]+)(?::([?-])([^}]*))?\}/g;

/** Fills in `${NAME}`, `${NAME:-default}` and `${NAME:?message}`; throws the message when a needed one is missing. */
export function fillIn(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(VARIABLE, (_all, name: string, kind?: string, rest = "") => {
    const value = variables[name] ?? "";
    if (value !== "") return value;
    if (kind === "?") throw new Error(`${name}: ${rest}`);
    return rest;
  });
}

/** The services of the file with these variables. */
export function readServices(variables: Readonly<Record<string, string>>): Record<string, ComposeService> {
  const file = parse(fillIn(COMPOSE_TEXT, variables), { merge: true }) as {
    services: Record<string, ComposeService>;
  };
  return file.services;
}

/** Where, on this machine, is what the file places in containers. */
export interface Relocation {
  /** Names of services: as hosts they become this machine. */
  readonly hosts: readonly string[];
  /** Ports inside containers -> ports here. */
  readonly ports: ReadonlyMap<string, string>;
  /** The volume of keys. */
  readonly dataDirectory: string;
}

/** Puts the addresses of this machine into a value of the file; everything else stays as it stands there. */
export function relocate(value: string, { hosts, ports, dataDirectory }: Relocation): string {
  if (value === "0.0.0.0") return "127.0.0.1";
  if (value === "/data") return dataDirectory;
  if (value === "/checkpoints") return join(dataDirectory, "checkpoints");
  if (value === "/deliveries") return join(dataDirectory, "deliveries");
  // One folder for what all systems drop: each takes only what has its own names.
  if (value === "/files") return join(dataDirectory, "systems");
  if (ports.has(value)) return ports.get(value) ?? value;
  return value.replaceAll(
    /(\/\/|@)([a-z][a-z0-9-]*|127\.0\.0\.1):(\d+)/g,
    (all, before: string, host: string, port: string) =>
      hosts.includes(host) || host === "127.0.0.1" ? `${before}127.0.0.1:${ports.get(port) ?? port}` : all,
  );
}

/** A service of the file that runs on this machine. */
export interface RunningService {
  readonly name: string;
  readonly child: ChildProcess;
  readonly said: () => string;
  /** Runs the health check of the file; was all well? */
  healthy(): Promise<boolean>;
  stop(): Promise<void>;
}

/** Starts a service with the command and the environment of the file, and those of the image. */
export function runComposeService(
  name: string,
  service: ComposeService,
  relocation: Relocation,
  moreEnvironment: Readonly<Record<string, string>> = {},
): RunningService {
  const [program = "", ...args] = service.command ?? [];
  if (program !== "node") throw new Error(`${name} is not started with node.`);
  const environment = Object.fromEntries(
    Object.entries(service.environment ?? {}).map(([key, value]) => [key, relocate(value, relocation)]),
  );
  // What the image sets.
  const image = { NODE_ENV: "production", NODE_OPTIONS: "--disable-proto=delete" };
  const env = { PATH: process.env["PATH"], ...image, ...environment, ...moreEnvironment };
  const child = spawn(process.execPath, args, { cwd: PROJECT_ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const keep = (chunk: Buffer): void => {
    said = (said + chunk.toString()).slice(-4_000);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  return {
    name,
    child,
    said: () => said,
    healthy: async () => {
      const [kind, probe, ...probeArgs] = service.healthcheck?.test ?? [];
      if (kind !== "CMD" || probe !== "node") throw new Error(`${name} has no health check with node.`);
      const own = { ...relocation, ports: portsOf(relocation, moreEnvironment) };
      const check = spawn(
        process.execPath,
        probeArgs.map((arg) => relocate(arg, own)),
        { stdio: "ignore" },
      );
      const [code] = (await once(check, "exit")) as [number | null];
      return code === 0;
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

/** In containers two workers have the same port; here the second is given another one. */
function portsOf(
  { ports }: Relocation,
  environment: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const worker = environment["SCHAKEL_WORKER_PORT"];
  return worker === undefined ? ports : new Map([...ports, ["4011", worker]]);
}
