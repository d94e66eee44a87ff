// Which processes make up a hub on one machine, on which ports, with which settings.

import { join, resolve } from "node:path";
import { settingName } from "../kernel/service-settings";
import { subgraphFolder, subgraphNames } from "../region/region";
import { issuerPort } from "./demo-issuer/issuer-settings";
import type { HubDatabases } from "./hub-databases";
import { LaunchError } from "./launch-error";
import { GATEWAY_NODE_FLAGS } from "./node-flags";
import { hasOwnProcess, systemOf, type OrganisationSystem } from "./organisation-systems";
import { reachableHost } from "./ports";
import { hasRealIssuers, type LauncherSettings } from "./settings";

/** The register whose work is queued. */
const QUEUED = "referrals";

/** The register of which the log is kept. */
const LOGGED = "access-log";

/** One process of the hub. */
export interface Service {
  readonly name: string;
  /** Script and arguments for Node. */
  readonly command: readonly string[];
  /** Options of Node beside those of every service. */
  readonly nodeFlags?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** More that its command `seed` is told, and no other. */
  readonly seedEnv?: Readonly<Record<string, string>>;
  readonly port: number;
  readonly readyUrl: string;
}

/** What the services are made out of. */
export interface ServicePlan {
  readonly settings: LauncherSettings;
  readonly databases: HubDatabases;
  /** Folder of the compiled project. */
  readonly distFolder: string;
}

/** All processes of the hub, in the order in which they stop last to first. */
export function planServices({ settings, databases, distFolder }: ServicePlan): Service[] {
  const { region, SCHAKEL_PORT: base } = settings;
  const common: Record<string, string> = {
    SCHAKEL_PORT: String(base),
    SCHAKEL_HOST: settings.SCHAKEL_HOST,
    SCHAKEL_DATA_DIR: settings.dataDirectory,
    SCHAKEL_KEYS_DIR: settings.keysDirectory,
    SCHAKEL_REGION: settings.SCHAKEL_REGION,
    SCHAKEL_LOG_LEVEL: settings.SCHAKEL_LOG_LEVEL,
    SCHAKEL_ISSUER_URL: settings.issuerUrl,
    ...(settings.SCHAKEL_TLS_DIR === undefined ? {} : { SCHAKEL_TLS_DIR: resolve(settings.SCHAKEL_TLS_DIR) }),
    SCHAKEL_TLS_GATEWAY_NAME: settings.SCHAKEL_TLS_GATEWAY_NAME,
    SCHAKEL_TLS_KEEPER_NAME: settings.SCHAKEL_TLS_KEEPER_NAME,
    ...(settings.SCHAKEL_ISSUERS_FILE
      ? { SCHAKEL_ISSUERS_FILE: resolve(settings.SCHAKEL_ISSUERS_FILE) }
      : {}),
  };
  const register = { DATABASE_URL: databases.workingUrl };
  const queue = settings.REDIS_URL === undefined ? register : { ...register, REDIS_URL: settings.REDIS_URL };
  const service = (
    name: string,
    port: number,
    [script, ...args]: readonly [string, ...string[]],
    env: Readonly<Record<string, string>>,
    scheme: "http" | "https" = "http",
  ): Service => ({
    name,
    command: [join(distFolder, script), ...args],
    env: { ...common, ...env },
    port,
    readyUrl: `${scheme}://${reachableHost(settings.SCHAKEL_HOST)}:${port}/ready`,
  });

  const scheme = settings.SCHAKEL_TLS_DIR === undefined ? "http" : "https";
  const systems = planSystems({ settings, databases, distFolder });
  const subgraphs = subgraphNames(region).map((name, index) => {
    const system = systems.get(name);
    // An organisation's process knows its own system, and not the hub's database.
    const env = name === QUEUED ? queue : (system?.source ?? register);
    const folder = subgraphFolder(region, name);
    const served = folder === name ? env : { ...env, SCHAKEL_ORGANISATION: name };
    return {
      ...service(name, base + 1 + index, [`subgraphs/${folder}/main.js`], served, scheme),
      ...(system ? { seedEnv: system.seed } : {}),
    };
  });
  const issuers = service("demo-issuer", issuerPort(settings), ["shared/launch/demo-issuer/main.js"], {});
  return [
    // First: a subgraph that finds its system has nothing to wait for.
    ...[...systems.values()].flatMap(({ process }) => (process ? [systemService(process, distFolder)] : [])),
    ...(hasRealIssuers(settings) ? [] : [issuers]),
    ...subgraphs.filter(({ name }) => !settings.elsewhere.has(name)),
    service("worker", settings.workerPort, [`subgraphs/${QUEUED}/main.js`, "work"], queue),
    service("log-keeper", settings.keeperPort, [`subgraphs/${LOGGED}/main.js`, "keep"], register),
    { ...service("gateway", base, ["gateway/main.js"], queue), nodeFlags: GATEWAY_NODE_FLAGS },
  ];
}

/** The systems of the organisations that run here. Throws a LaunchError in production, where they are no demo. */
function planSystems({ settings, databases, distFolder }: ServicePlan): Map<string, OrganisationSystem> {
  const { region, elsewhere, dataDirectory, keysDirectory } = settings;
  const here = region.organisations
    .map(({ code, subgraph }, index) => ({
      organisation: code as string,
      subgraph,
      port: settings.systemsPort + index,
    }))
    .filter(({ organisation }) => !elsewhere.has(organisation));
  const [own] = here.filter(({ subgraph }) => hasOwnProcess(distFolder, subgraph));
  if (own && settings.NODE_ENV === "production") {
    const { organisation } = own;
    throw new LaunchError(
      `${organisation}: in production start its subgraph where its own system can be reached, and say where with SCHAKEL_SUBGRAPH_URL_${settingName(organisation)}.`,
    );
  }
  return new Map(
    here.flatMap(({ organisation, subgraph, port }) => {
      const databaseUrl = databases.sources.find((one) => one.organisation === organisation)?.url;
      if (databaseUrl === undefined) return [];
      const place = { organisation, subgraph, databaseUrl, port, dataDirectory, keysDirectory, distFolder };
      return [[organisation, systemOf(place)] as const];
    }),
  );
}

/** A system of an organisation: a process that is told nothing of the hub. */
function systemService(
  { name, script, env, port, readyUrl }: NonNullable<OrganisationSystem["process"]>,
  distFolder: string,
): Service {
  return { name, command: [join(distFolder, script)], env, port, readyUrl };
}
