// Schakel as a program of its own at an issuer (RFC 8252): authorization code with PKCE (S256), state and nonce.

import {
  allowInsecureRequests,
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientError,
  discovery,
  enableNonRepudiationChecks,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  refreshTokenGrant,
  ResponseBodyError,
  tokenRevocation,
  type Configuration,
  type TokenEndpointResponse,
  type TokenEndpointResponseHelpers,
} from "openid-client";
import { DEMO_SECOND_FACTOR } from "../../kernel/token-claims";
import { APP_CLIENT, HUB_RESOURCE } from "../demo-issuer/clients";
import { SignInError } from "./sign-in-error";

/** Seconds to wait for the issuer. */
const ISSUER_PATIENCE_S = 10;

/** A session at an issuer, with what continues and ends it. */
export interface Session {
  /** Id of the session (`sid`). */
  readonly sid: string;
  /** For the hub; a JWT. */
  readonly accessToken: string;
  /** For one use. */
  readonly refreshToken: string;
}

/** A sign-in that began: where the user has to go, and what to do with where the issuer sent them back. */
export interface SignInBegun {
  readonly address: URL;
  readonly state: string;
  /** Checks the answer and exchanges its code. Throws a SignInError. */
  readonly complete: (answer: URL) => Promise<Session>;
}

/** Words for what the issuer or the connection to it did. */
function explain(error: unknown, issuer: string): unknown {
  if (error instanceof AuthorizationResponseError) {
    return new SignInError(
      error.error === "access_denied"
        ? "Signing in was stopped."
        : `The issuer did not sign you in (${error.error}).`,
    );
  }
  if (error instanceof ResponseBodyError) return new SignInError(`The issuer refused (${error.error}).`);
  if (error instanceof TypeError || (error instanceof Error && error.name === "TimeoutError")) {
    return new SignInError(`No issuer answers at ${issuer}. Is the hub running (npm start)?`);
  }
  if (error instanceof ClientError) {
    return new SignInError(`The answer of the issuer cannot be trusted (${error.code ?? "no code"}).`);
  }
  return error;
}

/** The client at one issuer. */
export class IssuerClient {
  readonly #issuer: string;
  readonly #config: Configuration;

  private constructor(issuer: string, config: Configuration) {
    this.#issuer = issuer;
    this.#config = config;
  }

  /** Asks the issuer to describe itself. Throws a SignInError when nothing answers there. */
  static async at(issuer: string): Promise<IssuerClient> {
    const plain = new URL(issuer).protocol === "http:";
    try {
      const config = await discovery(new URL(issuer), APP_CLIENT, undefined, None(), {
        timeout: ISSUER_PATIENCE_S,
        // The embedded issuers stand on this machine, without TLS; so every signature is verified.
        execute: [enableNonRepudiationChecks, ...(plain ? [allowInsecureRequests] : [])],
      });
      return new IssuerClient(issuer, config);
    } catch (error) {
      throw explain(error, issuer);
    }
  }

  /** Begins a sign-in that ends at `redirectUri`. */
  async begin(redirectUri: string, secondFactor: boolean): Promise<SignInBegun> {
    const verifier = randomPKCECodeVerifier();
    const [state, nonce] = [randomState(), randomNonce()];
    const address = buildAuthorizationUrl(this.#config, {
      redirect_uri: redirectUri,
      scope: "openid",
      resource: HUB_RESOURCE,
      claims: JSON.stringify({ id_token: { function: null, acr: null } }),
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      state,
      nonce,
      ...(secondFactor ? { acr_values: DEMO_SECOND_FACTOR } : {}),
    });
    const complete = async (answer: URL): Promise<Session> =>
      this.#grantOf(
        async () =>
          await authorizationCodeGrant(
            this.#config,
            answer,
            { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true },
            { resource: HUB_RESOURCE },
          ),
      );
    return { address, state, complete };
  }

  /** A new token for the hub. Throws a SignInError when the session is over. */
  async renew(refreshToken: string): Promise<Session> {
    return this.#grantOf(
      async () => await refreshTokenGrant(this.#config, refreshToken, { resource: HUB_RESOURCE }),
    );
  }

  /** Ends the session: the issuer withdraws all of it, and tells the hub. One that is over already is no error. */
  async end(refreshToken: string): Promise<void> {
    try {
      await tokenRevocation(this.#config, refreshToken, { token_type_hint: "refresh_token" });
    } catch (error) {
      throw explain(error, this.#issuer);
    }
  }

  async #grantOf(ask: () => Promise<TokenEndpointResponse & TokenEndpointResponseHelpers>): Promise<Session> {
    try {
      const tokens = await ask();
      const sid = tokens.claims()?.["sid"];
      if (typeof sid !== "string" || tokens.refresh_token === undefined) {
        throw new SignInError("The issuer gave no session.");
      }
      return { sid, accessToken: tokens.access_token, refreshToken: tokens.refresh_token };
    } catch (error) {
      throw explain(error, this.#issuer);
    }
  }
}
