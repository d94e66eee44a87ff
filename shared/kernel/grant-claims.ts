// What gateway and subgraph kit agree on about grants. docs/verify-a-grant.md says the same for who verifies them in
// another language.

import { hash } from "node:crypto";

/** `iss` of every grant. */
export const GRANT_ISSUER = "schakel-gateway";

/** `typ` of every grant: no other token of the same key can be taken for one (RFC 8725, 3.11). */
export const GRANT_TYPE = "schakel-grant+jwt";

/** Seconds between `iat` and `exp` that no grant may exceed. */
export const LONGEST_GRANT_S = 59;

/** Seconds that a grant is valid: longer than any deadline, far shorter than anything worth stealing. */
export const DEFAULT_GRANT_TTL_S = 30;

/** Seconds that the clocks of gateway and source may be allowed to differ at most. */
export const LONGEST_GRANT_SKEW_S = 29;

/** Seconds that the clocks of gateway and source may differ. */
export const DEFAULT_GRANT_SKEW_S = 5;

/** The query and the variables that a grant was made for. */
export interface GrantedRequest {
  readonly query: unknown;
  readonly variables: unknown;
}

/** What ties a grant to its request (claim `request`): the SHA-256 of both parts as JSON, in base64url. */
export const requestDigest = ({ query, variables }: GrantedRequest): string =>
  digestOf(JSON.stringify([query, variables]));

/** The same of parts that are JSON already. */
export const digestOfParts = (query: string, variables: string): string =>
  digestOf(`[${query},${variables}]`);

const digestOf = (text: string): string => hash("sha256", text, "base64url");
