// Fetches of entities: each subject x category is decided, subjects with the same permissions travel together, a
// subject that the source is not linked to is not asked about at all. Fetches of one request that are ready at the same
// moment go to their source as one request.

import { fitOfObject } from "./answer-fit";
import { entitiesQuery, reduceEntities, type EntityFetch } from "./fetch-shape";
import { typeNamer } from "./name-types";
import type { Category } from "../../shared/kernel/codes";
import type { FetchDeps, FetchResult, PlannedFetch } from "./planned-fetch";
import { readEntities, type Group, type ReadAnswer, type ReducedQuery } from "./read-entities";
import { dossiersIn } from "./read-refusals";
import type { SubjectKey } from "./request-state";
import type { Absence } from "./unavailable";
import { onlyThese, usedVariables } from "./variables";

/** What is left of a fetch for subjects with the same permissions. */
type Reduced = ReturnType<typeof reduceEntities>;

interface Representation {
  readonly __typename: "Family" | "Person";
  readonly id: string;
}

type Fetch = PlannedFetch<EntityFetch>;

/** A fetch that was decided on: what may be asked, and the entities that the answer will be put into. */
export interface DecidedFetch {
  readonly fetch: Fetch;
  /** One object per representation, empty until something comes. */
  readonly entities: Record<string, unknown>[];
  readonly groups: readonly Group[];
}

const OPERATION = "view";
/** Reduced queries kept per plan fetch; a fetch has few distinct sets of permissions. */
const MAX_QUERIES = 500;
const queries = new WeakMap<EntityFetch, Map<string, ReducedQuery>>();
const left = new WeakMap<EntityFetch, Map<string, Reduced>>();
const numbers = new WeakMap<EntityFetch, number>();
let lastNumber = 0;

/** A number of its own for each fetch of a plan. */
function numberOf(shape: EntityFetch): number {
  const known = numbers.get(shape);
  if (known !== undefined) return known;
  lastNumber += 1;
  numbers.set(shape, lastNumber);
  return lastNumber;
}

function readRepresentations(
  variables: Readonly<Record<string, unknown>>,
  deps: FetchDeps,
): Representation[] {
  const list = variables["representations"] as readonly Partial<Representation>[];
  return list.map((one) => {
    if (!one.__typename || !deps.index.subjects.includes(one.__typename) || typeof one.id !== "string") {
      throw new Error("A fetch asks for an entity that is no subject.");
    }
    return { __typename: one.__typename, id: one.id };
  });
}

/** Decides about every representation and sorts the ones that may be asked into groups. */
function groupByPermission(
  deps: FetchDeps,
  fetch: Fetch,
  representations: readonly Representation[],
  entities: Record<string, unknown>[],
): Group[] {
  const groups = new Map<string, Group>();
  for (const [position, { __typename: type, id }] of representations.entries()) {
    const subject: SubjectKey = { type, id };
    const access = fetch.state.ledger.access(fetch.state.ledgerSubject(subject), deps.source, OPERATION);
    const permitted: Category[] = [];
    for (const category of fetch.shape.categories.get(type) ?? []) {
      const decision = fetch.state.decide(subject, deps.source, category);
      fetch.state.ledger.decided(access, category, decision);
      if (decision.outcome === "PERMIT") permitted.push(category);
    }
    const key = fetch.state.keyAt(subject, deps.source);
    if (key === undefined) {
      // Nothing is asked; that the organisation does not know the subject is all that can be learnt. It learns nothing
      // itself either, not even by work that follows.
      if (permitted.includes("INVOLVEMENT")) {
        const decision = fetch.state.decide(subject, deps.source, "INVOLVEMENT");
        fetch.state.ledger.decided(access, "INVOLVEMENT", { ...decision, obligations: [] });
        fetch.state.ledger.delivered(access, ["INVOLVEMENT"]);
      }
      continue;
    }
    if (permitted.length === 0) continue;
    const name = `${type}|${permitted.join(",")}`;
    const group = groups.get(name) ?? { name, type, permitted: new Set(permitted), members: [] };
    group.members.push({ position, entities, granted: { type, id, key, categories: permitted }, access });
    groups.set(name, group);
  }
  return [...groups].toSorted(([one], [other]) => one.localeCompare(other)).map(([, group]) => group);
}

const nameOf = ({ fetch, groups }: DecidedFetch): string =>
  `${numberOf(fetch.shape)}:${groups.map(({ name }) => name).join(";")}`;

/** What may be asked of a fetch for a group; made once for each set of permissions. */
function reducedFor(deps: FetchDeps, shape: EntityFetch, { type, permitted, name }: Group): Reduced {
  const known = left.get(shape) ?? new Map<string, Reduced>();
  left.set(shape, known);
  const found = known.get(name);
  if (found) return found;
  const made = reduceEntities(shape, deps.index, type, permitted);
  if (known.size >= MAX_QUERIES) known.clear();
  known.set(name, made);
  return made;
}

