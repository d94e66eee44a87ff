// What issuers and the hub agree on about tokens.

/** `aud` of every token for the hub. */
export const TOKEN_AUDIENCE = "schakel";
