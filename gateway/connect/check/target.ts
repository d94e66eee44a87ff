// The subgraph that is looked at, as anybody meets it: HTTP, without a client that forgives anything.

import { request } from "undici";
import type { Connections } from "../../../shared/mutual-tls/connections";
import { codeOf, NoAnswer } from "./no-answer";

/** Bytes of an answer that are read; the gateway reads no more either. */
export const MOST_BYTES = 16 * 1024 * 1024;

/** What is sent. */
export interface Sent {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** The body as JSON; undefined when it is none. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
  /** What the answer says that it is, such as application/json; undefined when it does not say. */
  readonly mediaType: string | undefined;
  /** Milliseconds from sending to the last byte. */
  readonly tookMs: number;
}

/** How long is waited for an answer, milliseconds: longer than the gateway does, so that a late one can be told from none. */
const LONGEST_WAIT_MS = 20_000;
const WAIT_PER_DEADLINE = 4;

/** A subgraph under its address. */
export interface Target {
  readonly url: URL;
  /** Posts a query with a grant (none when undefined). Rejects with NoAnswer when no whole answer comes. */
  ask(sent: Sent, grant?: string): Promise<Answer>;
  /** Sends anything. Rejects with NoAnswer when no whole answer comes. */
  send(options: {
    readonly method: "GET" | "POST";
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly query?: string;
  }): Promise<Answer>;
  close(): Promise<void>;
}

/** Nothing else of such a header is repeated. */
const MEDIA_TYPE = /^[\w.+-]{1,40}\/[\w.+-]{1,60}/;

const asRecord = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return asRecord(JSON.parse(text));
  } catch {
    // An answer that is no JSON is what some checks look for.
    return undefined;
  }
}

/** The target at `url`, over these connections, which are closed with it; the gateway waits `deadlineMs` for an answer. */
export function createTarget(url: URL, connections: Connections, deadlineMs: number): Target {
  const waitMs = Math.min(LONGEST_WAIT_MS, deadlineMs * WAIT_PER_DEADLINE);
  const send: Target["send"] = async ({ method, headers = {}, body, query = "" }) => {
    const { dispatcher } = await connections.current();
    const begun = performance.now();
    try {
      const response = await request(new URL(query, url), {
        method,
        headers: { ...headers },
        dispatcher,
        signal: AbortSignal.timeout(waitMs),
        ...(body === undefined ? {} : { body }),
      });
      const text = await response.body.text();
      const mediaType = MEDIA_TYPE.exec(String(response.headers["content-type"] ?? ""))?.[0].toLowerCase();
      const tookMs = performance.now() - begun;
      return { status: response.statusCode, text, body: parse(text), mediaType, tookMs };
    } catch (error) {
      throw new NoAnswer(codeOf(error), error);
    }
  };
  return {
    url,
    send,
    ask: async (sent, grant) =>
      send({
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json" },
        body: JSON.stringify({ ...sent, extensions: grant === undefined ? {} : { grant } }),
      }),
    close: () => connections.close(),
  };
}

/** The codes of the errors of an answer; `null` for an error without one. */
export function codesOf(answer: Answer): (string | null)[] {
  const errors = answer.body?.["errors"];
  if (!Array.isArray(errors)) return [];
  return errors.map((one: unknown) => {
    const code = asRecord(asRecord(one)?.["extensions"])?.["code"];
    return typeof code === "string" ? code : null;
  });
}

/** The data of an answer; undefined when it has none. */
export const dataOf = (answer: Answer): Readonly<Record<string, unknown>> | undefined =>
  asRecord(answer.body?.["data"]);

/** The entities of an answer to `_entities`; empty when there are none. */
export function entitiesOf(answer: Answer): readonly unknown[] {
  const entities = dataOf(answer)?.["_entities"];
  return Array.isArray(entities) ? entities : [];
}

/** The organisation's dossier in an entity; null where there is none. */
export const dossierOf = (entity: unknown, field: string): Readonly<Record<string, unknown>> | null =>
  asRecord(asRecord(entity)?.[field]) ?? null;
