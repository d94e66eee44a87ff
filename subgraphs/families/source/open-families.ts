// Opens the register on the hub's database.

import path from "node:path";
import { createPool } from "../../../shared/database/pool";
import { openConnections } from "../../../shared/mutual-tls/connections";
import { tlsFilesOf } from "../../../shared/mutual-tls/tls-settings";
import { loadRegion, type Region } from "../../../shared/region/region";
import { subgraphUrls } from "../../../shared/region/subgraph-urls";
import { keysInFile, type PseudonymKeys } from "../../../shared/sources/pseudonym-keys";
import type { Backing } from "../../../shared/subgraph-kit/backing";
import type { SubgraphProcess } from "../../../shared/subgraph-kit/run-subgraph";
import { required } from "../../../shared/subgraph-kit/settings";
import { createProbe } from "./directory/probe-organisations";
import type { FindingStores } from "./families-stores";
import { createSearchLimit } from "./search-limit";

/** How connections to the services of organisations are kept: one each is enough to ask how they are. */
const PROBE_CONNECTIONS = { connections: 1, keepAliveTimeout: 30_000 } as const;

/** Throws an error that names the file when the keys of an organisation cannot be read. */
const keysIn = (region: Region, directory: string): ReadonlyMap<string, PseudonymKeys> =>
  new Map(
    region.organisations.map(({ code }) => [
      code,
      keysInFile(path.join(directory, `pseudonym-${code}.json`)),
    ]),
  );

/**
 * For `open` of runSubgraph: the register at DATABASE_URL, with the keys of the organisations' pseudonyms, and where the
 * organisations say how they are. Throws a SettingsError without the one, an error that names the file without one of the
 * others.
 */
export async function openFamilies({ settings, log }: SubgraphProcess): Promise<Backing<FindingStores>> {
  const region = loadRegion(settings.SCHAKEL_REGION);
  const pseudonymKeys = keysIn(region, settings.keysDirectory);
  const connections = await openConnections(
    await tlsFilesOf(settings, settings.name),
    PROBE_CONNECTIONS,
    (error) => {
      log.error({ error }, "the certificate could not be read again; the one that is known goes on");
    },
  );
  const pool = createPool({
    connectionString: required("DATABASE_URL", settings.DATABASE_URL),
    applicationName: `schakel-${settings.name}`,
    onIdleError: (error) => {
      log.warn({ error }, "an idle connection broke");
    },
  });
  return {
    kind: "hub",
    stores: {
      pool,
      region,
      pseudonymKeys,
      searchLimit: createSearchLimit(pool, {
        perWorker: settings.SCHAKEL_SEARCHES_PER_WORKER,
        perOrganisation: settings.SCHAKEL_SEARCHES_PER_ORGANISATION,
      }),
      probe: createProbe(subgraphUrls(region, settings, process.env), connections),
    },
    ready: async () => {
      await pool.query("select from hub.family limit 1");
    },
    close: async () => {
      await Promise.all([pool.end(), connections.close()]);
    },
  };
}
