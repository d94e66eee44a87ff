// The start-up story of a gateway: settings, keys, rules, supergraph, database, door.

import path from "node:path";
import { createAccessLogWriter } from "../shared/access-log/access-log-writer";
import { keepPartitionsAhead } from "../shared/access-log/partitions";
import { createTasks, type NewTask } from "../shared/database/create-task";
import { createPool } from "../shared/database/pool";
import { takeCheckOption } from "../shared/kernel/check-only";
import { start, stopOnSignal } from "../shared/kernel/lifecycle";
import { createLogger } from "../shared/kernel/logger";
import { SettingsError, WRONG_SETTINGS_CODE } from "../shared/kernel/settings";
import { openConnections } from "../shared/mutual-tls/connections";
import { tlsFilesOf } from "../shared/mutual-tls/tls-settings";
import { refuseDemoDatabase } from "../shared/production/no-demo";
import { doorOf } from "./door/door-settings";
import { countInDatabase, countInRedis, createRateLimits } from "./door/rate-limits";
import { CompositionError } from "./federate/compose";
import { regionFaults, schemaFaults } from "./federate/check-schema";
import { watchMaintenance, type MaintenanceWatch } from "./federate/maintenance";
import { holdersOf, namesOf } from "./federate/region-parts";
import { indexSchema } from "./federate/schema-index";
import { createPlanner } from "./federate/planner";
import { hubRecords } from "./federate/hub-records";
import type { StateDeps } from "./federate/request-state";
import { createGrantSigner } from "./federate/sign-grant";
import { createSubgraphClient, SUBGRAPH_CONNECTIONS } from "./federate/subgraph-client";
import { createGateway, type Execute } from "./gateway";
import { limitsOf } from "./identify/limits";
import { createSignIn } from "./identify/sign-in";
import { deciderOver } from "./policy-files";
import { MET_COVERS_DAYS } from "./record/duties";
import { keepUsed, type UseKeeper } from "./record/keep-used";
import { keepRulesOnRecord } from "./record/rules-in-use";
import { missingParts } from "./readiness";
import { loadRelease } from "./release/load-release";
import { ReleaseError } from "./release/release";
import { startStuf } from "./stuf/start-stuf";
import { readGatewaySettings, type GatewaySettings } from "./settings";

