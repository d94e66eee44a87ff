// Which pages of a browser may ask: those of the gateway's own origin and those that are set; no others, and none unseen.

import type { RequestHandler } from "express";
import { SchakelError } from "../../shared/kernel/errors";

/** Headers that a page may send along. */
const HEADERS = "authorization, content-type, purpose, traceparent";
/** Headers of an answer that a page may read. */
const EXPOSED = "retry-after";
/** Seconds that a browser may remember what it was told. */
const REMEMBERED_S = 600;

/** Is this the origin that the request itself went to? Behind a proxy the host is the one that the proxy passes on. */
function isOwn(origin: string, host: string | undefined): boolean {
  if (host === undefined || !URL.canParse(origin)) return false;
  return new URL(origin).host === host;
}

/**
 * Lets requests in that come from no page, from a page of the gateway's own origin, or from an origin in `allowed`
 * (scheme, host and port). Any other gets ORIGIN_NOT_ALLOWED, whatever it asks; a browser that asks first gets its answer.
 * Source: Fetch standard, CORS protocol; OWASP, cross-site request forgery.
 */
export function onlyKnownOrigins(allowed: ReadonlySet<string>): RequestHandler {
  return ({ method, headers }, response, next) => {
    response.vary("origin");
    const { origin } = headers;
    const isAllowed = origin !== undefined && allowed.has(origin);
    if (isAllowed) {
      response.set({ "access-control-allow-origin": origin, "access-control-expose-headers": EXPOSED });
    } else if (origin !== undefined && !isOwn(origin, headers.host)) {
      next(new SchakelError("ORIGIN_NOT_ALLOWED"));
      return;
    } else if (origin === undefined && headers["sec-fetch-site"] === "cross-site") {
      next(new SchakelError("ORIGIN_NOT_ALLOWED"));
      return;
    }
    if (method === "OPTIONS" && isAllowed) {
      response.set({
        "access-control-allow-methods": "POST",
        "access-control-allow-headers": HEADERS,
        "access-control-max-age": String(REMEMBERED_S),
      });
      response.status(204).end();
      return;
    }
    next();
  };
}