/** The query for these fetches together; `first` is one of them, and keeps it. */
function queryFor(deps: FetchDeps, first: EntityFetch, decided: readonly DecidedFetch[]): ReducedQuery {
  const known = queries.get(first) ?? new Map<string, ReducedQuery>();
  queries.set(first, known);
  const name = decided.map(nameOf).join(" ");
  const cached = known.get(name);
  if (cached) return cached;
  const asked = decided.flatMap(({ fetch, groups }) =>
    groups.map((group) => ({ type: group.type, selections: reducedFor(deps, fetch.shape, group) })),
  );
  const selections = asked.map((one) => one.selections);
  const made = {
    text: entitiesQuery(
      decided.map(({ fetch }) => fetch.shape),
      selections,
    ),
    variables: usedVariables(selections.flat()),
    fits: asked.map((one) => fitOfObject(deps.index, one.type, one.selections)),
    dossiers: asked.map((one) => dossiersIn(deps.index, one.type, one.selections)),
    namers: asked.map((one) => typeNamer(deps.index, one.type, one.selections)),
  };
  if (known.size >= MAX_QUERIES) known.clear();
  known.set(name, made);
  return made;
}

function fail(deps: FetchDeps, { state }: Fetch, groups: readonly Group[], absence: Absence): void {
  state.unavailable.set(deps.source, absence);
  for (const { access } of groups.flatMap((group) => group.members)) state.ledger.unavailable(access);
  const { cause } = absence;
  deps.log.warn({ source: deps.source, traceId: state.asking.traceId, cause }, "source gave nothing");
}

/** Notes what the source refused: the hub's decision stays on record, and the source's beside it. */
function noteRefusals({ source }: FetchDeps, { state }: Fetch, { refusals }: ReadAnswer): void {
  for (const { member, category, reason } of refusals) {
    const { granted, access } = member;
    // Only that there is a dossier can have shown before.
    if (access.delivered.has(category)) continue;
    state.refusals.note(granted, source, category, reason);
    const decision = state.decide(granted, source, category);
    state.ledger.decided(access, category, state.refusals.stricter(decision, granted, source, category));
  }
}

/** Decides what of a fetch may be asked. Rejects with RECORD_UNAVAILABLE when the records cannot be read. */
export async function decideFetch(deps: FetchDeps, fetch: Fetch): Promise<DecidedFetch> {
  const representations = readRepresentations(fetch.variables, deps);
  await fetch.state.load(representations.map(({ __typename: type, id }) => ({ type, id })));
  const entities: Record<string, unknown>[] = representations.map(() => ({}));
  const groups = groupByPermission(deps, fetch, representations, entities).filter((group) => {
    if (reducedFor(deps, fetch.shape, group).length > 0) return true;
    // Nothing is left to ask; that there is a dossier shows all the same.
    for (const { access } of group.members) fetch.state.ledger.delivered(access, group.permitted);
    return false;
  });
  return { fetch, entities, groups };
}

/** Asks the source for some fetches of one request at once, which are about different subjects, and fills their entities. */
export async function askTogether(deps: FetchDeps, decided: readonly DecidedFetch[]): Promise<void> {
  const [first] = decided;
  const groups = decided.flatMap((one) => one.groups);
  if (!first || groups.length === 0) return;
  const until = deps.inMaintenance(deps.source);
  if (until) {
    fail(deps, first.fetch, groups, { cause: "MAINTENANCE", until });
    return;
  }
  const { state } = first.fetch;
  const query = queryFor(deps, first.fetch.shape, decided);
  const variables: Record<string, unknown> = {};
  for (const { fetch } of decided) Object.assign(variables, onlyThese(fetch.variables, query.variables));
  for (const [number, group] of groups.entries()) {
    variables[`_schakel_r${number}`] = group.members.map(({ granted }) => ({
      __typename: granted.type,
      id: granted.id,
    }));
  }
  const { requester, purpose, traceId } = state.asking;
  const answer = await deps.client.ask(deps.source, {
    query: query.text,
    variables,
    grant: {
      requester,
      purpose,
      traceId,
      subjects: groups.flatMap((one) => one.members.map((m) => m.granted)),
    },
  });
  const given = readEntities(state, deps.source, { groups, query, answer });
  if (typeof given === "string") {
    fail(deps, first.fetch, groups, { cause: given });
    return;
  }
  noteRefusals(deps, first.fetch, given);
  for (const [number, { members, permitted }] of groups.entries()) {
    for (const [index, { position, entities, granted, access }] of members.entries()) {
      const entity = given.entities[number]?.[index] ?? {};
      if (first.fetch.named === true) query.namers[number]?.(entity);
      entities[position] = entity;
      state.ledger.delivered(
        access,
        [...permitted].filter((category) => !state.refusals.has(granted, deps.source, category)),
      );
    }
  }
  if (given.otherErrors > 0) {
    // What came is kept; that something is missing is said, without the source's own words.
    state.unavailable.set(deps.source, { cause: "ERROR" });
    deps.log.warn({ source: deps.source, traceId, errors: given.otherErrors }, "source reported errors");
  }
}

/** The answer to a fetch. */
export const answerOf = ({ entities }: DecidedFetch): FetchResult => ({ data: { _entities: entities } });

/**
 * Executes one fetch by itself. The answer has one object per representation, empty where nothing may be given or
 * nothing came.
 */
export async function fetchEntities(deps: FetchDeps, fetch: Fetch): Promise<FetchResult> {
  const decided = await decideFetch(deps, fetch);
  await askTogether(deps, [decided]);
  return answerOf(decided);
}
