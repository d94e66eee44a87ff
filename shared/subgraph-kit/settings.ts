// Settings of one subgraph process.

import path from "node:path";
import { z } from "zod";
import { databaseUrl } from "../database/database-setting";
import type { Environment } from "../kernel/setting-files";
import { encryptedDatabases, encryptedRedis } from "../production/connections";
import { ownKeys } from "../production/own-keys";
import { checkRegion } from "../region/named-settings";
import { portOffsets } from "../region/ports";
import { findRegion, loadRegion, subgraphNames } from "../region/region";
import { DEFAULT_GRANT_SKEW_S, LONGEST_GRANT_SKEW_S } from "../kernel/grant-claims";
import { ServiceEnvironment, keysDirectory } from "../kernel/service-settings";
import {
  milliseconds,
  port,
  readSettings,
  seconds,
  SettingsError,
  type SettingsCheck,
} from "../kernel/settings";
import { sourceSettings, wholeSource, type SourceSettingName } from "./source-settings";

const searches = (byDefault: number) =>
  z.coerce.number({ error: "a number of searches an hour" }).int().min(1).max(1_000_000).default(byDefault);

const SubgraphEnvironment = ServiceEnvironment.extend({
  SCHAKEL_SUBGRAPH_PORT: port().optional(),
  /** Which organisation this process serves, where one folder serves more; read before all others. */
  SCHAKEL_ORGANISATION: z.string().min(1).optional(),
  /** The hub's database, working role; needed by the hub's own registers. */
  DATABASE_URL: databaseUrl("a postgresql:// URL of the working role").optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: "a redis:// or rediss:// URL" }).optional(),
  ...sourceSettings,
  /** Searches by a citizen's number that one worker may make in an hour; of the register of families. */
  SCHAKEL_SEARCHES_PER_WORKER: searches(30),
  /** The same for all workers of an organisation together. */
  SCHAKEL_SEARCHES_PER_ORGANISATION: searches(300),
  SCHAKEL_WORKER_PORT: port().optional(),
  SCHAKEL_KEEPER_PORT: port().optional(),
  /** How far the clock of the gateway may be from this one. */
  SCHAKEL_GRANT_SKEW_S: seconds(DEFAULT_GRANT_SKEW_S, 0, LONGEST_GRANT_SKEW_S),
  /** Between two checkpoints of the access log, when there was traffic; under a minute, so that a minute with traffic has one. */
  SCHAKEL_CHECKPOINT_EVERY_MS: milliseconds(50_000, 55_000),
  /** Where an organisation keeps its copy of the checkpoints of the access log; `checkpoints` in the data directory. */
  SCHAKEL_CHECKPOINTS_DIR: z.string().min(1).optional(),
  /** Where an organisation writes down what left its source; `deliveries` in the data directory. */
  SCHAKEL_DELIVERIES_DIR: z.string().min(1).optional(),
  /** Node of the chain that takes messages of this organisation (docs/stuf.md). */
  SCHAKEL_STUF_URL: z.url({ protocol: /^https?$/, error: "an https:// URL" }).optional(),
  /** Folder with `ca.crt` of the chain, and `<organisation>.crt` and `<organisation>.key`, for mutual TLS with that node. */
  SCHAKEL_STUF_TLS_DIR: z.string().min(1).optional(),
  /** Secret of the UsernameToken for that node, under the organisation's OIN. */
  SCHAKEL_STUF_SECRET: z.string().min(1).optional(),
});

/** Environment of a subgraph process. */
export type SubgraphEnvironment = z.infer<typeof SubgraphEnvironment>;

/** Settings of one subgraph, with the defaults that follow from its place in the region. */
export type SubgraphSettings = SubgraphEnvironment & {
  readonly name: string;
  readonly port: number;
  readonly workerPort: number;
  readonly keeperPort: number;
  readonly keysDirectory: string;
  readonly checkpointsDirectory: string;
  readonly deliveriesDirectory: string;
};

/**
 * Reads the settings of the subgraph `name`; `checks` are those of what it is about to do. Throws a SettingsError that
 * lists every fault.
 */
export function readSubgraphSettings(
  name: string,
  env: Environment,
  checks: readonly SettingsCheck<SubgraphEnvironment>[] = [],
): SubgraphSettings {
  const checkPlace: SettingsCheck<SubgraphEnvironment> = ({ SCHAKEL_REGION }) => {
    const region = findRegion(SCHAKEL_REGION);
    return region && !subgraphNames(region).includes(name) ? [`SCHAKEL_REGION: has no subgraph ${name}`] : [];
  };
  const settings = readSettings(SubgraphEnvironment, env, [
    checkRegion,
    checkPlace,
    encryptedDatabases("DATABASE_URL", "SOURCE_DATABASE_URL"),
    encryptedRedis,
    ownKeys,
    wholeSource,
    ...checks,
  ]);
  const region = loadRegion(settings.SCHAKEL_REGION);
  const names = subgraphNames(region);
  const offsets = portOffsets(region);
  const index = names.indexOf(name);
  return {
    ...settings,
    name,
    port: settings.SCHAKEL_SUBGRAPH_PORT ?? settings.SCHAKEL_PORT + 1 + index,
    workerPort: settings.SCHAKEL_WORKER_PORT ?? settings.SCHAKEL_PORT + offsets.worker,
    keeperPort: settings.SCHAKEL_KEEPER_PORT ?? settings.SCHAKEL_PORT + offsets.keeper,
    keysDirectory: keysDirectory(settings),
    checkpointsDirectory: path.resolve(
      settings.SCHAKEL_CHECKPOINTS_DIR ?? path.join(settings.SCHAKEL_DATA_DIR, "checkpoints"),
    ),
    deliveriesDirectory: path.resolve(
      settings.SCHAKEL_DELIVERIES_DIR ?? path.join(settings.SCHAKEL_DATA_DIR, "deliveries"),
    ),
  };
}

/** For `checks` of runSubgraph: a setting that this cannot do without. */
export const needs =
  (name: "DATABASE_URL" | SourceSettingName): SettingsCheck<SubgraphEnvironment> =>
  (_valid, env) =>
    env[name] === undefined && env[`${name}_FILE`] === undefined ? [notSet(name)] : [];

/** A setting that this process cannot do without; throws a SettingsError that names it. */
export function required<T>(name: string, value: T | undefined): T {
  if (value === undefined) throw new SettingsError([notSet(name)]);
  return value;
}

const notSet = (name: string): string => `${name}: is needed by this process`;
