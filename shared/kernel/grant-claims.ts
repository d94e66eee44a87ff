// What gateway and subgraph kit agree on about grants.

/** `iss` of every grant. */
export const GRANT_ISSUER = "schakel-gateway";
