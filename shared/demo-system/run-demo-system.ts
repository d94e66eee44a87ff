// The start-up story of an organisation's own system in the demo: a process of its own, over a database of its own.

import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool } from "pg";
import { start, stopOnSignal } from "../kernel/lifecycle";
import { createLogger, type Logger } from "../kernel/logger";
import { SettingsError, WRONG_SETTINGS_CODE } from "../kernel/settings";
import { readSystemSettings, type SystemSettings } from "./settings";

/** Connections of a system to its database. */
const CONNECTIONS = 4;

/** What a system of the demo has at hand. */
export interface SystemDeps {
  readonly settings: SystemSettings;
  /** Its own database, filled by the seed of its organisation. */
  readonly database: Pool;
  readonly log: Logger;
}

/** A system of the demo. */
export interface DemoSystem {
  /** Code of its organisation, for the log. */
  readonly organisation: string;
  /** Begins its work; `/health` and `/ready` are answered without it. */
  open(deps: SystemDeps): OpenSystem | Promise<OpenSystem>;
}

/** A system that runs. */
export interface OpenSystem {
  /** What it answers over HTTP; a system that only gives files has nothing to say there. */
  readonly handle?: RequestListener;
  /** Resolves when others can get what it has; when its database answers, without it. */
  readonly ready?: () => Promise<void>;
  readonly close?: () => Promise<void>;
}

/** Starts a system; resolves with where it listens and how to stop it. */
export async function startDemoSystem(
  system: DemoSystem,
  settings: Omit<SystemSettings, "SYSTEM_PORT"> & { readonly SYSTEM_PORT: number },
  log: Logger,
): Promise<{ url: string; stop: () => Promise<void> }> {
  let opened: OpenSystem = {};
  let url = "";
  const database = new Pool({
    connectionString: settings.SYSTEM_DATABASE_URL,
    application_name: `${system.organisation}-system`,
    max: CONNECTIONS,
  });
  database.on("error", () => log.warn({}, "a connection to the database was lost"));
  const stop = await start([
    { name: "database", start: async () => () => database.end() },
    {
      name: "system",
      start: async () => {
        opened = await system.open({ settings, database, log });
        return async () => opened.close?.();
      },
    },
    {
      name: "server",
      start: async () => {
        const server = createServer(listenerOf(() => opened, database));
        await new Promise<void>((resolve, reject) => {
          server.once("error", reject);
          server.listen(settings.SYSTEM_PORT, settings.SYSTEM_HOST, resolve);
        });
        const { address, port, family } = server.address() as AddressInfo;
        url = `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
        return async () => {
          server.closeAllConnections();
          await new Promise<void>((resolve) => {
            server.close(() => resolve());
          });
        };
      },
    },
  ]);
  return { url, stop };
}

/** `/health` and `/ready` for whoever runs the system; everything else is the system's own. */
function listenerOf(opened: () => OpenSystem, database: Pool): RequestListener {
  return (request, response) => {
    const { handle, ready = async () => void (await database.query("SELECT 1")) } = opened();
    const say = (status: number): void => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ status }));
    };
    if (request.url === "/health") return say(200);
    if (request.url === "/ready") {
      return void ready().then(
        () => say(200),
        () => say(503),
      );
    }
    return handle ? handle(request, response) : say(404);
  };
}

/** Runs the process of a system: `node demo/main.js`. Exit codes: 0 stopped, 1 failed, 2 wrong settings. */
export async function runDemoSystem(system: DemoSystem): Promise<void> {
  const log = createLogger(`${system.organisation}-system`, "info");
  try {
    const { url, stop } = await startDemoSystem(system, readSystemSettings(process.env), log);
    log.info({ url }, "listening");
    stopOnSignal(stop, (error) => {
      log.error({ error }, "did not stop cleanly");
    });
  } catch (error) {
    if (error instanceof SettingsError) log.fatal({ faults: error.faults }, "wrong settings");
    else log.fatal({ error }, "could not start");
    process.exitCode = error instanceof SettingsError ? WRONG_SETTINGS_CODE : 1;
    if (process.connected) process.disconnect();
  }
}
