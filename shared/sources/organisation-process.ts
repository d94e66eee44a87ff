// What the process of every organisation does: open its source to serve, or seed its demo.

import path from "node:path";
import { today } from "../kernel/plain-date";
import { faultsOf, type SettingsCheck } from "../kernel/settings";
import { neededDemo } from "../region/demo";
import { loadRegion } from "../region/region";
import type { Backing } from "../subgraph-kit/backing";
import type { SubgraphProcess } from "../subgraph-kit/run-subgraph";
import { needs, required, type SubgraphEnvironment, type SubgraphSettings } from "../subgraph-kit/settings";
import type { SourceSettingName } from "../subgraph-kit/source-settings";
import { toDemoLinks, writeDemoLinks } from "./demo-links";
import type { DemoLayout } from "./demo-records";
import { checkDeclaredSource, openDeclaredSource, type SourceAddress, type SourceKind } from "./open-source";
import { keysInFile, type PseudonymKeys } from "./pseudonym-keys";
import { seedDemo, type Demo } from "./seed-demo";
import { createSqlSource } from "./sql/sql-source";
import type { SqlSystem } from "./sql/sql-system";

const keysOf = (settings: SubgraphSettings): PseudonymKeys =>
  keysInFile(path.join(settings.keysDirectory, `pseudonym-${settings.name}.json`));

type Checks = Readonly<Record<"serve" | "seed", readonly SettingsCheck<SubgraphEnvironment>[]>>;

/** For `checks` of runSubgraph. */
export const needsSqlSystem: Checks = {
  serve: [needs("SOURCE_DATABASE_URL")],
  seed: [needs("SOURCE_DATABASE_URL")],
};

/** For `open` of runSubgraph: the organisation's source at SOURCE_DATABASE_URL. */
export function openSqlSystem(system: SqlSystem) {
  return async ({ settings, log }: SubgraphProcess): Promise<Backing<undefined>> => ({
    kind: "organisation",
    source: createSqlSource(system, {
      connectionString: required("SOURCE_DATABASE_URL", settings.SOURCE_DATABASE_URL),
      pseudonymKey: keysOf(settings),
      log,
    }),
  });
}

/** For the command `seed` of runSubgraph: fills SOURCE_DATABASE_URL with the demo and writes its links for the hub. */
export function seedSqlSystem(system: SqlSystem, layout: DemoLayout, directory: string, cases?: string) {
  return seedSystem({ directory, layout, cases, identityQuery: system.identityQuery });
}

/** The setting that a source of a kind cannot do without. */
const NEEDED: Readonly<Record<SourceKind, SourceSettingName>> = {
  sql: "SOURCE_DATABASE_URL",
  rest: "SOURCE_URL",
  soap: "SOURCE_URL",
  files: "SOURCE_FOLDER",
};

/** For `checks` of runSubgraph: the mapping file has no fault, and what its kind of source needs is set. */
export function needsDeclared(mappingFile: string): Checks {
  const checkDeclared: SettingsCheck<SubgraphEnvironment> = (valid, env) => {
    let kind: SourceKind | undefined;
    const faults = faultsOf(() => {
      kind = checkDeclaredSource(mappingFile);
    });
    return kind === undefined ? faults : needs(NEEDED[kind])(valid, env);
  };
  return { serve: [checkDeclared], seed: [needs("SOURCE_DATABASE_URL")] };
}

/** For `open` of runSubgraph: the source that the mapping file declares, at the address of the settings. */
export function openDeclared(mappingFile: string) {
  return async ({ settings, log }: SubgraphProcess): Promise<Backing<undefined>> => ({
    kind: "organisation",
    source: await openDeclaredSource(mappingFile, {
      address: addressOf(settings),
      pseudonymKey: keysOf(settings),
      log,
    }),
  });
}

function addressOf(settings: SubgraphSettings): SourceAddress {
  const { SOURCE_TOKEN_URL: tokenUrl, SOURCE_CLIENT_ID: id, SOURCE_CLIENT_SECRET: secret } = settings;
  const { SOURCE_USER: name, SOURCE_PASSWORD: password } = settings;
  return {
    databaseUrl: settings.SOURCE_DATABASE_URL,
    url: settings.SOURCE_URL,
    folder: settings.SOURCE_FOLDER,
    ...(tokenUrl && id && secret ? { client: { tokenUrl, id, secret } } : {}),
    ...(name && password ? { user: { name, password } } : {}),
  };
}

/**
 * For the command `seed` of runSubgraph: fills the database of the organisation's own system (SOURCE_DATABASE_URL) with
 * the demo, whatever that system offers to others, and writes its links for the hub.
 */
export function seedSystem(demo: Demo) {
  return async ({ settings, log }: SubgraphProcess): Promise<void> => {
    const connectionString = required("SOURCE_DATABASE_URL", settings.SOURCE_DATABASE_URL);
    const { familyPrefix } = neededDemo(loadRegion(settings.SCHAKEL_REGION));
    const [key] = keysOf(settings).valid();
    const links = toDemoLinks(key, await seedDemo(connectionString, demo, today()), familyPrefix);
    await writeDemoLinks(settings.SCHAKEL_DATA_DIR, settings.name, links);
    log.info({ families: links.length }, "demo seeded");
  };
}
