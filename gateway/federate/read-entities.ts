// What a source answered to a fetch of entities: believed as far as it was asked, and as long as it does not contradict
// itself.

import type { Category } from "../../shared/kernel/codes";
import type { RefusalReason } from "../../shared/kernel/refusal-reason";
import type { GrantedSubject } from "../../shared/kernel/requester";
import type { Access } from "../record/ledger";
import type { Fit } from "./answer-fit";
import type { TypeNamer } from "./name-types";
import { holdsRefused, readRefusals, type AskedDossiers, type AskedGroup } from "./read-refusals";
import type { RequestState } from "./request-state";
import { SourceRefusals } from "./source-refusals";
import type { SubgraphAnswer } from "./subgraph-client";
import type { UnavailableCause } from "./unavailable";

/** A subject that is asked about. */
export interface Member {
  /** Where its entity is put. */
  readonly position: number;
  readonly entities: Record<string, unknown>[];
  readonly granted: GrantedSubject;
  readonly access: Access;
}

/** Subjects that may be asked the same. */
export interface Group {
  /** Their type and what is permitted; no two sets of permissions have the same. */
  readonly name: string;
  readonly type: "Family" | "Person";
  readonly permitted: ReadonlySet<Category>;
  readonly members: Member[];
}

/** What is asked of a source for some groups, and what each entity of a group must then be. */
export interface ReducedQuery {
  readonly text: string;
  readonly variables: ReadonlySet<string>;
  readonly fits: readonly Fit[];
  /** Per group, where in an entity the source may say that it refuses. */
  readonly dossiers: readonly AskedDossiers[];
  /** Per group, what puts the names of its types on an entity. */
  readonly namers: readonly TypeNamer[];
}

type Entity = Readonly<Record<string, unknown>> | null;

/** A category of a subject that the hub permits and the source refuses. */
export interface MemberRefusal {
  readonly member: Member;
  readonly category: Category;
  readonly reason: RefusalReason;
}

/** What a source gave and refused, once it is known to be about what was asked for. */
export interface ReadAnswer {
  readonly entities: readonly (readonly Entity[])[];
  readonly refusals: readonly MemberRefusal[];
  /** Number of errors that are no refusals. */
  readonly otherErrors: number;
}

/** The entities of each group, or undefined when the answer is not what was asked for. */
function entitiesIn(
  data: Readonly<Record<string, unknown>>,
  groups: readonly Group[],
  fits: readonly Fit[],
): Entity[][] | undefined {
  const found: Entity[][] = [];
  for (const [number, { members }] of groups.entries()) {
    const received = data[`g${number}`];
    if (!Array.isArray(received) || received.length !== members.length) return undefined;
    if (!received.every((one) => one === null || fits[number]?.(one))) return undefined;
    found.push(received as Entity[]);
  }
  return found;
}

/** What the source gave and refused, or why its answer counts for nothing. */
export function readEntities(
  state: RequestState,
  source: string,
  asked: { readonly groups: readonly Group[]; readonly query: ReducedQuery; readonly answer: SubgraphAnswer },
): ReadAnswer | UnavailableCause {
  const { groups, query, answer } = asked;
  if (!answer.ok) return answer.cause;
  if (!answer.data) return "ERROR";
  const entities = entitiesIn(answer.data, groups, query.fits);
  const errors = entities && readRefusals(askedGroups(groups, query), entities, answer.errors);
  if (!entities || !errors) return "INVALID_ANSWER";
  const refusals = errors.refusals.flatMap(({ group, position, categories, reason }): MemberRefusal[] => {
    const member = groups[group]?.members[position];
    return member ? categories.map((category) => ({ member, category, reason })) : [];
  });
  return refusesWhatItGave(refusals) ||
    givesWhatItRefused(state, source, { groups, query, entities, refusals })
    ? "INVALID_ANSWER"
    : { entities, refusals, otherErrors: errors.others };
}

const askedGroups = (groups: readonly Group[], { dossiers }: ReducedQuery): AskedGroup[] =>
  groups.map(({ permitted }, number) => ({ permitted, dossiers: dossiers[number] ?? new Map() }));

/** Was something refused that the source gave earlier in the request? Involvement shows by any part of a dossier. */
function refusesWhatItGave(refusals: readonly MemberRefusal[]): boolean {
  return refusals.some(
    ({ member, category }) => category !== "INVOLVEMENT" && member.access.delivered.has(category),
  );
}

/** Did the source give something that it refuses, here or earlier in the request? */
function givesWhatItRefused(
  state: RequestState,
  source: string,
  read: Pick<ReadAnswer, "entities" | "refusals"> & {
    readonly groups: readonly Group[];
    readonly query: ReducedQuery;
  },
): boolean {
  if (read.refusals.length === 0 && state.refusals.isEmpty) return false;
  const here = new SourceRefusals();
  for (const { member, category, reason } of read.refusals) {
    here.note(member.granted, source, category, reason);
  }
  return read.groups.some(({ members }, number) =>
    members.some(({ granted }, position) =>
      holdsRefused(
        read.entities[number]?.[position] ?? null,
        read.query.dossiers[number] ?? new Map(),
        (category) => here.has(granted, source, category) || state.refusals.has(granted, source, category),
      ),
    ),
  );
}
