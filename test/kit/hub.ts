// A whole hub for tests, started as a newcomer starts it, with its own ports and data; and a caller with a token.

import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endProcesses, processesIn } from "../../shared/launch/processes";
import { mintToken } from "../../shared/launch/token/mint-token";
import { personasOf } from "../../shared/region/demo";
import { subgraphNames } from "../../shared/region/region";
import { freePorts } from "./free-ports";
import { leftByHub } from "./hub-left-behind";
import { portOf, PROJECT_ROOT, regionOf, type HubPlace } from "./hub-place";
import { NamesLeftBehind } from "./left-behind";
import { makeTestFolder } from "./test-folders";
import { UNCOUNTED } from "./unhurried";

export { PROJECT_ROOT, type HubPlace } from "./hub-place";

/** Ports that one hub takes, counted from its first. */
const PORTS_OF_A_HUB = 20;
/** Several hubs may start at once, on a machine that has much to do besides. */
const START_TIMEOUT_MS = 240_000;

/** What the door answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: readonly { message: string; path?: unknown; extensions: Record<string, unknown> }[];
    readonly extensions?: Record<string, unknown>;
  };
}

/** A request in the name of a persona. */
export interface Ask {
  readonly persona: string;
  readonly purpose?: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether they signed in with a second factor; as the persona does when left out. */
  readonly secondFactor?: boolean;
}

const dataOf = (place: HubPlace): string => join(place.folder, "data");

/** A token of a persona of the demo, as `npm run token` prints it. */
export async function tokenOf(
  place: HubPlace,
  code: string,
  lifetimeSeconds?: number,
  secondFactor?: boolean,
): Promise<string> {
  const persona = personasOf(regionOf(place)).find((one) => one.code === code);
  if (!persona) throw new Error(`No persona ${code}.`);
  return mintToken({
    persona: { ...persona, secondFactor: secondFactor ?? persona.secondFactor },
    keysDirectory: join(dataOf(place), "keys"),
    issuerBaseUrl: `http://127.0.0.1:${portOf(place, "issuer")}`,
    ...(lifetimeSeconds === undefined ? {} : { lifetimeSeconds }),
  });
}

/** Posts a body to a gateway as it is. */
export async function post(
  port: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Answer["body"],
  };
}

/** Asks a gateway of the hub in the name of a persona; another gateway than the hub's own by its port. */
export async function ask(place: HubPlace, what: Ask, gatewayPort: number = place.port): Promise<Answer> {
  return post(gatewayPort, JSON.stringify({ query: what.query, variables: what.variables ?? {} }), {
    authorization: `Bearer ${await tokenOf(place, what.persona, undefined, what.secondFactor)}`,
    ...(what.purpose === undefined ? {} : { purpose: what.purpose }),
    ...what.headers,
  });
}

/** What a probe throws when there is nothing left to wait for. */
export class InVain extends Error {}

/** Resolves when `probe` gives something other than undefined; rejects after `withinMs` with `what` was waited for. */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T | undefined>,
  withinMs = 30_000,
): Promise<T> {
  const until = Date.now() + withinMs;
  let last: unknown;
  while (Date.now() < until) {
    try {
      const found = await probe();
      if (found !== undefined) return found;
    } catch (error) {
      if (error instanceof InVain) throw error;
      last = error;
    }
    await sleep(100);
  }
  throw new Error(`Waited ${withinMs} ms for ${what}.`, { cause: last });
}

async function isReady(port: number): Promise<true | undefined> {
  const response = await fetch(`http://127.0.0.1:${port}/ready`);
  await response.arrayBuffer();
  return response.status === 200 ? true : undefined;
}

/** A running hub that a test may stop, kill and start again. */
export class TestHub {
  readonly place: HubPlace;
  readonly #env: Readonly<Record<string, string>>;
  #launcher: ChildProcess | undefined;
  #output = "";

  private constructor(place: HubPlace, env: Readonly<Record<string, string>>) {
    this.place = place;
    this.#env = env;
  }

