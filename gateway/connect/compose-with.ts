// The supergraph with one subgraph changed or added, out of the schemas that are committed.

import { existsSync, readFileSync } from "node:fs";
import { subgraphFolders, type Region } from "../../shared/region/region";
import { CompositionError, composeSupergraph } from "../federate/compose";
import { schemaFile, schemasOf } from "../federate/schema-files";

/** The schemas that are committed for a region, by subgraph; one that has none yet is absent. */
export function committedSchemas(region: Region): Record<string, string> {
  const schemas = subgraphFolders(region).flatMap((folder) => {
    const file = schemaFile(folder);
    return existsSync(file) ? [[folder, readFileSync(file, "utf8")] as const] : [];
  });
  return schemasOf(region, new Map(schemas));
}

/** The supergraph of these schemas, or every fault that keeps it from being served. */
export function compose(
  schemas: Readonly<Record<string, string>>,
  region: Region,
): { readonly supergraph: string } | { readonly faults: readonly string[] } {
  try {
    const organisations = new Set(region.organisations.map((one) => one.code as string));
    return { supergraph: composeSupergraph(schemas, organisations) };
  } catch (error) {
    if (error instanceof CompositionError) return { faults: error.faults };
    throw error;
  }
}
