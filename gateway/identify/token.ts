// Verifies who asks: a signed token of one of the region's issuers. The employer follows from the issuer, never from a claim.

import { errors, jwtVerify, type JWTVerifyGetKey } from "jose";
import { SchakelError } from "../../shared/kernel/errors";
import type { Issuer } from "./issuer";
import { createIssuerKeys, type KeyDeps } from "./issuer-keys";
import { readClaims, type SignedIn } from "./read-claims";
import { readTokenText, type Unverified } from "./token-text";
import { VerifiedTokens, type VerifiedToken } from "./verified-tokens";

/** Turns a bearer token into whom it vouches for. */
export type TokenVerifier = (token: string) => Promise<SignedIn>;

/** An issuer with its keys. */
export interface KnownIssuer {
  readonly issuer: Issuer;
  readonly keys: JWTVerifyGetKey;
}

/** The issuers of the region by their `iss`. */
export type KnownIssuers = ReadonlyMap<string, KnownIssuer>;

/** The issuers with their keys, which are fetched when the first token comes. */
export function knownIssuers(issuers: readonly Issuer[], deps: KeyDeps): KnownIssuers {
  return new Map(issuers.map((issuer) => [issuer.issuer, { issuer, keys: createIssuerKeys(issuer, deps) }]));
}

/** What is demanded of one kind of token beside its signature. */
export interface Demands {
  readonly audience: string;
  /** Accepted values of `typ`; undefined stands for a header without one. */
  readonly types: readonly (string | undefined)[];
  readonly tokenAgeSeconds: number;
  readonly requiredClaims: readonly string[];
}

function refusalOf(error: unknown): SchakelError {
  if (error instanceof SchakelError) return error;
  if (error instanceof errors.JWTExpired) return new SchakelError("TOKEN_EXPIRED");
  if (error instanceof errors.JWTClaimValidationFailed) {
    return new SchakelError("TOKEN_INVALID", { reason: error.claim });
  }
  if (error instanceof errors.JOSEError) return new SchakelError("TOKEN_INVALID");
  // A key that the issuer publishes and that cannot be used.
  return new SchakelError("ISSUER_UNREACHABLE", {}, { cause: error });
}

/** `application/at+jwt` is the same as `at+jwt`, in letters of any size (RFC 7515, 4.1.9). */
function typeOf({ typ }: Unverified): string | undefined {
  return typeof typ === "string" ? typ.toLowerCase().replace(/^application\//, "") : undefined;
}

/** The issuer that a token says it is of; nothing of it is verified yet. Throws TOKEN_INVALID and ISSUER_UNKNOWN. */
export function issuerNamedIn(known: KnownIssuers, token: string): KnownIssuer & { header: Unverified } {
  const { header, payload } = readTokenText(token);
  const found = typeof payload["iss"] === "string" ? known.get(payload["iss"]) : undefined;
  if (!found) throw new SchakelError("ISSUER_UNKNOWN");
  return { ...found, header };
}

/**
 * The claims of a token, once its signature and all that is demanded hold. Keys come from the issuer's own key set alone:
 * `jwk`, `jku`, `x5u` and `x5c` in a header are not followed, and what `crit` demands is refused.
 * Throws ISSUER_UNKNOWN, TOKEN_EXPIRED, TOKEN_INVALID or ISSUER_UNREACHABLE.
 */
export async function verifiedClaims(
  known: KnownIssuers,
  token: string,
  demandsOf: (issuer: Issuer) => Demands,
): Promise<VerifiedToken> {
  const { issuer, keys, header } = issuerNamedIn(known, token);
  const { audience, types, tokenAgeSeconds, requiredClaims } = demandsOf(issuer);
  if (!types.includes(typeOf(header))) throw new SchakelError("TOKEN_INVALID", { reason: "typ" });
  try {
    const { payload, protectedHeader, key } = await jwtVerify(token, keys, {
      issuer: issuer.issuer,
      audience,
      algorithms: [...issuer.algorithms],
      clockTolerance: issuer.clockSkewSeconds,
      maxTokenAge: tokenAgeSeconds,
      requiredClaims: [...requiredClaims],
    });
    return { issuer, keys, header: protectedHeader, key, payload };
  } catch (error) {
    throw refusalOf(error);
  }
}

/** A verifier of access tokens (RFC 9068). It throws the codes of `verifiedClaims`. */
export function createTokenVerifier(known: KnownIssuers): TokenVerifier {
  const verified = new VerifiedTokens();
  return async (token) => {
    const before = await verified.find(token);
    if (before) return readClaims(before.issuer, before.payload);
    const now = await verifiedClaims(known, token, ({ audience, types, tokenAgeSeconds }) => ({
      audience,
      types,
      tokenAgeSeconds,
      requiredClaims: ["sub", "exp", "iat"],
    }));
    verified.remember(token, now);
    return readClaims(now.issuer, now.payload);
  };
}
