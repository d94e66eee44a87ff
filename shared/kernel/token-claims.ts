// What issuers and the hub agree on about tokens.

/** `aud` of every token for the hub. */
export const TOKEN_AUDIENCE = "schakel";

/** `typ` of an access token (RFC 9068, 2.1); by it, an ID token or a logout token is no access token. */
export const ACCESS_TOKEN_TYPE = "at+jwt";

/** What the demo issuers put in `acr` of who signed in with a second factor. */
export const DEMO_SECOND_FACTOR = "mfa";

/** What the hub is called as a client of the demo issuers; `aud` of their logout tokens. */
export const DEMO_APP_CLIENT = "schakel-app";

/** What the own system of an organisation is called at its demo issuer. */
export const demoSystemClient = (organisation: string): string => `${organisation}.system`;

/**
 * Values of `acr` (OpenID Connect Core, 2) by which an issuer vouches that a second factor was used: the plain word, the
 * profile of REFEDS, and the policy of OpenID PAPE. Anything else, a list included, vouches for nothing.
 */
export const SECOND_FACTOR_ACR: readonly string[] = [
  DEMO_SECOND_FACTOR,
  "https://refeds.org/profile/mfa",
  "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
];
