// What a supergraph must satisfy before the gateway serves it; otherwise the rules could be walked around.

import { subgraphNames, type Region } from "../../shared/region/region";
import type { SchemaIndex } from "./schema-index";
import { ROOT_FIELDS } from "./root-fields";

/** What a supergraph has that the region has not, and the other way round. */
export function regionFaults({ sources }: SchemaIndex, region: Region): string[] {
  const names = subgraphNames(region);
  const advice = "npm run compose makes the supergraph of a region";
  return [
    ...names
      .filter((name) => !sources.includes(name))
      .map((name) => `${name}: is in the region and not in the supergraph; ${advice}`),
    ...sources
      .filter((name) => !names.includes(name))
      .map((name) => `${name}: is in the supergraph and not in the region; ${advice}`),
  ];
}

/** Lists every fault of a supergraph against the contract; an empty list means that it may be served. */
export function schemaFaults(index: SchemaIndex, organisations: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  for (const [type, owner] of index.dossiers) {
    for (const field of index.fields.get(type)?.values() ?? []) {
      if (!field.category) faults.push(`${type}.${field.name}: has no @category`);
      if (!field.nullable) faults.push(`${type}.${field.name}: must be nullable, since it can be withheld`);
      if (field.sources.some((source) => source !== owner)) {
        faults.push(`${type}.${field.name}: is resolved by another subgraph than its dossier`);
      }
    }
  }
  for (const type of index.subjects) {
    for (const field of index.fields.get(type)?.values() ?? []) {
      if (field.name === "id") continue;
      const owner = index.dossiers.get(field.type);
      if (!field.nullable) faults.push(`${type}.${field.name}: must be nullable, since it can be withheld`);
      if (owner === undefined && !field.category) faults.push(`${type}.${field.name}: has no @category`);
      if (field.sources.length !== 1 || (owner !== undefined && field.sources[0] !== owner)) {
        faults.push(`${type}.${field.name}: must come from exactly one subgraph`);
      }
    }
  }
  for (const root of ["Query", "Mutation"]) {
    for (const field of index.fields.get(root)?.values() ?? []) {
      if (!Object.hasOwn(ROOT_FIELDS, `${root}.${field.name}`)) {
        faults.push(
          `${root}.${field.name}: nobody has said whom it is about (gateway/federate/root-fields.ts)`,
        );
      }
      if (field.sources.some((source) => organisations.has(source))) {
        faults.push(`${root}.${field.name}: an organisation has no root fields`);
      }
    }
  }
  return faults;
}
