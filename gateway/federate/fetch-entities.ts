// A fetch of entities: each subject x category is decided, subjects with the same permissions travel together, a
// subject that the source is not linked to is not asked about at all.

import type { SelectionNode } from "graphql";
import type { Category } from "../../shared/kernel/codes";
import type { GrantedSubject } from "../../shared/kernel/requester";
import { entitiesQuery, reduceEntities, type EntityFetch } from "./fetch-shape";
import type { FetchDeps, FetchResult, PlannedFetch } from "./planned-fetch";
import type { SubjectKey } from "./request-state";
import type { UnavailableCause } from "./unavailable";
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

const OPERATION = "view";
/** Reduced queries kept per plan fetch; a fetch has few distinct sets of permissions. */
const MAX_QUERIES = 500;
const queries = new WeakMap<EntityFetch, Map<string, { text: string; selections: SelectionNode[][] }>>();

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
      access.delivered.clear();
      if (permitted.includes("INVOLVEMENT")) access.delivered.add("INVOLVEMENT");
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

function queryFor(deps: FetchDeps, shape: EntityFetch, groups: readonly Group[]): { text: string } {
  const known = queries.get(shape) ?? new Map<string, { text: string; selections: SelectionNode[][] }>();
  queries.set(shape, known);
  const name = groups.map((group) => `${group.type}|${[...group.permitted].join(",")}`).join(";");
  const cached = known.get(name);
  if (cached) return cached;
  const selections = groups.map((group) => reduceEntities(shape, deps.index, group.type, group.permitted));
  const made = { text: entitiesQuery(shape, selections), selections };
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
}

/**
 * Executes the fetch: one request to the source for all groups. The answer has one object per representation, empty
 * where nothing may be given or nothing came.
 */
export async function fetchEntities(deps: FetchDeps, fetch: PlannedFetch<EntityFetch>): Promise<FetchResult> {
  const representations = readRepresentations(fetch.variables, deps);
  await fetch.state.load(representations.map(({ __typename: type, id }) => ({ type, id })));
  const entities: Record<string, unknown>[] = representations.map(() => ({}));
  const groups = groupByPermission(deps, fetch, representations).filter(
    (group) => reduceEntities(fetch.shape, deps.index, group.type, group.permitted).length > 0,
  );
  if (groups.length === 0) return { data: { _entities: entities } };

  const variables: Record<string, unknown> = { ...fetch.variables };
  delete variables["representations"];
  for (const [number, group] of groups.entries()) {
    variables[`_schakel_r${number}`] = group.members.map(({ granted }) => ({
      __typename: granted.type,
      id: granted.id,
    }));
  }
  const { requester, purpose, traceId } = fetch.state.asking;
  const answer = await deps.client.ask(deps.source, {
    query: queryFor(deps, fetch.shape, groups).text,
    variables,
    grant: {
      requester,
      purpose,
      traceId,
      subjects: groups.flatMap((one) => one.members.map((m) => m.granted)),
    },
  });
  if (!answer.ok || !answer.data) {
    fail(deps, fetch, groups, answer.ok ? "ERROR" : answer.cause);
    deps.log.warn(
      { source: deps.source, traceId, cause: answer.ok ? "ERROR" : answer.cause },
      "source gave nothing",
    );
    return { data: { _entities: entities } };
  }
  for (const [number, group] of groups.entries()) {
    const received = answer.data[`g${number}`];
    if (!Array.isArray(received) || received.length !== group.members.length) {
      fail(deps, fetch, groups, "INVALID_ANSWER");
      return { data: { _entities: representations.map(() => ({})) } };
    }
    for (const [index, { position }] of group.members.entries()) {
      const entity: unknown = received[index];
      if (typeof entity === "object" && entity !== null)
        entities[position] = entity as Record<string, unknown>;
    }
  }
  if (answer.errors.length > 0) {
    // What came is kept; that something is missing is said, without the source's own words.
    fetch.state.unavailable.set(deps.source, "ERROR");
    deps.log.warn({ source: deps.source, traceId, errors: answer.errors.length }, "source reported errors");
  }
  return { data: { _entities: entities } };
}
