// The door of the hub, as a privacy officer uses it.

import { BenchError } from "../kit/benchmark";
import type { Poster } from "../kit/load";
import { ASK, PAGE, type Filter } from "./questions";

/** A page of the log. */
export interface AskedPage {
  readonly ids: readonly string[];
  readonly endCursor: string | undefined;
}

/** What a question came to. */
export type Answer<Data> = { readonly data: Data } | { readonly refusedWith: string };

/** Asks through the gateway. */
export interface Door {
  /** Asks anything; a question that is refused is an answer too. Rejects with a BenchError for what is neither. */
  ask<Data>(query: string, variables: object): Promise<Answer<Data>>;
  /** One page; rejects with a BenchError when it is not given. */
  page(filter: Filter, after?: string, total?: boolean): Promise<AskedPage>;
}

interface LogPage {
  readonly accessLog: {
    readonly edges: readonly { readonly node: { readonly id: string } }[];
    readonly pageInfo: { readonly endCursor: string | null };
  };
}

interface Body<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

/** A door at this place, with the token of an officer. */
export function createDoor(
  poster: Poster,
  { url, token }: { readonly url: string; readonly token: string },
): Door {
  const headers = {
    "content-type": "application/json",
    authorization: `Bearer ${token}`,
    purpose: "OVERSIGHT",
  };
  const ask = async <Data>(query: string, variables: object): Promise<Answer<Data>> => {
    const text = await poster.post({ url, headers, body: JSON.stringify({ query, variables }) });
    const { data, errors = [] } = JSON.parse(text) as Body<Data>;
    const [error] = errors;
    if (error) return { refusedWith: error.extensions?.code ?? "without a code" };
    if (!data) throw new BenchError("The log was neither given nor refused.");
    return { data };
  };
  return {
    ask,
    page: async (filter, after, total = false) => {
      const answer = await ask<LogPage>(ASK, { filter, first: PAGE, after: after ?? null, total });
      if ("refusedWith" in answer) throw new BenchError(`The log was not given: ${answer.refusedWith}.`);
      const { edges, pageInfo } = answer.data.accessLog;
      return { ids: edges.map(({ node }) => node.id), endCursor: pageInfo.endCursor ?? undefined };
    },
  };
}
