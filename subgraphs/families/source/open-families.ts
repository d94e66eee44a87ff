// Opens the register on the hub's database.

import { createPool } from "../../../shared/database/pool";
import { loadRegion } from "../../../shared/region/region";
import type { Backing } from "../../../shared/subgraph-kit/backing";
import type { SubgraphProcess } from "../../../shared/subgraph-kit/run-subgraph";
import { required } from "../../../shared/subgraph-kit/settings";
import type { FamiliesStores } from "./families-stores";

/** For `open` of runSubgraph: the register at DATABASE_URL; throws a SettingsError without it. */
export function openFamilies({ settings, log }: SubgraphProcess): Backing<FamiliesStores> {
  const pool = createPool({
    connectionString: required("DATABASE_URL", settings.DATABASE_URL),
    applicationName: `schakel-${settings.name}`,
    onIdleError: (error) => {
      log.warn({ error }, "an idle connection broke");
    },
  });
  return {
    kind: "hub",
    stores: { pool, region: loadRegion(settings.SCHAKEL_REGION) },
    ready: async () => {
      await pool.query("select from hub.family limit 1");
    },
    close: () => pool.end(),
  };
}
