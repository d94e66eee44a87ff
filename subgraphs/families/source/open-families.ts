// Opens the register on the hub's database.

import path from "node:path";
import { createPool } from "../../../shared/database/pool";
import { loadRegion, type Region } from "../../../shared/region/region";
import { readPseudonymKey, type PseudonymKey } from "../../../shared/sources/pseudonym";
import type { Backing } from "../../../shared/subgraph-kit/backing";
import type { SubgraphProcess } from "../../../shared/subgraph-kit/run-subgraph";
import { required } from "../../../shared/subgraph-kit/settings";
import type { FindingStores } from "./families-stores";

/** Throws an error that names the file when the key of an organisation cannot be read. */
async function readKeys(region: Region, directory: string): Promise<ReadonlyMap<string, PseudonymKey>> {
  const keys = region.organisations.map(async ({ code }): Promise<[string, PseudonymKey]> => [
    code,
    await readPseudonymKey(path.join(directory, `pseudonym-${code}.json`)),
  ]);
  return new Map(await Promise.all(keys));
}

/**
 * For `open` of runSubgraph: the register at DATABASE_URL, with the keys of the organisations' pseudonyms. Throws a
 * SettingsError without the one, an error that names the file without one of the others.
 */
export async function openFamilies({ settings, log }: SubgraphProcess): Promise<Backing<FindingStores>> {
  const region = loadRegion(settings.SCHAKEL_REGION);
  const pseudonymKeys = await readKeys(region, settings.keysDirectory);
  const pool = createPool({
    connectionString: required("DATABASE_URL", settings.DATABASE_URL),
    applicationName: `schakel-${settings.name}`,
    onIdleError: (error) => {
      log.warn({ error }, "an idle connection broke");
    },
  });
  return {
    kind: "hub",
    stores: { pool, region, pseudonymKeys },
    ready: async () => {
      await pool.query("select from hub.family limit 1");
    },
    close: () => pool.end(),
  };
}
