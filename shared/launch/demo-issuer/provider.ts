// One demo issuer: a certified OpenID provider, set to what the hub asks of an organisation's own issuer.

import { randomBytes } from "node:crypto";
import type { JWK } from "jose";
import type {
  AccessToken,
  ClientCredentials,
  Configuration,
  KoaContextWithOIDC,
  Provider,
  UnknownObject,
} from "oidc-provider";
import { DEMO_SECOND_FACTOR, TOKEN_AUDIENCE } from "../../kernel/token-claims";
import type { Persona } from "../../region/demo";
import { claimsAbout, findAccount, findByWorker } from "./accounts";
import { clientsOf, HUB_RESOURCE, type ClientOptions } from "./clients";
import { Html } from "./html";
import { issuerPath, issuerUrl } from "./issuer-settings";
import { ACCESS_TOKEN_S, AUTHORIZATION_CODE_S, SESSION_S, SIGN_IN_S, SYSTEM_TOKEN_S } from "./lifetimes";
import type { OidcLibrary } from "./load-library";
import type { MemoryStore } from "./memory-store";
import { errorPage, signedOutPage, signOutPage } from "./pages";
import { signInPolicy } from "./policy";

const SIGNING_ALGORITHM = "ES256";
const COOKIE_SECRET_BYTES = 32;

/** What one issuer is made of. */
export interface ProviderOptions extends ClientOptions {
  /** Code of the issuer. */
  readonly issuer: string;
  /** The people whom it vouches for. */
  readonly personas: readonly Persona[];
  /** Name for people. */
  readonly name: string;
  /** Base of all issuers. */
  readonly baseUrl: string;
  /** Private key (ES256). */
  readonly key: JWK;
  /** What it remembers. */
  readonly store: MemoryStore;
}

/** What the library asks to fetch; its types leave out what it adds for Node. */
type FetchOptions = RequestInit & { readonly dispatcher?: unknown };

/** What the hub reads in a token besides who it is: function, second factor, session. Nothing of a system. */
function hubClaims(
  personas: readonly Persona[],
  { oidc }: KoaContextWithOIDC,
  token: AccessToken | ClientCredentials,
): UnknownObject | undefined {
  if (token.kind !== "AccessToken") return undefined;
  const persona = findByWorker(personas, token.accountId ?? "");
  if (!persona) return undefined;
  const { RefreshToken: refresh, AuthorizationCode: code } = oidc.entities;
  const acr = (code ?? refresh)?.acr;
  return {
    ...claimsAbout(persona),
    ...(acr === undefined ? {} : { acr }),
    ...(token.sid === undefined ? {} : { sid: token.sid }),
  };
}

/** Makes the provider; mount it at `issuerPath(issuer)`. */
export function createProvider(library: OidcLibrary, options: ProviderOptions): Provider {
  const { issuer, personas, name, baseUrl, key, signOutUrl } = options;
  const cookie = { httpOnly: true, sameSite: "lax", overwrite: true } as const;
  const configuration: Configuration = {
    acrValues: [DEMO_SECOND_FACTOR],
    adapter: options.store.adapter,
    claims: { openid: ["sub"], function: null, acr: null, amr: null, auth_time: null, sid: null, iss: null },
    clientAuthMethods: ["none", "client_secret_basic"],
    clientBasedCORS: () => false,
    clientDefaults: { id_token_signed_response_alg: SIGNING_ALGORITHM },
    clients: clientsOf(options),
    cookies: {
      keys: [randomBytes(COOKIE_SECRET_BYTES).toString("base64url")],
      long: { ...cookie, path: `${issuerPath(issuer)}/` },
      short: cookie,
    },
    enabledJWA: {
      idTokenSigningAlgValues: [SIGNING_ALGORITHM],
      userinfoSigningAlgValues: [SIGNING_ALGORITHM],
    },
    // A refresh token lives as long as the session that it came from, and is given for one use.
    expiresWithSession: () => true,
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed("refresh_token"),
    rotateRefreshToken: () => true,
    extraTokenClaims: (ctx, token) => hubClaims(personas, ctx, token),
    features: {
      backchannelLogout: { enabled: true },
      claimsParameter: { enabled: true },
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: {
        enabled: true,
        // A system has nothing to ask but the hub.
        defaultResource: (_ctx, client, oneOf) =>
          oneOf ?? (client?.grantTypeAllowed("client_credentials") ? HUB_RESOURCE : []),
        getResourceServerInfo: (_ctx, resource) => {
          if (resource !== HUB_RESOURCE) throw new library.errors.InvalidTarget();
          return {
            audience: TOKEN_AUDIENCE,
            scope: "",
            accessTokenFormat: "jwt",
            jwt: { sign: { alg: SIGNING_ALGORITHM } },
          };
        },
      },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          // The library wrote this form: its values are hexadecimal or its own address.
          ctx.body = signOutPage(name, new Html(form));
        },
        postLogoutSuccessSource: (ctx) => {
          ctx.body = signedOutPage(name);
        },
      },
    },
    // The library refuses addresses of this machine, where the gateway of the demo stands; none but that one is asked.
    fetch: async (url, { dispatcher: _refusing, ...asked }: FetchOptions = {}) => {
      if (url !== new URL(signOutUrl).href) throw new TypeError("Not an address of this issuer.");
      return await fetch(url, asked);
    },
    findAccount: (_ctx, worker) => findAccount(personas, worker),
    interactions: {
      policy: signInPolicy(library),
      url: (_ctx, { uid }) => `${issuerPath(issuer)}/interaction/${uid}`,
    },
    jwks: { keys: [{ ...key, alg: SIGNING_ALGORITHM, use: "sig" }] },
    pkce: { required: () => true },
    renderError: (ctx, { error }) => {
      ctx.type = "html";
      ctx.body = errorPage(error);
    },
    responseTypes: ["code"],
    routes: {
      authorization: "/authorize",
      end_session: "/sign-out",
      jwks: "/jwks.json",
      revocation: "/revoke",
      token: "/token",
      userinfo: "/userinfo",
    },
    scopes: ["openid"],
    ttl: {
      AccessToken: ACCESS_TOKEN_S,
      AuthorizationCode: AUTHORIZATION_CODE_S,
      ClientCredentials: SYSTEM_TOKEN_S,
      Grant: SESSION_S,
      IdToken: ACCESS_TOKEN_S,
      Interaction: SIGN_IN_S,
      RefreshToken: SESSION_S,
      Session: SESSION_S,
    },
  };
  const provider = new library.Provider(issuerUrl(baseUrl, issuer), configuration);
  // The server in front writes what the base says into these headers; nobody else can.
  provider.proxy = true;
  return provider;
}
