// The story of a start: data directory, keys, PostgreSQL, tables, demo, services, ready. Stopping reads it backwards.

import { join } from "node:path";
import { start, type Part } from "../kernel/lifecycle";
import type { Logger } from "../kernel/logger";
import { openConnections } from "../mutual-tls/connections";
import { tlsFilesOf } from "../mutual-tls/tls-settings";
import { untilReady } from "./await-ready";
import { bringToShape } from "./bring-to-shape";
import { nameDatabases, type HubDatabases } from "./hub-databases";
import { startHubPostgres } from "./hub-postgres";
import { takeDataDirectory } from "./data-directory";
import { refuseDemoIn } from "../production/no-demo";
import { ensureIssuerKeys, ensureKeys } from "./keys";
import { demoOf } from "../region/demo";
import { LaunchError } from "./launch-error";
import { endLeftoverServices } from "./leftover-services";
import { requireFreePorts } from "./ports";
import { startService } from "./run-service";
import { seedDemoOnce } from "./seed-demo";
import { openServiceLog, type ServiceLog } from "./service-log";
import { planServices, type Service } from "./services";
import type { LauncherSettings } from "./settings";
import { supervise } from "./supervise";

/** How long the services may take to be ready; a loaded machine with two cores needs less than half. */
const READY_PATIENCE_MS = 90_000;
/** Exit code of a service that cannot do anything with its settings. */
const WRONG_SETTINGS = "exit code 2";

/** What a launch is made of. */
export interface Launch {
  readonly settings: LauncherSettings;
  /** Folder with package.json and node_modules. */
  readonly projectRoot: string;
  /** Folder of the compiled project. */
  readonly distFolder: string;
  /** Fill empty databases with the synthetic families? */
  readonly demo: boolean;
  /** Environment that the services get, apart from databases. */
  readonly env: NodeJS.ProcessEnv;
  readonly log: Logger;
  /** Tells the operator how it goes. */
  readonly say: (sentence: string) => void;
  /** Aborted when the operator stops the start. */
  readonly signal: AbortSignal;
}

/** Runs the hub; resolves when it is ready, with what stops it. Rejects, with everything stopped, when it cannot. */
export async function launchHub(launch: Launch): Promise<() => Promise<void>> {
  const { settings, say } = launch;
  const production = settings.NODE_ENV === "production";
  let ownerUrl = "";
  let databases: HubDatabases | undefined;
  const plan = (): Service[] => {
    if (!databases) throw new Error("The databases are not known yet.");
    return planServices({ settings, databases, distFolder: launch.distFolder });
  };
  const trouble = new AbortController();
  const signal = AbortSignal.any([launch.signal, trouble.signal]);

  const parts: Part[] = [
    {
      name: "the data directory",
      start: async () => await takeDataDirectory(settings.dataDirectory, settings.region.code),
    },
    {
      name: "the keys",
      start: async () => {
        const { keysDirectory, region, elsewhere } = settings;
        await ensureKeys(keysDirectory, region, production ? { origin: "OWN", elsewhere } : undefined);
        if (!production) await ensureIssuerKeys(keysDirectory, region);
        return undefined;
      },
    },
    {
      name: "what an earlier start left",
      start: async () => {
        await endLeftoverServices(settings.dataDirectory);
        return undefined;
      },
    },
    {
      name: "PostgreSQL",
      start: async () => {
        const postgres = await startHubPostgres(settings, launch.projectRoot, (how, waitMs) => {
          say(`PostgreSQL: ${how}; started again in ${waitMs / 1000} s.`);
        });
        ownerUrl = postgres.ownerUrl;
        return postgres.stop;
      },
    },
    {
      name: "the databases",
      start: async () => {
        const organisations = settings.region.organisations.map(({ code }) => code as string);
        databases = nameDatabases(ownerUrl, settings.keysDirectory, organisations);
        await bringToShape({
          databases,
          ownServer: settings.DATABASE_URL === undefined,
          distFolder: launch.distFolder,
          log: launch.log,
        });
        return undefined;
      },
    },
    {
      name: "the demo",
      start: async () => {
        if (production) await refuseDemoIn(ownerUrl);
        if (production || !launch.demo || !demoOf(settings.region)) return undefined;
        const seeded = await seedDemoOnce({
          ownerUrl,
          region: settings.region.code,
          organisations: settings.region.organisations.map(({ code }) => code as string),
          services: plan(),
          projectRoot: launch.projectRoot,
          openLog: (name) => openLog(launch, name),
        });
        if (seeded) say("The synthetic families are in place.");
        return undefined;
      },
    },
    {
      name: "the services",
      start: async () => {
        signal.throwIfAborted();
        return await startServices(launch, plan(), (reason) => trouble.abort(reason));
      },
    },
    {
      name: "readiness",
      start: async () => {
        // As the gateway reaches them.
        const files = await tlsFilesOf(settings, "gateway");
        const connections = await openConnections(files, {}, () => undefined);
        try {
          await untilReady(plan(), READY_PATIENCE_MS, signal, connections);
        } finally {
          await connections.close();
        }
        return undefined;
      },
    },
  ];
  return await start(parts);
}

async function startServices(
  launch: Launch,
  services: readonly Service[],
  giveUp: (reason: LaunchError) => void,
): Promise<() => Promise<void>> {
  const { settings, say } = launch;
  await requireFreePorts(settings.SCHAKEL_HOST, new Map(services.map(({ name, port }) => [name, port])));
  return await start(
    services.map((service) => ({
      name: service.name,
      start: async () => {
        const serviceLog = openLog(launch, service.name);
        const supervision = await supervise({
          name: service.name,
          start: async () => await startService(service, launchSurroundings(launch), serviceLog),
          onEnd: (how, waitMs) => {
            say(`${service.name}: ended (${how}); started again in ${waitMs / 1000} s.`);
            if (how === WRONG_SETTINGS) {
              giveUp(new LaunchError(`${service.name} cannot run with these settings; see above.`));
            }
          },
        });
        return async () => {
          await supervision.stop();
          await serviceLog.close();
        };
      },
    })),
  );
}

const launchSurroundings = ({ projectRoot, settings, env }: Launch) => ({
  projectRoot,
  dataDirectory: settings.dataDirectory,
  env,
});

const openLog = ({ settings, say }: Launch, name: string): ServiceLog =>
  openServiceLog(join(settings.dataDirectory, "logs"), name, say);
