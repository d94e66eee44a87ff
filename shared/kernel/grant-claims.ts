// What gateway and subgraph kit agree on about grants.

import { createHash } from "node:crypto";

/** `iss` of every grant. */
export const GRANT_ISSUER = "schakel-gateway";

/** The query and the variables that a grant was made for. */
export interface GrantedRequest {
  readonly query: unknown;
  readonly variables: unknown;
}

/** What ties a grant to its request (claim `request`): the SHA-256 of both parts as JSON, in base64url. */
export function requestDigest({ query, variables }: GrantedRequest): string {
  return createHash("sha256")
    .update(JSON.stringify([query, variables]))
    .digest("base64url");
}
