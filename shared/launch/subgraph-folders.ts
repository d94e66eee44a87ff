// For readSettings: is there code for every subgraph of the region that is started here?

import { existsSync } from "node:fs";
import path from "node:path";
import { faultsOf, type SettingsCheck } from "../kernel/settings";
import { findRegion, subgraphFolder, subgraphNames } from "../region/region";
import { subgraphsElsewhere } from "../region/subgraph-urls";

const SUBGRAPHS = path.join(__dirname, "..", "..", "subgraphs");

/** A subgraph without a folder, that answers at no address elsewhere, is a fault. */
export const checkSubgraphFolders: SettingsCheck<{ readonly SCHAKEL_REGION?: string }> = (
  { SCHAKEL_REGION },
  env,
) => {
  const region = findRegion(SCHAKEL_REGION);
  if (!region || faultsOf(() => subgraphsElsewhere(region, env)).length > 0) return [];
  const elsewhere = subgraphsElsewhere(region, env);
  return subgraphNames(region)
    .filter((name) => !elsewhere.has(name) && !existsSync(path.join(SUBGRAPHS, subgraphFolder(region, name))))
    .map(
      (name) =>
        `SCHAKEL_REGION: there is no folder subgraphs/${subgraphFolder(region, name)} for ${name}, and no address (url) where it answers`,
    );
};
