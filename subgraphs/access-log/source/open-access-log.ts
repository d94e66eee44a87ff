// Opens the register on the hub's database.

import { openRuleBook } from "../../../shared/access-log/rule-words/rule-words";
import { createPool } from "../../../shared/database/pool";
import { loadRegion } from "../../../shared/region/region";
import type { Backing } from "../../../shared/subgraph-kit/backing";
import type { SubgraphProcess } from "../../../shared/subgraph-kit/run-subgraph";
import { required } from "../../../shared/subgraph-kit/settings";
import type { AccessLogStores } from "./access-log-stores";

/** For `open` of runSubgraph: the log at DATABASE_URL, to read; throws a SettingsError without it. */
export function openAccessLog({ settings, log }: SubgraphProcess): Backing<AccessLogStores> {
  const pool = createPool({
    connectionString: required("DATABASE_URL", settings.DATABASE_URL),
    applicationName: `schakel-${settings.name}`,
    onIdleError: (error) => {
      log.warn({ error }, "an idle connection broke");
    },
  });
  return {
    kind: "hub",
    stores: { pool, region: loadRegion(settings.SCHAKEL_REGION), rules: openRuleBook() },
    ready: async () => {
      await pool.query("select from access_log.entry limit 1");
    },
    close: () => pool.end(),
  };
}
