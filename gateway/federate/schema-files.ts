// Where the schemas are committed: of each folder of subgraphs/, and the supergraph of each region.

import { existsSync } from "node:fs";
import path from "node:path";
import {
  DEFAULT_REGION,
  loadRegion,
  subgraphFolder,
  subgraphNames,
  typePrefix,
  type Region,
} from "../../shared/region/region";

/** `gateway/federate` in the checkout and in dist alike. */
const SUBGRAPHS = path.resolve(__dirname, "..", "..", "subgraphs");
const SUPERGRAPH_FILE = "supergraph.graphql";

/** The schema of what a folder serves. */
export const schemaFile = (folder: string): string => path.join(SUBGRAPHS, folder, "schema.graphql");

/** The supergraph of a region: in its folder, or else that of the region that is used when none is named. */
export function supergraphFile({ folder }: Pick<Region, "folder">): string {
  const own = folder === undefined ? undefined : path.join(folder, SUPERGRAPH_FILE);
  return own !== undefined && existsSync(own) ? own : writtenSupergraph(loadRegion(DEFAULT_REGION));
}

/** Where `npm run compose` writes the supergraph of a region. Throws a RangeError when the region has no folder. */
export function writtenSupergraph({ code, folder }: Pick<Region, "code" | "folder">): string {
  if (folder === undefined) throw new RangeError(`The region ${code} has no folder for its supergraph.`);
  return path.join(folder, SUPERGRAPH_FILE);
}

/**
 * Subgraph of the region -> its schema, out of those of the folders; a subgraph of a folder without one is absent. A folder
 * that serves more than one organisation says in its own name what they have in common.
 */
export function schemasOf(region: Region, schemas: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(
    subgraphNames(region).flatMap((name) => {
      const folder = subgraphFolder(region, name);
      const schema = schemas.get(folder);
      if (schema === undefined) return [];
      const organisation = region.organisations.find((one) => (one.code as string) === name);
      if (!organisation || folder === name) return [[name, schema]];
      return [[name, inTheNameOf(organisation, folder, schema)]];
    }),
  );
}

function inTheNameOf(
  { code, field, name }: Region["organisations"][number],
  folder: string,
  sdl: string,
): string {
  return sdl
    .replaceAll(new RegExp(`\\b${typePrefix(folder)}(?=(Family|Person)Dossier\\b)`, "g"), typePrefix(code))
    .replaceAll(new RegExp(`^(\\s+)${folder}:`, "gm"), `$1${field}:`)
    .replaceAll(`What ${folder} holds about`, `What ${name} holds about`);
}
