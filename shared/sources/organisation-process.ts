// What the process of every organisation with a SQL system does: open its source to serve, or seed its demo.

import path from "node:path";
import { today } from "../kernel/plain-date";
import { neededDemo } from "../region/demo";
import { loadRegion } from "../region/region";
import type { Backing } from "../subgraph-kit/backing";
import type { SubgraphProcess } from "../subgraph-kit/run-subgraph";
import { needs, required, type SubgraphSettings } from "../subgraph-kit/settings";
import { toDemoLinks, writeDemoLinks } from "./demo-links";
import type { DemoLayout } from "./demo-records";
import { keysInFile, type PseudonymKeys } from "./pseudonym-keys";
import { seedDemo } from "./seed-demo";
import { createSqlSource } from "./sql/sql-source";
import type { SqlSystem } from "./sql/sql-system";

const keysOf = (settings: SubgraphSettings): PseudonymKeys =>
  keysInFile(path.join(settings.keysDirectory, `pseudonym-${settings.name}.json`));

/** For `checks` of runSubgraph. */
export const needsSqlSystem = {
  serve: [needs("SOURCE_DATABASE_URL")],
  seed: [needs("SOURCE_DATABASE_URL")],
} as const;

/** For `open` of runSubgraph: the organisation's source at SOURCE_DATABASE_URL. */
export function openSqlSystem<FamilyRecord, PersonRecord>(system: SqlSystem<FamilyRecord, PersonRecord>) {
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
export function seedSqlSystem<FamilyRecord, PersonRecord>(
  system: SqlSystem<FamilyRecord, PersonRecord>,
  layout: DemoLayout,
  directory: string,
) {
  return async ({ settings, log }: SubgraphProcess): Promise<void> => {
    const connectionString = required("SOURCE_DATABASE_URL", settings.SOURCE_DATABASE_URL);
    const { familyPrefix } = neededDemo(loadRegion(settings.SCHAKEL_REGION));
    const [key] = keysOf(settings).valid();
    const demo = { directory, layout, identityQuery: system.identityQuery };
    const links = toDemoLinks(key, await seedDemo(connectionString, demo, today()), familyPrefix);
    await writeDemoLinks(settings.SCHAKEL_DATA_DIR, settings.name, links);
    log.info({ families: links.length }, "demo seeded");
  };
}
