// The body of a request: JSON in UTF-8 within its limits, with names that mean nothing but themselves.

import express, { type RequestHandler } from "express";
import { SchakelError } from "../../shared/kernel/errors";
import { MEANINGFUL_NAMES } from "../federate/prepare-operation";
import type { QueryLimits } from "../identify/limits";
import { beyondLimit, holdLimits } from "./beyond-limit";
import { scanJson } from "./scan-json";

/** What is read of a body; the rest is not looked at. */
export interface RequestBody {
  query?: unknown;
  readonly variables?: unknown;
  readonly operationName?: unknown;
  readonly extensions?: unknown;
  /** Of a kept document, instead of its text. */
  readonly documentId?: unknown;
}

/** The one kind of body that is read. */
const JSON_IN_UTF8 = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i;

/** Lets in what is posted as JSON in UTF-8, as it is; nothing that is asked belongs in an address. */
export const onlyPostedJson: RequestHandler = ({ method, headers }, response, next) => {
  const isPlain = (headers["content-encoding"] ?? "identity") === "identity";
  if (method === "POST" && isPlain && JSON_IN_UTF8.test(headers["content-type"] ?? "")) {
    next();
    return;
  }
  response.set("allow", "POST");
  next(new SchakelError("REQUEST_MALFORMED"));
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Refuses names that objects of the language give a meaning of their own, wherever they stand (QUERY_INVALID). */
function holdNames(body: unknown): void {
  const waiting: unknown[] = [body];
  while (waiting.length > 0) {
    const one = waiting.pop();
    if (typeof one !== "object" || one === null) continue;
    if (!Array.isArray(one) && Object.keys(one).some((name) => MEANINGFUL_NAMES.includes(name))) {
      throw new SchakelError("QUERY_INVALID", { reason: "A name in the variables is reserved." });
    }
    waiting.push(...(Object.values(one) as unknown[]));
  }
}

/** Checks a parsed body. Throws REQUEST_MALFORMED, INPUT_TOO_LARGE or QUERY_INVALID. */
export function checkBody(body: unknown, limits: QueryLimits): RequestBody {
  // A list would be a batch: one request asks one thing.
  if (!isRecord(body)) throw new SchakelError("REQUEST_MALFORMED");
  holdNames(body);
  const { variables } = body;
  if (isRecord(variables)) {
    holdLimits(limits, {
      variables: Object.keys(variables).length,
      variableCharacters: JSON.stringify(variables).length,
    });
  }
  return body;
}

const UTF_8 = new TextDecoder("utf-8", { fatal: true });

/** The bytes as JSON. Throws REQUEST_MALFORMED when they are none, INPUT_TOO_DEEP or INPUT_TOO_LARGE. */
export function parseBody(bytes: Uint8Array, limits: QueryLimits): unknown {
  scanJson(bytes, limits);
  try {
    return JSON.parse(UTF_8.decode(bytes));
  } catch {
    // What the parser says repeats what stands there.
    throw new SchakelError("REQUEST_MALFORMED");
  }
}

/** Reads the body of a request; what is beyond a limit is refused by the code of that limit. */
export function readBody(limits: QueryLimits): RequestHandler[] {
  const read = express.raw({ type: () => true, limit: limits.bodyBytes, inflate: false });
  return [
    onlyPostedJson,
    (request, response, next) => {
      read(request, response, (error?: unknown) => {
        const { type } = (error ?? {}) as { type?: string };
        next(type === "entity.too.large" ? beyondLimit("bodyBytes", limits) : error);
      });
    },
    (request, _response, next) => {
      const bytes: unknown = request.body;
      request.body = checkBody(
        parseBody(bytes instanceof Uint8Array ? bytes : new Uint8Array(), limits),
        limits,
      );
      next();
    },
  ];
}
