// One gateway under test, in a process of its own: wired as gateway/main.ts wires it, but for what its variant leaves
// out. Argument: the variant. Says its URL when it is ready; answers how many decisions were asked since the last time, how
// long each answer waited for the access log since the last time (ms), and how much processor time (ms) it has used.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Pool } from "pg";
import { holdersOf, namesOf } from "../../../../gateway/federate/region-parts";
import { hubRecords } from "../../../../gateway/federate/hub-records";
import type { StateDeps } from "../../../../gateway/federate/request-state";
import { supergraphFile } from "../../../../gateway/federate/schema-files";
import { indexSchema } from "../../../../gateway/federate/schema-index";
import { createGrantSigner } from "../../../../gateway/federate/sign-grant";
import { createSubgraphClient } from "../../../../gateway/federate/subgraph-client";
import { createGateway, type GatewayDeps } from "../../../../gateway/gateway";
import { limitsOf } from "../../../../gateway/identify/limits";
import { createSignIn } from "../../../../gateway/identify/sign-in";
import { CURRENT_POLICY_SET, deciderOver } from "../../../../gateway/policy-files";
import type { Decider, Decision } from "../../../../gateway/privacy/decide";
import { MET_COVERS_DAYS } from "../../../../gateway/record/duties";
import { readGatewaySettings } from "../../../../gateway/settings";
import { createAccessLogWriter, type AccessLogWriter } from "../../../../shared/access-log/access-log-writer";
import { createTasks } from "../../../../shared/database/create-task";
import { createPool } from "../../../../shared/database/pool";
import { createLogger } from "../../../../shared/kernel/logger";
import { talkToParent } from "../child";
import { rulesTimes } from "../more-rules";
import { profiler } from "../profiler";
import { PARTS_OF, VARIANTS, type Variant } from "./variants";

/** Milliseconds; what is slow for once is slow in the figures, and ends nothing. */
const PATIENCE_MS = 60_000;

/** Permits whatever it is asked; it exists in this benchmark and nowhere else. */
const PERMITTED: Decision = Object.freeze({
  outcome: "PERMIT",
  rule: "benchmark-without-rules",
  rows: [],
  citation: "",
  certainty: "PROPOSED",
  obligations: [],
  next: [],
  reason: { nl: "", en: "" },
  policySet: CURRENT_POLICY_SET,
  order: 0,
});

function deciderOf(rules: boolean, count: () => void): Decider {
  const decider: Decider = rules
    ? deciderOver(rulesTimes(Number(process.env["BENCH_RULES_TIMES"] ?? "1")))
    : {
        version: CURRENT_POLICY_SET,
        decide: () => PERMITTED,
        decideNumbered: () => PERMITTED,
        unknownKind: PERMITTED,
      };
  return {
    version: decider.version,
    unknownKind: decider.unknownKind,
    decide: (facts) => {
      count();
      return decider.decide(facts);
    },
    decideNumbered: (number, facts) => {
      count();
      return decider.decideNumbered(number, facts);
    },
  };
}

/** Reads the same records only once. */
function keepRecords(load: StateDeps["loadRecords"]): StateDeps["loadRecords"] {
  const kept = new Map<string, ReturnType<StateDeps["loadRecords"]>>();
  return async (keys) => {
    const key = JSON.stringify(keys);
    const found = kept.get(key) ?? load(keys);
    kept.set(key, found);
    return found;
  };
}

/** The same writer, which is told how long each of its writes took (ms). */
const timed = (writer: AccessLogWriter, note: (ms: number) => void): AccessLogWriter => ({
  write: async (...what) => {
    const begun = performance.now();
    await writer.write(...what);
    note(performance.now() - begun);
  },
});

/** The same pool, which waits longer for a connection, and keeps one while another gateway is measured. */
function patient(pool: Pool): Pool {
  pool.options.connectionTimeoutMillis = PATIENCE_MS;
  pool.options.idleTimeoutMillis = PATIENCE_MS;
  return pool;
}

async function run(variant: Variant): Promise<void> {
  const { rules, log, records } = PARTS_OF[variant];
  // The libraries run as in production; the data and the keys are a demo's, which the settings would refuse there.
  const settings = readGatewaySettings({ ...process.env, NODE_ENV: "demo" });
  const { region } = settings;
  const supergraph = await readFile(process.env["BENCH_SUPERGRAPH"] ?? supergraphFile(region), "utf8");
  const connectionString = settings.DATABASE_URL;
  const pool = patient(
    createPool({ connectionString, max: 20, applicationName: `bench-${variant}`, planOnce: true }),
  );
  const logPool = patient(createPool({ connectionString, max: 2, applicationName: `bench-${variant}-log` }));
  const client = createSubgraphClient({
    urls: settings.subgraphUrls,
    deadlineMs: settings.SCHAKEL_SOURCE_TIMEOUT_MS,
    signGrant: await createGrantSigner(join(settings.keysDirectory, "grant-private.jwk.json")),
  });
  let decisions = 0;
  let logWaits: number[] = [];
  const decider = deciderOf(rules, () => {
    decisions += 1;
  });
  const { loadRecords, ...otherRecords } = hubRecords(pool);
  const writer = createAccessLogWriter(logPool, { deadlineMs: PATIENCE_MS });
  const writeTasks: GatewayDeps["writeTasks"] = async (tasks) => {
    await createTasks(pool, tasks, { metCoversDays: MET_COVERS_DAYS });
  };
  const gateway = await createGateway({
    supergraph,
    index: indexSchema(supergraph),
    client,
    state: {
      loadRecords: records ? loadRecords : keepRecords(loadRecords),
      ...otherRecords,
      decider,
      holders: holdersOf(region),
    },
    signIn: createSignIn(settings.issuers, pool, { secure: settings.secureIssuers }),
    accessLog: log ? timed(writer, (ms) => logWaits.push(ms)) : { write: async () => {} },
    writeTasks: records ? writeTasks : async () => {},
    policySet: decider.version,
    introspection: false,
    names: namesOf(region),
    missing: async () => [],
    limits: limitsOf(settings),
    log: createLogger(`bench-${variant}`, settings.SCHAKEL_LOG_LEVEL),
    host: settings.SCHAKEL_HOST,
    port: settings.SCHAKEL_PORT,
  });
  talkToParent(
    gateway.url,
    {
      ...profiler(),
      decisions: () => {
        const asked = decisions;
        decisions = 0;
        return asked;
      },
      logWaits: () => {
        const waited = logWaits;
        logWaits = [];
        return waited;
      },
      processorMs: () => {
        const { user, system } = process.cpuUsage();
        return (user + system) / 1000;
      },
    },
    async () => {
      await gateway.stop();
      await client.close();
      await Promise.all([pool.end(), logPool.end()]);
    },
  );
}

const variant = VARIANTS.find((one) => one === process.argv[2]);
if (!variant) throw new Error(`Give a variant: ${VARIANTS.join(", ")}.`);
run(variant).catch((error: unknown) => {
  createLogger("bench", "error").fatal({ error }, "could not start");
  process.exit(1);
});
