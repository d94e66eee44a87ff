// Verifies who asks: a signed token of one of the region's issuers. The employer follows from the issuer, never from a claim.

import { createRemoteJWKSet, decodeJwt, errors, jwtVerify, type JWTVerifyGetKey } from "jose";
import { WorkerFunction, isCode, type OrganisationKind } from "../../shared/kernel/codes";
import { SchakelError } from "../../shared/kernel/errors";
import { toOrganisationCode, toWorkerId } from "../../shared/kernel/ids";
import { SECOND_FACTOR_ACR, TOKEN_AUDIENCE } from "../../shared/kernel/token-claims";
import type { Requester } from "../../shared/kernel/requester";
import { employs } from "../privacy/purposes";

/** Seconds that clocks may differ. */
const CLOCK_TOLERANCE_S = 5;
/** Milliseconds to wait for an issuer's keys. */
const JWKS_TIMEOUT_MS = 2_000;

/** An issuer that may vouch for workers of one organisation. */
export interface Issuer {
  readonly issuer: string;
  readonly organisation: string;
  readonly kind: OrganisationKind;
  readonly legalEntity: string;
}

/** Turns a bearer token into the requester that it vouches for. */
export type TokenVerifier = (token: string) => Promise<Requester>;

function refusalOf(error: unknown): SchakelError {
  if (error instanceof SchakelError) return error;
  if (error instanceof errors.JWTExpired) return new SchakelError("TOKEN_EXPIRED");
  const known = error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout);
  // jose reports an answer of the issuer that is no key set as a plain JOSEError.
  if (known && error.code !== "ERR_JOSE_GENERIC") return new SchakelError("TOKEN_INVALID");
  return new SchakelError("ISSUER_UNREACHABLE", {}, { cause: error });
}

/**
 * A verifier for the tokens of these issuers, with keys fetched from `<issuer>/jwks.json` and kept.
 * It throws ISSUER_UNKNOWN, TOKEN_EXPIRED, TOKEN_INVALID or ISSUER_UNREACHABLE.
 */
export function createTokenVerifier(issuers: readonly Issuer[]): TokenVerifier {
  const known = new Map<string, Issuer & { readonly keys: JWTVerifyGetKey }>(
    issuers.map((one) => [
      one.issuer,
      {
        ...one,
        keys: createRemoteJWKSet(new URL(`${one.issuer}/jwks.json`), { timeoutDuration: JWKS_TIMEOUT_MS }),
      },
    ]),
  );
  return async (token) => {
    try {
      const issuer = known.get(decodeJwt(token).iss ?? "");
      if (!issuer) throw new SchakelError("ISSUER_UNKNOWN");
      const { payload } = await jwtVerify(token, issuer.keys, {
        issuer: issuer.issuer,
        audience: TOKEN_AUDIENCE,
        algorithms: ["ES256"],
        clockTolerance: CLOCK_TOLERANCE_S,
        requiredClaims: ["sub", "exp", "function"],
      });
      const claimed = payload["function"];
      const { acr } = payload;
      if (!isCode(WorkerFunction, claimed) || !employs(issuer.kind, claimed)) {
        throw new SchakelError("TOKEN_INVALID", { reason: "function" });
      }
      return {
        worker: toWorkerId(payload.sub ?? ""),
        organisation: toOrganisationCode(issuer.organisation),
        kind: issuer.kind,
        legalEntity: issuer.legalEntity,
        workerFunction: claimed,
        secondFactor: typeof acr === "string" && SECOND_FACTOR_ACR.includes(acr),
      };
    } catch (error) {
      throw refusalOf(error);
    }
  };
}
