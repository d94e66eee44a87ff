// Composes the schemas of the subgraphs into the supergraph that the gateway serves.

import { composeServices } from "@apollo/composition";
import { parse } from "graphql";
import { schemaFaults } from "./check-schema";
import { indexSchema } from "./schema-index";

/** A supergraph that cannot be served: the faults, one a line. */
export class CompositionError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`The schemas do not compose:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
    this.name = "CompositionError";
    this.faults = faults;
  }
}

/** Composes and checks; throws a CompositionError that lists every fault. The order of the schemas does not matter. */
export function composeSupergraph(
  schemas: Readonly<Record<string, string>>,
  organisations: ReadonlySet<string>,
): string {
  const services = Object.entries(schemas)
    .toSorted(([one], [other]) => one.localeCompare(other))
    // Where a subgraph answers is a setting of each gateway; a supergraph without any address is warned about.
    .map(([name, sdl]) => ({ name, url: `http://${name}.invalid/graphql`, typeDefs: parse(sdl) }));
  const result = composeServices(services);
  if (result.errors) throw new CompositionError(result.errors.map((error) => error.message));
  const faults = schemaFaults(indexSchema(result.supergraphSdl), organisations);
  if (faults.length > 0) throw new CompositionError(faults);
  return `${result.supergraphSdl.trim()}\n`;
}
