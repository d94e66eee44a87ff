// Where the schemas of a region are committed: of each subgraph, and of all of them together.

import { existsSync } from "node:fs";
import path from "node:path";
import { subgraphFolder, type Region } from "../../shared/region/region";

/** `gateway/federate` in the checkout and in dist alike. */
const SUBGRAPHS = path.resolve(__dirname, "..", "..", "subgraphs");
const SUPERGRAPH_FILE = "supergraph.graphql";

/** The schema of a subgraph: in its own folder, or, where its folder serves more than one, with the region. */
export function schemaFile(region: Region, name: string): string {
  const shared = subgraphFolder(region, name) !== name && region.folder !== undefined;
  const folder = shared ? path.join(region.folder, "organisations", name) : path.join(SUBGRAPHS, name);
  return path.join(folder, "schema.graphql");
}

/** The supergraph of a region: in its folder, or else that of the region that is used when none is named. */
export function supergraphFile({ folder }: Pick<Region, "folder">): string {
  const own = folder === undefined ? undefined : path.join(folder, SUPERGRAPH_FILE);
  return own !== undefined && existsSync(own) ? own : path.join(__dirname, SUPERGRAPH_FILE);
}

/** Where `npm run compose` writes the supergraph of a region that comes with the hub. */
export const writtenSupergraph = (region: Region, isDefault: boolean): string =>
  path.join(isDefault || region.folder === undefined ? __dirname : region.folder, SUPERGRAPH_FILE);
