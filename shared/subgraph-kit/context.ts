// What resolvers get with each request: the grant, batched access to the source, and a place to say what was delivered.

import DataLoader from "dataloader";
import type { FamilyDossier, FamilyDossierData } from "../contract/dossiers/family-dossier";
import type { PersonDossier, PersonDossierData } from "../contract/dossiers/person-dossier";
import { SchakelError } from "../kernel/errors";
import type { OwnWord } from "../kernel/own-word";
import type { Grant, GrantedSubject, SourceQuestion } from "../kernel/requester";
import type { OrganisationSource } from "../sources/organisation-source";
import type { Backing } from "./backing";
import { RequestDeliveries } from "./deliveries/request-deliveries";
import { tieDossier } from "./granted-categories";
import { NO_LOCAL_RULES, type LocalRuling, type Refusals } from "./local-rules";
import { tellOwnWord } from "./own-word";

/** What kind of act a register performed on a family; the gateway records it. */
export type Act = "READ" | "SEARCH" | "CREATE" | "UPDATE";

/** A family (or one of its members) whose data left a register or was changed in it. */
export interface Delivery {
  readonly familyId: string;
  readonly personId?: string;
  readonly act: Act;
}

/** In which of the organisation's own cases a person stands; and what it has of the person, where the grant asks that. */
export interface PersonCase extends OwnWord {
  readonly id: string;
  readonly caseReference: string;
}

/** Context of every resolver. `Stores` is what a register's `open` gave; organisations have none. */
export interface SubgraphContext<Stores = unknown> {
  readonly grant: Grant;
  readonly stores: Stores;
  readonly deliveries: readonly Delivery[];
  /** What a register wants to have asked of organisations first: one at most. It is asked again, with the answers. */
  readonly questions: readonly SourceQuestion[];
  /** The cases of the people for whom the grant asks that; of an organisation. */
  readonly cases: readonly PersonCase[];
  /** What left an organisation's source; becomes its delivery record. */
  readonly taken: RequestDeliveries;
  /** Says that data of this family (and person) leave the register, or that it was changed. */
  deliver(subject: { familyId: string; personId?: string }, act?: Act): void;
  /** Has organisations asked about somebody; what the resolver gives beside it is not used. */
  askFirst(question: SourceQuestion): void;
  /**
   * The organisation's dossier of a household, or null when it has none. Throws GRANT_INVALID outside the grant, and
   * SOURCE_REFUSED where the organisation's own rules refuse all that is granted of it.
   */
  familyDossier<T extends FamilyDossier>(familyId: string, type: new () => T): Promise<T | null>;
  /** The same of a person. */
  personDossier<T extends PersonDossier>(personId: string, type: new () => T): Promise<T | null>;
}

type Loaders = {
  readonly families: DataLoader<string, FamilyDossierData | null>;
  readonly persons: DataLoader<string, PersonDossierData | null>;
};

/** An error among what was found is of its key alone: DataLoader rejects that one, and gives the others. */
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

interface Marked {
  readonly marks?: readonly string[];
}

/** Throws SOURCE_REFUSED when everything that is granted of a subject is refused. */
function refuseWhole({ categories }: GrantedSubject, refused: Refusals): void {
  const [reason] = categories.map((category) => refused.get(category));
  if (reason !== undefined && categories.every((category) => refused.has(category))) {
    throw new SchakelError("SOURCE_REFUSED", { reason });
  }
}

interface DossierRequest<D> {
  readonly loader: DataLoader<string, D | null> | undefined;
  readonly ruling: LocalRuling;
  readonly subject: GrantedSubject;
  readonly taken: RequestDeliveries;
  /** Told when the dossier is there and may be given. */
  readonly found?: (data: D) => void;
}

async function loadDossier<D extends Marked, T extends { readonly data: D }>(
  request: DossierRequest<D>,
  type: new () => T,
): Promise<T | null> {
  const { taken, subject } = request;
  try {
    return await findDossier(request, type);
  } catch (error) {
    if (error instanceof SchakelError && error.code === "SOURCE_REFUSED") taken.refusedWhole(subject);
    else taken.failed(subject);
    throw error;
  }
}

async function findDossier<D extends Marked, T extends { readonly data: D }>(
  { loader, ruling, subject, taken, found }: DossierRequest<D>,
  type: new () => T,
): Promise<T | null> {
  const { key, categories } = subject;
  const onRequest = ruling.onRequest(subject);
  // Nothing may leave, so nothing is looked up.
  refuseWhole(subject, onRequest);
  const data = await loader?.load(key);
  if (!data) {
    taken.answered(subject, onRequest.keys());
    const mayBeKnown = categories.includes("INVOLVEMENT") && !onRequest.has("INVOLVEMENT");
    // Where it may not be known whether there is a dossier, a refusal looks alike without one.
    return onRequest.size === 0 || mayBeKnown ? null : tieDossier(new type(), categories, onRequest, true);
  }
  const refused = new Map([...ruling.onRecord(subject, data.marks ?? []), ...onRequest]);
  refuseWhole(subject, refused);
  taken.answered(subject, refused.keys());
  found?.(data);
  return tieDossier(Object.assign(new type(), { data }), categories, refused);
}

/**
 * A context for one request; all entities of a request share one query per kind to the source. `ruling` is what the
 * organisation's own rules say of the grant.
 */
export function createContext<Stores>(
  grant: Grant,
  backing: Backing<Stores>,
  ruling: LocalRuling = NO_LOCAL_RULES,
): SubgraphContext<Stores> {
  const subjects = new Map<string, GrantedSubject>(
    grant.subjects.map((one) => [`${one.type}:${one.id}`, one]),
  );
  const deliveries: Delivery[] = [];
  const cases: PersonCase[] = [];
  const questions: SourceQuestion[] = [];
  const taken = new RequestDeliveries();
  const loaders = backing.kind === "organisation" ? loadersFor(backing.source) : undefined;

  const granted = (type: "Family" | "Person", id: string): GrantedSubject => {
    const subject = subjects.get(`${type}:${id}`);
    if (!subject) throw new SchakelError("GRANT_INVALID", { reason: "subject not granted" });
    return subject;
  };
  const noteCase = (subject: GrantedSubject, data: PersonDossierData): void => {
    const { id, key, withCase, withBirthDate } = subject;
    const people = backing.kind === "organisation" && withCase === true ? backing.source.people : undefined;
    const caseReference = people?.caseOf(key);
    if (caseReference === undefined) return;
    const word = withBirthDate === true ? tellOwnWord(data, subject, ruling, taken) : {};
    cases.push({ id, caseReference, ...word });
  };
  return {
    grant,
    stores: (backing.kind === "hub" ? backing.stores : undefined) as Stores,
    deliveries,
    deliver: ({ familyId, personId }, act = "READ") => {
      deliveries.push({ familyId, act, ...(personId === undefined ? {} : { personId }) });
    },
    questions,
    cases,
    askFirst: (asked) => {
      questions.push(asked);
    },
    taken,
    familyDossier: async (id, type) =>
      loadDossier({ loader: loaders?.families, ruling, taken, subject: granted("Family", id) }, type),
    personDossier: async (id, type) => {
      const subject = granted("Person", id);
      const found = (data: PersonDossierData): void => noteCase(subject, data);
      return loadDossier({ loader: loaders?.persons, ruling, taken, subject, found }, type);
    },
  };
}
