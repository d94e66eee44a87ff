// Batched access to families and persons: all that one request asks of a kind goes in one query.

import DataLoader from "dataloader";
import { today } from "../../../shared/kernel/plain-date";
import { toFamily, toPerson } from "../mapping/entities";
import type { Family } from "../types/family";
import type { Person } from "../types/person";
import type { FamiliesContext } from "./families-stores";
import { findFamilies, findMembers, findPersons } from "./find-families";

/** The loaders of one request. */
export interface RequestLoaders {
  readonly family: DataLoader<string, Family | null>;
  readonly person: DataLoader<string, Person | null>;
  /** Members of a family, in order of id. */
  readonly members: DataLoader<string, Person[]>;
}

// Kept by context, so that nothing read for one request is shown to another.
const loaders = new WeakMap<FamiliesContext, RequestLoaders>();

/** The loaders that belong to this request. */
export function loadersOf(context: FamiliesContext): RequestLoaders {
  const known = loaders.get(context);
  if (known) return known;
  const made = createLoaders(context);
  loaders.set(context, made);
  return made;
}

function createLoaders({ stores: { pool } }: FamiliesContext): RequestLoaders {
  return {
    family: new DataLoader(async (ids) => {
      const found = new Map((await findFamilies(pool, ids)).map((row) => [row.id, toFamily(row)]));
      return ids.map((id) => found.get(id) ?? null);
    }),
    person: new DataLoader(async (ids) => {
      const day = today();
      const found = new Map((await findPersons(pool, ids)).map((row) => [row.id, toPerson(row, day)]));
      return ids.map((id) => found.get(id) ?? null);
    }),
    members: new DataLoader(async (familyIds) => {
      const day = today();
      const found = new Map<string, Person[]>(familyIds.map((id) => [id, []]));
      for (const row of await findMembers(pool, familyIds)) found.get(row.familyId)?.push(toPerson(row, day));
      return familyIds.map((id) => found.get(id) ?? []);
    }),
  };
}
