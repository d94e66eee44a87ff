// A plain JSON API over collections, such as a case system has: a token for whoever has the secret, pages with a Link to
// the next one, and an ETag on each.

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { readRequest } from "./read-request";

/** Life of a token, in seconds. */
const TOKEN_LIFE_S = 300;

/** A page of a collection. */
export interface Page {
  readonly body: object;
  /** Where the next page begins; there is none without it. */
  readonly after?: string | undefined;
}

/** What an API offers. */
export interface JsonApi {
  /** Its own description, an OpenAPI document; there is none without it. */
  readonly description?: string;
  /** Path -> a page of what is asked; throws BadQuestion when it cannot be understood. */
  readonly collections: Readonly<Record<string, (query: URLSearchParams) => Promise<Page>>>;
  /** Parameter that says after what a page begins. */
  readonly afterParameter: string;
}

/** Who may ask. */
export interface ApiClient {
  readonly id: string;
  readonly secret: string;
}

/** A question that the API does not understand; told to whoever asked. */
export class BadQuestion extends Error {}

/** Answers for an API. */
export function createJsonApi(api: JsonApi, client: ApiClient): RequestListener {
  const tokens = new Map<string, number>();
  const isKnown = (authorization: string | undefined): boolean => {
    const token = /^Bearer (\S+)$/.exec(authorization ?? "")?.[1];
    return token !== undefined && (tokens.get(token) ?? 0) > performance.now();
  };
  const giveToken = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const form = new URLSearchParams(await readRequest(request));
    if (!isClient(client, request.headers.authorization)) return refuse(response, 401, "invalid_client");
    if (form.get("grant_type") !== "client_credentials")
      return refuse(response, 400, "unsupported_grant_type");
    for (const [token, until] of tokens) if (until <= performance.now()) tokens.delete(token);
    const token = randomBytes(32).toString("base64url");
    tokens.set(token, performance.now() + TOKEN_LIFE_S * 1_000);
    const answer = { access_token: token, token_type: "Bearer", expires_in: TOKEN_LIFE_S };
    send(response, 200, JSON.stringify(answer), { "cache-control": "no-store" });
  };
  const givePage = async (url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isKnown(request.headers.authorization)) {
      return refuse(response, 401, "A valid token is needed.", { "www-authenticate": "Bearer" });
    }
    const collection = Object.hasOwn(api.collections, url.pathname)
      ? api.collections[url.pathname]
      : undefined;
    if (!collection) return refuse(response, 404, "There is nothing here.");
    const { body, after } = await collection(url.searchParams);
    const text = JSON.stringify(body);
    const etag = `"${createHash("sha256").update(text).digest("base64url")}"`;
    const headers: Record<string, string> = { etag };
    if (after !== undefined) {
      url.searchParams.set(api.afterParameter, after);
      headers["link"] = `<${url.pathname}?${url.searchParams.toString()}>; rel="next"`;
    }
    if (request.headers["if-none-match"] === etag) response.writeHead(304, headers).end();
    else send(response, 200, text, headers);
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", "http://system");
    if (request.method === "POST" && url.pathname === "/token") return giveToken(request, response);
    if (request.method !== "GET") return refuse(response, 405, "This can only be read.", { allow: "GET" });
    if (url.pathname === "/openapi.yaml" && api.description !== undefined) {
      return void response.writeHead(200, { "content-type": "application/yaml" }).end(api.description);
    }
    return givePage(url, request, response);
  };
  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else if (error instanceof BadQuestion) refuse(response, 400, error.message);
      else refuse(response, 500, "Something went wrong.");
    });
  };
}

/** Whether somebody who says who they are by Basic (RFC 6749, 2.3.1) has the secret. */
function isClient({ id, secret }: ApiClient, authorization: string | undefined): boolean {
  const given = /^Basic (\S+)$/.exec(authorization ?? "")?.[1] ?? "";
  const wanted = `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`;
  return timingSafeEqual(digest(Buffer.from(given, "base64").toString()), digest(wanted));
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

function send(response: ServerResponse, status: number, text: string, headers: Record<string, string>): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(text);
}

/** RFC 9457; `title` never says anything of what was asked. */
function refuse(
  response: ServerResponse,
  status: number,
  title: string,
  headers: Record<string, string> = {},
): void {
  const problem = { "content-type": "application/problem+json", ...headers };
  send(response, status, JSON.stringify({ title, status }), problem);
}
