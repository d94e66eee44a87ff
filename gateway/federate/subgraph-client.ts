// The one way out to a subgraph: HTTP with kept connections, a signed grant, a deadline and a size limit.

import { digestOfParts } from "../../shared/kernel/grant-claims";
import { narrow } from "../../shared/kernel/narrow-text";
import { takeRandomBytes } from "../../shared/kernel/random-bytes";
import type { Grant } from "../../shared/kernel/requester";
import {
  plainConnections,
  type ConnectionOptions,
  type Connections,
} from "../../shared/mutual-tls/connections";
import { post, readAddress } from "./post";
import type { GrantSigner } from "./sign-grant";
import type { UnavailableCause } from "./unavailable";

/** Largest answer that a source may give, in bytes. */
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

/** How a gateway keeps connections to sources. */
export const SUBGRAPH_CONNECTIONS: ConnectionOptions = {
  /** To each source. */
  connections: 32,
  keepAliveTimeout: 30_000,
  maxResponseSize: MAX_RESPONSE_BYTES,
};

/** Queries of which the JSON is kept: there are few, and they come again and again. */
const MOST_QUERIES = 1_000;

/** Bytes of the id of a span (W3C Trace Context). */
const SPAN_BYTES = 8;

/** An error as a subgraph reports it; its own words are not kept. */
export interface SubgraphError {
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** What a subgraph answered, or why it did not. */
export type SubgraphAnswer =
  | {
      readonly ok: true;
      readonly data: Record<string, unknown> | null;
      readonly errors: readonly SubgraphError[];
      readonly extensions: Readonly<Record<string, unknown>>;
    }
  | { readonly ok: false; readonly cause: UnavailableCause };

/** A query for one subgraph. */
export interface SubgraphRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly grant: Grant;
}

/** Something that an organisation is asked to do, beside answering queries: at a path of its own, with a grant for it. */
export interface SubgraphOrder extends SubgraphRequest {
  readonly path: string;
  readonly deadlineMs: number;
}

/** Asks subgraphs. */
export interface SubgraphClient {
  ask(source: string, what: SubgraphRequest): Promise<SubgraphAnswer>;
  /** The JSON that it answers with 200, or why there is none. */
  order?(
    source: string,
    what: SubgraphOrder,
  ): Promise<{ readonly body: unknown } | { readonly cause: UnavailableCause }>;
  close(): Promise<void>;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Errors as they may be read; whatever else stands in their place counts as one error of which nothing is known. */
function readErrors(errors: unknown): SubgraphError[] {
  if (errors === undefined || errors === null) return [];
  return (Array.isArray(errors) ? errors : [errors]).map((one): SubgraphError => {
    const { path, extensions } = isRecord(one) ? one : {};
    return {
      ...(Array.isArray(path) && path.every(isPathStep) ? { path } : {}),
      ...(isRecord(extensions) ? { extensions } : {}),
    };
  });
}

const isPathStep = (step: unknown): step is string | number =>
  Number.isInteger(step) || (typeof step === "string" && /^[_A-Za-z]\w*$/.test(step));

function readAnswer(body: unknown): SubgraphAnswer {
  if (!isRecord(body)) return { ok: false, cause: "INVALID_ANSWER" };
  const { data, errors, extensions } = body;
  if (data !== null && data !== undefined && !isRecord(data)) return { ok: false, cause: "INVALID_ANSWER" };
  return {
    ok: true,
    data: data ?? null,
    errors: readErrors(errors),
    extensions: isRecord(extensions) ? extensions : {},
  };
}

/** Does the status say that the body is an answer to a query? A refused query (4xx) is one; it holds no data. */
const isAnswered = (status: number): boolean =>
  (status >= 200 && status < 300) || (status >= 400 && status < 500);

function causeOf(error: unknown): UnavailableCause {
  const name = error instanceof Error ? error.name : "";
  if (name === "TimeoutError" || name.includes("Timeout")) return "TIMEOUT";
  return error instanceof SyntaxError || name === "ResponseExceededMaxSizeError"
    ? "INVALID_ANSWER"
    : "UNREACHABLE";
}

/**
 * A client for the subgraphs at `urls` (name -> URL), with `deadlineMs` for each answer; over plain connections when no
 * others are given.
 */
export function createSubgraphClient(options: {
  readonly urls: ReadonlyMap<string, string>;
  readonly deadlineMs: number;
  readonly signGrant: GrantSigner;
  readonly connections?: Connections;
}): SubgraphClient {
  const { connections = plainConnections(SUBGRAPH_CONNECTIONS) } = options;
  const addresses = new Map([...options.urls].map(([source, url]) => [source, readAddress(url)]));
  const queriesAsJson = new Map<string, string>();
  const jsonOfQuery = (query: string): string => {
    const known = queriesAsJson.get(query);
    if (known !== undefined) return known;
    const made = narrow(JSON.stringify(query));
    if (queriesAsJson.size >= MOST_QUERIES) queriesAsJson.clear();
    queriesAsJson.set(query, made);
    return made;
  };
  /** The request with its grant; what fails here is no fault of the source. */
  const prepare = async (source: string, { query, variables, grant }: SubgraphRequest) => {
    const address = addresses.get(source);
    if (!address) throw new Error(`No address is known for the subgraph ${source}.`);
    const { dispatcher, certificate } = await connections.current();
    // Written out once, for the digest and for the body.
    const [queryText, variablesText] = [jsonOfQuery(query), JSON.stringify(variables)];
    const digest = digestOfParts(queryText, variablesText);
    const signed = await options.signGrant(grant, source, { digest }, certificate);
    const headers = {
      "content-type": "application/json",
      accept: "application/json",
      traceparent: `00-${grant.traceId}-${takeRandomBytes(SPAN_BYTES).toString("hex")}-01`,
    };
    const extensions = JSON.stringify({ grant: signed });
    const body = `{"query":${queryText},"variables":${variablesText},"extensions":${extensions}}`;
    return { dispatcher, address, headers, body };
  };
  return {
    async ask(source, what) {
      const { dispatcher, address, ...sent } = await prepare(source, what);
      try {
        const { deadlineMs } = options;
        const { status, text } = await post(dispatcher, address, { ...sent, deadlineMs });
        return isAnswered(status) ? readAnswer(JSON.parse(text)) : { ok: false, cause: "ERROR" };
      } catch (error) {
        return { ok: false, cause: causeOf(error) };
      }
    },
    async order(source, { path, deadlineMs, ...what }) {
      const { dispatcher, address, ...sent } = await prepare(source, what);
      try {
        const elsewhere = readAddress(new URL(path, `${address.origin}${address.path}`).href);
        const { status, text } = await post(dispatcher, elsewhere, { ...sent, deadlineMs });
        return status === 200 ? { body: JSON.parse(text) as unknown } : { cause: "ERROR" };
      } catch (error) {
        return { cause: causeOf(error) };
      }
    },
    close: () => connections.close(),
  };
}
