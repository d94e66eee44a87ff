// Opens what the resolvers stand on.

import { createPool } from "../../../shared/database/pool";
import { loadRegion } from "../../../shared/region/region";
import type { Backing } from "../../../shared/subgraph-kit/backing";
import type { SubgraphProcess } from "../../../shared/subgraph-kit/run-subgraph";
import { required } from "../../../shared/subgraph-kit/settings";
import type { ReferralStores } from "./move-referral";

/** The stores of this register; it is ready when its tables can be read. Throws a SettingsError without a database. */
export function openStores({ settings, log }: SubgraphProcess): Backing<ReferralStores> {
  const pool = createPool({
    connectionString: required("DATABASE_URL", settings.DATABASE_URL),
    applicationName: "schakel-referrals",
    onIdleError: (error) => log.warn({ error }, "database connection lost"),
  });
  return {
    kind: "hub",
    stores: { pool, region: loadRegion(settings.SCHAKEL_REGION) },
    ready: async () => {
      await pool.query("select from hub.referral limit 1");
    },
    close: () => pool.end(),
  };
}