async function run(settings: GatewaySettings): Promise<() => Promise<void>> {
  const log = createLogger("gateway", settings.SCHAKEL_LOG_LEVEL);
  const { region } = settings;
  const { supergraph, rules, signed } = await loadRelease(settings);
  if (signed) log.info(signed, "the supergraph, the rules and the region are what was signed");
  const index = indexSchema(supergraph);
  const codes = new Set(region.organisations.map((one) => one.code as string));
  const faults = [...regionFaults(index, region), ...schemaFaults(index, codes)];
  if (faults.length > 0) throw new CompositionError(faults);
  const door = doorOf(settings);
  const decider = deciderOver(rules);
  const connections = await openConnections(
    await tlsFilesOf(settings, "gateway"),
    SUBGRAPH_CONNECTIONS,
    (error) => {
      log.error({ error }, "the certificate could not be read again; the one that is known goes on");
    },
  );
  const pool = createPool({
    connectionString: settings.DATABASE_URL,
    max: 20,
    applicationName: "gateway",
    planOnce: true,
  });
  // A pool of its own, so that slow reads never keep the log from being written.
  const logPool = createPool({
    connectionString: settings.DATABASE_URL,
    max: 2,
    applicationName: "gateway-log",
  });
  const accessLog = createAccessLogWriter(logPool);
  const redis = settings.REDIS_URL === undefined ? undefined : countInRedis(settings.REDIS_URL, log);
  const planner = createPlanner({
    file: path.join(__dirname, "federate", "plan-worker.js"),
    supergraph,
    deadlineMs: settings.SCHAKEL_PLAN_TIMEOUT_MS,
    log,
  });
  let maintenance: MaintenanceWatch | undefined;
  const client = createSubgraphClient({
    urls: settings.subgraphUrls,
    deadlineMs: settings.SCHAKEL_SOURCE_TIMEOUT_MS,
    connections,
    signGrant: await createGrantSigner(path.join(settings.keysDirectory, "grant-private.jwk.json"), {
      ttlS: settings.SCHAKEL_GRANT_TTL_S,
      onError: (error) => {
        log.error({ error }, "the key of grants could not be read again; the one that is known goes on");
      },
    }),
  });
  const state: StateDeps = {
    ...hubRecords(pool),
    decider,
    holders: holdersOf(region),
  };
  const writeTasks = async (tasks: readonly NewTask[]): Promise<void> => {
    await createTasks(pool, tasks, { metCoversDays: MET_COVERS_DAYS });
  };
  let used: UseKeeper | undefined;
  let execute: Execute | undefined;
  return start([
    { name: "database pool", start: async () => async () => pool.end() },
    { name: "log pool", start: async () => async () => logPool.end() },
    {
      name: "a database without the demo",
      start: async () => {
        if (settings.NODE_ENV === "production") await refuseDemoDatabase(pool);
        return undefined;
      },
    },
    {
      name: "months of the log",
      start: async () =>
        keepPartitionsAhead(logPool, (error) => {
          log.error({ error }, "the months to come were not made in the access log; trying again");
        }),
    },
    {
      name: "rules on record",
      start: async () =>
        keepRulesOnRecord({ pool, accessLog, policySet: decider.version, release: signed?.id }, (error) => {
          log.error({ error }, "the rules in use were not put on record; trying again");
        }),
    },
    { name: "shared counts", start: async () => async () => redis?.close() },
    { name: "planner", start: async () => async () => planner.stop() },
    {
      name: "planned maintenance",
      start: async () => {
        maintenance = await watchMaintenance(pool, (error) => {
          log.warn({ error }, "planned maintenance cannot be read; what is known goes on");
        });
        return async () => maintenance?.stop();
      },
    },
    {
      name: "use of the contract",
      start: async () => {
        used = keepUsed({ pool, keepDays: settings.SCHAKEL_KEEP_USED_DAYS }, (error) => {
          log.error({ error }, "what is used of the contract was not written down; trying again");
        });
        return async () => used?.stop();
      },
    },
    { name: "subgraph client", start: async () => async () => client.close() },
    {
      name: "gateway",
      start: async () => {
        const gateway = await createGateway({
          supergraph,
          index,
          client,
          inMaintenance: (source) => maintenance?.inMaintenance(source),
          state,
          signIn: createSignIn(settings.issuers, pool, { secure: settings.secureIssuers }),
          accessLog,
          writeTasks,
          policySet: decider.version,
          introspection: settings.NODE_ENV !== "production",
          names: namesOf(region),
          missing: async () => missingParts(pool, settings, connections),
          limits: limitsOf(settings),
          ...door,
          rates: createRateLimits(door.rates, redis?.make ?? countInDatabase(pool), (error) => {
            log.warn({ error }, "the shared counts are away; requests are counted by each gateway apart");
          }),
          planner,
          noteUse: (...asked) => used?.note(...asked),
          log,
          host: settings.SCHAKEL_HOST,
          port: settings.SCHAKEL_PORT,
        });
        execute = gateway.execute;
        return async () => gateway.stop();
      },
    },
    {
      name: "messages of the chain",
      start: async () => {
        if (!execute) throw new Error("The gateway was not opened.");
        const policySet = decider.version;
        const rest = { accessLog, writeTasks, policySet, execute, settings, log };
        return startStuf({ pool, region, client, state, ...rest });
      },
    },
  ]);
}

async function main(): Promise<void> {
  const log = createLogger("gateway", "info");
  try {
    const settings = readGatewaySettings(process.env);
    if (takeCheckOption(process.argv.slice(2)).checkOnly) {
      await tlsFilesOf(settings, "gateway");
      await loadRelease(settings);
      log.info("the settings can be used");
      return;
    }
    stopOnSignal(await run(settings), (error) => {
      log.error({ error }, "did not stop cleanly");
    });
  } catch (error) {
    if (error instanceof SettingsError) log.fatal({ faults: error.faults }, "wrong settings");
    else if (error instanceof ReleaseError) log.fatal({ faults: error.faults }, "not what was signed");
    else if (error instanceof CompositionError) log.fatal({ faults: error.faults }, "supergraph refused");
    else log.fatal({ error }, "could not start");
    process.exitCode =
      error instanceof SettingsError || error instanceof ReleaseError ? WRONG_SETTINGS_CODE : 1;
    if (process.connected) process.disconnect();
  }
}

void main();
