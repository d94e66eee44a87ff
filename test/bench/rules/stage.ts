// Everything that a view needs: a database, issuers of tokens, five organisations, the register of families on that
// database, and one gateway for each variant.

import { join } from "node:path";
import { Pool } from "pg";
import { loadFamilyRecords, type FamilyRecord } from "../../../shared/database/family-records";
import { settingName } from "../../../shared/kernel/service-settings";
import { untilReady } from "../../../shared/launch/await-ready";
import { DEFAULT_REGION, loadRegion, type Region } from "../../../shared/region/region";
import { freePort } from "../../kit/free-ports";
import type { BenchOptions } from "../kit/benchmark";
import { startChild, startTalkingChild, type TalkingChild } from "../kit/child";
import { startBenchDatabase, type BenchDatabase } from "../kit/hub-database";
import { startBenchIssuer, type BenchIssuer } from "../kit/issuer";
import { createParts, type Parts } from "../kit/parts";
import { DIST } from "../kit/project";
import { ALL_PERMITTED, writeFamilies } from "./families";
import { VARIANTS, type Variant } from "./variants";

/** Deadlines are not what is measured: on a busy machine a start, or an answer, takes its time. */
const PATIENCE_MS = 60_000;
const REGISTER = "families";

/** What is there to ask. */
export interface Stage {
  readonly region: Region;
  /** What the hub has of the family of which everything may be seen. */
  readonly record: FamilyRecord;
  readonly issuer: BenchIssuer;
  readonly gateways: Readonly<Record<Variant, TalkingChild>>;
  readonly sources: TalkingChild;
  readonly stop: () => Promise<void>;
}

type Environment = Readonly<Record<string, string>>;

/** Starts all of it; rejects, with everything stopped, when something cannot start. */
export async function startStage(options: BenchOptions): Promise<Stage> {
  const parts = createParts();
  try {
    return await startParts(parts, options);
  } catch (error) {
    await parts.stop();
    throw error;
  }
}

async function startParts(parts: Parts, { plantDifference, signal }: BenchOptions): Promise<Stage> {
  const region = loadRegion(DEFAULT_REGION);
  const database = await parts.keep(startBenchDatabase(region));
  const owner = new Pool({ connectionString: database.ownerUrl, max: 1 });
  let record: FamilyRecord | undefined;
  try {
    await writeFamilies(owner, region, plantDifference);
    [record] = await loadFamilyRecords(owner, { familyIds: [ALL_PERMITTED.familyId], personIds: [] });
  } finally {
    await owner.end();
  }
  const issuer = await parts.keep(startBenchIssuer(region, database.keysDirectory));
  const sources = await parts.keep(
    startTalkingChild({ name: "the sources", script: join(__dirname, "sources-process.js") }),
  );
  const registerPort = String(await freePort());
  const env = environmentOf(database, issuer, {
    ...(sources.ready as Record<string, string>),
    [REGISTER]: `http://127.0.0.1:${registerPort}/graphql`,
  });
  await parts.keep(startRegister(env, registerPort));
  const gateways = await parts.keepAll(VARIANTS.map(async (variant) => startGateway(variant, env)));
  await untilReady(
    [{ name: REGISTER, readyUrl: `http://127.0.0.1:${registerPort}/ready` }],
    PATIENCE_MS,
    signal,
  );
  if (!record) throw new Error("The family that was written is not there.");
  return {
    region,
    record,
    issuer,
    sources,
    gateways: Object.fromEntries(VARIANTS.map((variant, index) => [variant, gateways[index]])) as Record<
      Variant,
      TalkingChild
    >,
    stop: parts.stop,
  };
}

const startRegister = async (env: Environment, port: string) =>
  startChild({
    script: join(DIST, "subgraphs", REGISTER, "main.js"),
    env: { ...env, SCHAKEL_SUBGRAPH_PORT: port },
  });

const startGateway = async (variant: Variant, env: Environment): Promise<TalkingChild> =>
  startTalkingChild({
    name: `the gateway (${variant})`,
    script: join(__dirname, "gateway-process.js"),
    args: [variant],
    env: { ...env, SCHAKEL_PORT: String(await freePort()) },
  });

/** The settings that a gateway and a register read, as on a real server. `urls`: subgraph -> where it answers. */
function environmentOf(
  { folder, keysDirectory, workingUrl }: BenchDatabase,
  { baseUrl }: BenchIssuer,
  urls: Readonly<Record<string, string>>,
): Environment {
  return {
    NODE_ENV: "production",
    DATABASE_URL: workingUrl,
    SCHAKEL_DATA_DIR: folder,
    SCHAKEL_KEYS_DIR: keysDirectory,
    SCHAKEL_REGION: DEFAULT_REGION,
    SCHAKEL_HOST: "127.0.0.1",
    SCHAKEL_LOG_LEVEL: "warn",
    SCHAKEL_SOURCE_TIMEOUT_MS: String(PATIENCE_MS),
    SCHAKEL_ISSUER_URL: baseUrl,
    ...Object.fromEntries(
      Object.entries(urls).map(([name, url]) => [`SCHAKEL_SUBGRAPH_URL_${settingName(name)}`, url]),
    ),
  };
}
