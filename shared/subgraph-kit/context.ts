// What resolvers get with each request: the grant, batched access to the source, and a place to say what was delivered.

import DataLoader from "dataloader";
import type { FamilyDossier, FamilyDossierData } from "../contract/dossiers/family-dossier";
import type { PersonDossier, PersonDossierData } from "../contract/dossiers/person-dossier";
import { SchakelError } from "../kernel/errors";
import type { Grant, GrantedSubject } from "../kernel/requester";
import type { OrganisationSource } from "../sources/organisation-source";
import type { Backing } from "./backing";
import { grantCategories } from "./granted-categories";

/** What kind of act a register performed on a family; the gateway records it. */
export type Act = "READ" | "SEARCH" | "CREATE" | "UPDATE";

/** A family (or one of its members) whose data left a register or was changed in it. */
export interface Delivery {
  readonly familyId: string;
  readonly personId?: string;
  readonly act: Act;
}

/** Context of every resolver. `Stores` is what a register's `open` gave; organisations have none. */
export interface SubgraphContext<Stores = unknown> {
  readonly grant: Grant;
  readonly stores: Stores;
  readonly deliveries: readonly Delivery[];
  /** Says that data of this family (and person) leave the register, or that it was changed. */
  deliver(subject: { familyId: string; personId?: string }, act?: Act): void;
  /** The organisation's dossier of a household, or null when it has none. Throws GRANT_INVALID outside the grant. */
  familyDossier<T extends FamilyDossier>(familyId: string, type: new () => T): Promise<T | null>;
  /** The organisation's dossier of a person, or null when it has none. Throws GRANT_INVALID outside the grant. */
  personDossier<T extends PersonDossier>(personId: string, type: new () => T): Promise<T | null>;
}

type Loaders = {
  readonly families: DataLoader<string, FamilyDossierData | null>;
  readonly persons: DataLoader<string, PersonDossierData | null>;
};

function loadersFor(source: OrganisationSource): Loaders {
  return {
    families: new DataLoader(async (keys) => {
      const found = await source.findFamilies(keys);
      return keys.map((key) => found.get(key) ?? null);
    }),
    persons: new DataLoader(async (keys) => {
      const found = await source.findPersons(keys);
      return keys.map((key) => found.get(key) ?? null);
    }),
  };
}

async function loadDossier<D, T extends { readonly data: D }>(
  loader: DataLoader<string, D | null> | undefined,
  subject: GrantedSubject,
  type: new () => T,
): Promise<T | null> {
  const data = await loader?.load(subject.key);
  return data ? grantCategories(Object.assign(new type(), { data }), subject.categories) : null;
}

/** A context for one request; all entities of a request share one query per kind to the source. */
export function createContext<Stores>(grant: Grant, backing: Backing<Stores>): SubgraphContext<Stores> {
  const subjects = new Map<string, GrantedSubject>(
    grant.subjects.map((one) => [`${one.type}:${one.id}`, one]),
  );
  const deliveries: Delivery[] = [];
  const loaders = backing.kind === "organisation" ? loadersFor(backing.source) : undefined;

  const granted = (type: "Family" | "Person", id: string): GrantedSubject => {
    const subject = subjects.get(`${type}:${id}`);
    if (!subject) throw new SchakelError("GRANT_INVALID", { reason: "subject not granted" });
    return subject;
  };
  return {
    grant,
    stores: (backing.kind === "hub" ? backing.stores : undefined) as Stores,
    deliveries,
    deliver: ({ familyId, personId }, act = "READ") => {
      deliveries.push({ familyId, act, ...(personId === undefined ? {} : { personId }) });
    },
    familyDossier: async (id, type) => loadDossier(loaders?.families, granted("Family", id), type),
    personDossier: async (id, type) => loadDossier(loaders?.persons, granted("Person", id), type),
  };
}
