// The demo's token issuers as HTTP: per organisation a description and the public keys. It hands out no tokens.

import { createServer, type Server } from "node:http";
import type { JWK } from "jose";

/** What the server publishes. */
export interface IssuerServerOptions {
  /** Base of all issuers, as it stands in the tokens. */
  readonly baseUrl: string;
  /** Public keys per issuer. */
  readonly keys: ReadonlyMap<string, JWK>;
}

/** Where an issuer of the demo stands; also its `iss`. */
export const issuerUrl = (baseUrl: string, issuer: string): string =>
  `${baseUrl.replace(/\/$/, "")}/issuers/${issuer}`;

/**
 * `GET /issuers/<name>/jwks.json`, `GET /issuers/<name>/.well-known/openid-configuration`, `GET /health`, `GET /ready`;
 * anything else is 404.
 */
export function createIssuerServer(options: IssuerServerOptions): Server {
  return createServer((request, response) => {
    const path = (request.url ?? "").split("?", 1)[0] ?? "";
    const body = request.method === "GET" ? answerTo(path, options) : undefined;
    response.writeHead(body ? 200 : 404, {
      "content-type": "application/json",
      "cache-control": "max-age=60",
    });
    response.end(JSON.stringify(body ?? { error: "not found" }));
  });
}

function answerTo(path: string, { baseUrl, keys }: IssuerServerOptions): unknown {
  if (path === "/health" || path === "/ready") return { status: "ok" };
  const [, issuer = "", rest] = /^\/issuers\/([a-z0-9-]+)\/(.+)$/.exec(path) ?? [];
  const key = keys.get(issuer);
  if (!key) return undefined;
  if (rest === "jwks.json") return { keys: [key] };
  if (rest !== ".well-known/openid-configuration") return undefined;
  const url = issuerUrl(baseUrl, issuer);
  return {
    issuer: url,
    jwks_uri: `${url}/jwks.json`,
    id_token_signing_alg_values_supported: ["ES256"],
    response_types_supported: ["none"],
    subject_types_supported: ["public"],
  };
}
