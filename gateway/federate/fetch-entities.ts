// A fetch of entities: each subject x category is decided, subjects with the same permissions travel together, a
// subject that the source is not linked to is not asked about at all.

import type { Category } from "../../shared/kernel/codes";
import type { GrantedSubject } from "../../shared/kernel/requester";
import { fitOfObject, type Fit } from "./answer-fit";
import { entitiesQuery, reduceEntities, type EntityFetch } from "./fetch-shape";
import type { FetchDeps, FetchResult, PlannedFetch } from "./planned-fetch";
import type { SubjectKey } from "./request-state";
import type { UnavailableCause } from "./unavailable";
import { onlyThese, usedVariables } from "./variables";
import type { Access } from "../record/ledger";

interface Representation {
  readonly __typename: "Family" | "Person";
  readonly id: string;
}

/** Subjects that may be asked the same. */
interface Group {
  readonly type: "Family" | "Person";
  readonly permitted: ReadonlySet<Category>;
  readonly members: {
    readonly position: number;
    readonly granted: GrantedSubject;
    readonly access: Access;
  }[];
}

/** What is asked of a source for some groups, and what each entity of a group must then be. */
interface ReducedQuery {
  readonly text: string;
  readonly variables: ReadonlySet<string>;
  readonly fits: readonly Fit[];
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

/** The entities of each group, or undefined when the answer is not what was asked for. */
function entitiesIn(
  data: Readonly<Record<string, unknown>>,
  groups: readonly Group[],
  fits: readonly Fit[],
): (Record<string, unknown> | null)[][] | undefined {
  const found: (Record<string, unknown> | null)[][] = [];
  for (const [number, { members }] of groups.entries()) {
    const received = data[`g${number}`];
    if (!Array.isArray(received) || received.length !== members.length) return undefined;
    if (!received.every((one) => one === null || fits[number]?.(one))) return undefined;
    found.push(received as (Record<string, unknown> | null)[]);
  }
  return found;
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
  const given = answer.ok && answer.data ? entitiesIn(answer.data, groups, query.fits) : undefined;
  if (!given) {
    fail(deps, fetch, groups, !answer.ok ? answer.cause : answer.data ? "INVALID_ANSWER" : "ERROR");
    return { data: { _entities: entities } };
  }
  for (const [number, { members, permitted }] of groups.entries()) {
    for (const [index, { position, access }] of members.entries()) {
      entities[position] = given[number]?.[index] ?? {};
      fetch.state.ledger.delivered(access, permitted);
    }
  }
  if (answer.ok && answer.errors.length > 0) {
    // What came is kept; that something is missing is said, without the source's own words.
    fetch.state.unavailable.set(deps.source, "ERROR");
    deps.log.warn({ source: deps.source, traceId, errors: answer.errors.length }, "source reported errors");
  }
  return { data: { _entities: entities } };
}
