// The data source that the gateway uses for every subgraph: decides before each fetch, sends only what is permitted,
// and notes what was asked, delivered and withheld.

import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from "@apollo/gateway";
import { parse, type DocumentNode } from "graphql";
import { answerOf, askTogether, decideFetch, type DecidedFetch } from "./fetch-entities";
import { fetchRoot } from "./fetch-root";
import { readFetch, type FetchShape } from "./fetch-shape";
import type { FetchDeps, FetchResult } from "./planned-fetch";
import type { RequestState } from "./request-state";
import type { Variables } from "./variables";

/** Context of every operation at the gateway. */
export interface GatewayContext {
  readonly state: RequestState;
}

type Answer = Awaited<ReturnType<GraphQLDataSource["process"]>>;

/** Fetches of one request that wait to be asked together. */
interface Waiting {
  readonly decided: DecidedFetch[];
  readonly asked: Promise<void>;
}

/** Resolves when everything that is ready now has run. */
const afterThisTick = async (): Promise<void> =>
  new Promise((resolve) => {
    void Promise.resolve().then(() => process.nextTick(resolve));
  });

const subjectsOf = ({ groups }: DecidedFetch): string[] =>
  groups.flatMap(({ type, members }) => members.map(({ granted }) => `${type}:${granted.id}`));

/**
 * Fetches that may travel in one request: no two of them are about the same subject, for a grant says once what may be
 * given of each.
 */
function sortedOut(decided: readonly DecidedFetch[]): DecidedFetch[][] {
  const together: { readonly fetches: DecidedFetch[]; readonly subjects: Set<string> }[] = [];
  for (const one of decided) {
    const subjects = subjectsOf(one);
    const fitting = together.find((other) => !subjects.some((subject) => other.subjects.has(subject)));
    if (fitting) {
      fitting.fetches.push(one);
      for (const subject of subjects) fitting.subjects.add(subject);
    } else together.push({ fetches: [one], subjects: new Set(subjects) });
  }
  return together.map(({ fetches }) => fetches);
}

/** A subgraph behind the rules. */
export class GovernedSource implements GraphQLDataSource {
  readonly #deps: FetchDeps;
  readonly #shapes = new WeakMap<DocumentNode, FetchShape>();
  readonly #waiting = new WeakMap<RequestState, Waiting>();

  constructor(deps: FetchDeps) {
    this.#deps = deps;
  }

  #shapeOf(document: DocumentNode): FetchShape {
    const known = this.#shapes.get(document);
    if (known) return known;
    const shape = readFetch(document, this.#deps.index);
    this.#shapes.set(document, shape);
    return shape;
  }

  /** Asks for a fetch, together with all others of its request that are ready at the same moment. */
  async #ask(state: RequestState, decided: DecidedFetch): Promise<void> {
    const waiting = this.#waiting.get(state);
    if (waiting) {
      waiting.decided.push(decided);
      return waiting.asked;
    }
    const all = [decided];
    const askAll = async (): Promise<void> => {
      await afterThisTick();
      this.#waiting.delete(state);
      await Promise.all(sortedOut(all).map(async (together) => askTogether(this.#deps, together)));
    };
    const asked = askAll();
    this.#waiting.set(state, { decided: all, asked });
    return asked;
  }

  /** Executes one fetch of the plan for one request; `named` as in PlannedFetch. */
  async fetch(
    state: RequestState,
    document: DocumentNode,
    variables: Variables,
    named = false,
  ): Promise<FetchResult> {
    const shape = this.#shapeOf(document);
    if (shape.kind === "root") return fetchRoot(this.#deps, { shape, variables, state });
    const decided = await decideFetch(this.#deps, { shape, variables, state, named });
    if (decided.groups.length > 0) await this.#ask(state, decided);
    return answerOf(decided);
  }

  /** The same for Apollo Gateway's own executor. */
  async process(options: GraphQLDataSourceProcessOptions): Promise<Answer> {
    if (!("incomingRequestContext" in options)) throw new Error("Only fetches of an operation are executed.");
    const { request, context, document } = options;
    const { state } = context as unknown as GatewayContext;
    const asked = document ?? parse(request.query ?? "");
    return (await this.fetch(state, asked, request.variables ?? {}, true)) as Answer;
  }
}