  /** Prepares a place and starts a hub there. */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<TestHub> {
    const [port] = await freePorts(PORTS_OF_A_HUB);
    if (port === undefined) throw new Error("No ports.");
    const { SCHAKEL_REGION: region } = env;
    const place = { port, folder: makeTestFolder(), ...(region === undefined ? {} : { region }) };
    const hub = new TestHub(place, env);
    await hub.start();
    return hub;
  }

  /** Starts the hub at its place; resolves when everything is ready. Rejects with the launcher's last words. */
  async start(): Promise<void> {
    const launcher = spawn(process.execPath, [join(PROJECT_ROOT, "scripts", "start.mjs")], {
      cwd: PROJECT_ROOT,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        NODE_ENV: "",
        SCHAKEL_PORT: String(this.place.port),
        SCHAKEL_DATA_DIR: dataOf(this.place),
        ...UNCOUNTED,
        ...this.#env,
      },
    });
    this.#launcher = launcher;
    this.#output = "";
    const keep = (chunk: Buffer): void => {
      this.#output = (this.#output + chunk.toString()).slice(-8_000);
    };
    launcher.stdout.on("data", keep);
    launcher.stderr.on("data", keep);
    try {
      await eventually(
        "the hub to be ready",
        async () => {
          if (launcher.exitCode !== null) throw new InVain("The launcher ended.");
          // Over mutual TLS only who has a certificate can ask a subgraph; then the launcher's word has to do.
          if (this.#env["SCHAKEL_TLS_DIR"] !== undefined) return this.#output.includes("Ctrl-C") || undefined;
          await Promise.all(
            subgraphNames(regionOf(this.place)).map(async (_, index) => isReady(this.place.port + 1 + index)),
          );
          return isReady(this.place.port);
        },
        START_TIMEOUT_MS,
      );
    } catch (cause) {
      await this.kill();
      throw new Error(`The hub did not start:\n${this.#output}`, { cause });
    }
  }

  /** Process id of a service: a subgraph's name, `gateway`, `worker` or `demo-issuer`. */
  pidOf(service: string): number {
    return pidIn(join(dataOf(this.place), "run", `${service}.pid`));
  }

  /** Process id of the PostgreSQL that the hub started. */
  postgresPid(): number {
    return pidIn(join(dataOf(this.place), "postgres", "data", "postmaster.pid"));
  }

  /** Names of the services of this hub. */
  services(): string[] {
    return readdirSync(join(dataOf(this.place), "run")).map((file) => file.replace(/\.pid$/, ""));
  }

  /** Stops the hub as Ctrl-C does. */
  async stop(): Promise<void> {
    const launcher = this.#launcher;
    this.#launcher = undefined;
    if (!launcher || launcher.exitCode !== null || launcher.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => {
      launcher.once("exit", () => {
        resolve();
      });
    });
    launcher.kill("SIGTERM");
    await ended;
  }

  /** Kills every process of the hub with SIGKILL, as a power cut would. */
  async kill(): Promise<void> {
    const launcher = this.#launcher;
    this.#launcher = undefined;
    launcher?.kill("SIGKILL");
    for (const pid of this.#pidsOfServices()) killIfThere(pid);
    const postgres = () => processesIn(join(dataOf(this.place), "postgres", "data"));
    await endProcesses(postgres, [{ signal: "SIGKILL", waitMs: 5_000 }]);
  }

  /** Of those that there are; one that is only just starting ends by itself without its launcher. */
  #pidsOfServices(): number[] {
    try {
      return this.services().flatMap((service) => {
        try {
          return [this.pidOf(service)];
        } catch {
          return [];
        }
      });
    } catch {
      return [];
    }
  }

  /** Stops the hub and removes its data. Rejects with NamesLeftBehind when a name of a family was among them. */
  async remove(): Promise<void> {
    const found = await leftByHub(this.place);
    await this.stop();
    rmSync(this.place.folder, { recursive: true, force: true });
    if (found.length > 0) throw new NamesLeftBehind(found);
  }
}

/** The process id on the first line of a file; throws when the file is not there, or not written yet. */
function pidIn(file: string): number {
  const pid = Number.parseInt(readFileSync(file, "utf8"), 10);
  // A signal to process 0 would go to who sends it.
  if (!(pid > 0)) throw new Error(`${file} has no process id.`);
  return pid;
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
