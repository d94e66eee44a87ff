// A fetch of entities: each subject x category is decided, subjects with the same permissions travel together, a
// subject that the source is not linked to is not asked about at all.

import { fitOfObject } from "./answer-fit";
import { entitiesQuery, reduceEntities, type EntityFetch } from "./fetch-shape";
import { typeNamer } from "./name-types";
import type { FetchDeps, FetchResult, PlannedFetch } from "./planned-fetch";
import { readEntities, type Group, type ReadAnswer, type ReducedQuery } from "./read-entities";
import { dossiersIn } from "./read-refusals";
import type { SubjectKey } from "./request-state";
import type { UnavailableCause } from "./unavailable";
import { onlyThese, usedVariables } from "./variables";

interface Representation {
  readonly __typename: "Family" | "Person";
  readonly id: string;
}

const OPERATION = "view";
/** Reduced queries kept per plan fetch; a fetch has few distinct sets of permissions. */
const MAX_QUERIES = 500;
const queries = new WeakMap<EntityFetch, Map<string, ReducedQuery>>();

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
  fetch: PlannedFetch<EntityFetch>,
  representations: readonly Representation[],
): Group[] {
  const groups = new Map<string, Group>();
  for (const [position, { __typename: type, id }] of representations.entries()) {
    const subject: SubjectKey = { type, id };
    const access = fetch.state.ledger.access(fetch.state.ledgerSubject(subject), deps.source, OPERATION);
    const permitted = [...(fetch.shape.categories.get(type) ?? [])]
      .filter((category) => {
        const decision = fetch.state.decide(subject, deps.source, category);
        fetch.state.ledger.decided(access, category, decision);
        return decision.outcome === "PERMIT";
      })
      .toSorted();
    const key = fetch.state.keyAt(subject, deps.source);
    if (key === undefined) {
      // Nothing is asked; that the organisation does not know the subject is all that can be learnt.
      if (permitted.includes("INVOLVEMENT")) fetch.state.ledger.delivered(access, ["INVOLVEMENT"]);
      continue;
    }
    if (permitted.length === 0) continue;
    const name = `${type}|${permitted.join(",")}`;
    const group = groups.get(name) ?? { type, permitted: new Set(permitted), members: [] };
    group.members.push({ position, granted: { type, id, key, categories: permitted }, access });
    groups.set(name, group);
  }
  return [...groups].toSorted(([one], [other]) => one.localeCompare(other)).map(([, group]) => group);
}

function queryFor(deps: FetchDeps, shape: EntityFetch, groups: readonly Group[]): ReducedQuery {
  const known = queries.get(shape) ?? new Map<string, ReducedQuery>();
  queries.set(shape, known);
  const name = groups.map((group) => `${group.type}|${[...group.permitted].join(",")}`).join(";");
  const cached = known.get(name);
  if (cached) return cached;
  const selections = groups.map((group) => reduceEntities(shape, deps.index, group.type, group.permitted));
  const made = {
    text: entitiesQuery(shape, selections),
    variables: usedVariables(selections.flat()),
    fits: groups.map((group, number) => fitOfObject(deps.index, group.type, selections[number] ?? [])),
    dossiers: groups.map((group, number) => dossiersIn(deps.index, group.type, selections[number] ?? [])),
    namers: groups.map((group, number) => typeNamer(deps.index, group.type, selections[number] ?? [])),
  };
  if (known.size >= MAX_QUERIES) known.clear();
  known.set(name, made);
  return made;
}

function fail(
  deps: FetchDeps,
  fetch: PlannedFetch<EntityFetch>,
  groups: readonly Group[],
  cause: UnavailableCause,
): void {
  fetch.state.unavailable.set(deps.source, cause);
  for (const { access } of groups.flatMap((group) => group.members)) fetch.state.ledger.unavailable(access);
  deps.log.warn({ source: deps.source, traceId: fetch.state.asking.traceId, cause }, "source gave nothing");
}

/** Notes what the source refused: the hub's decision stays on record, and the source's beside it. */
function noteRefusals(
  { source }: FetchDeps,
  { state }: PlannedFetch<EntityFetch>,
  { refusals }: ReadAnswer,
): void {
  for (const { member, category, reason } of refusals) {
    const { granted, access } = member;
    // Only that there is a dossier can have shown before.
    if (access.delivered.has(category)) continue;
    state.refusals.note(granted, source, category, reason);
    const decision = state.decide(granted, source, category);
    state.ledger.decided(access, category, state.refusals.stricter(decision, granted, source, category));
  }
}

/**
 * Executes the fetch: one request to the source for all groups. The answer has one object per representation, empty
 * where nothing may be given or nothing came.
 */
export async function fetchEntities(deps: FetchDeps, fetch: PlannedFetch<EntityFetch>): Promise<FetchResult> {
  const representations = readRepresentations(fetch.variables, deps);
  await fetch.state.load(representations.map(({ __typename: type, id }) => ({ type, id })));
  const entities: Record<string, unknown>[] = representations.map(() => ({}));
  const groups = groupByPermission(deps, fetch, representations).filter((group) => {
    if (reduceEntities(fetch.shape, deps.index, group.type, group.permitted).length > 0) return true;
    // Nothing is left to ask; that there is a dossier shows all the same.
    for (const { access } of group.members) fetch.state.ledger.delivered(access, group.permitted);
    return false;
  });
  if (groups.length === 0) return { data: { _entities: entities } };

  const query = queryFor(deps, fetch.shape, groups);
  const variables = onlyThese(fetch.variables, query.variables);
  for (const [number, group] of groups.entries()) {
    variables[`_schakel_r${number}`] = group.members.map(({ granted }) => ({
      __typename: granted.type,
      id: granted.id,
    }));
  }
  const { requester, purpose, traceId } = fetch.state.asking;
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
  const given = readEntities(fetch.state, deps.source, { groups, query, answer });
  if (typeof given === "string") {
    fail(deps, fetch, groups, given);
    return { data: { _entities: entities } };
  }
  noteRefusals(deps, fetch, given);
  for (const [number, { members, permitted }] of groups.entries()) {
    for (const [index, { position, granted, access }] of members.entries()) {
      const entity = given.entities[number]?.[index] ?? {};
      query.namers[number]?.(entity);
      entities[position] = entity;
      fetch.state.ledger.delivered(
        access,
        [...permitted].filter((category) => !fetch.state.refusals.has(granted, deps.source, category)),
      );
    }
  }
  if (given.otherErrors > 0) {
    // What came is kept; that something is missing is said, without the source's own words.
    fetch.state.unavailable.set(deps.source, "ERROR");
    deps.log.warn({ source: deps.source, traceId, errors: given.otherErrors }, "source reported errors");
  }
  return { data: { _entities: entities } };
}
