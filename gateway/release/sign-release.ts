// Signs a release, and verifies one: a compact JWS (RFC 7515) under Ed25519 (RFC 8037), as grants are.

import {
  compactVerify,
  CompactSign,
  createLocalJWKSet,
  errors,
  importJWK,
  type JSONWebKeySet,
  type JWK,
} from "jose";
import { Release, RELEASE_TYPE, ReleaseError, differencesFrom, filesOf, type ReleasedParts } from "./release";

/** A release whose signature holds, and the key by which it does. */
export interface SignedRelease {
  readonly release: Release;
  readonly kid: string;
}

/** The signed text of these parts. Rejects for a key that is no private Ed25519 key with a `kid`. */
export async function signRelease(parts: ReleasedParts, key: JWK, now: Date = new Date()): Promise<string> {
  const { kid } = key;
  if (kid === undefined || key.crv !== "Ed25519" || key.d === undefined) {
    throw new ReleaseError(["the key is no private Ed25519 key with a kid"]);
  }
  const release: Release = {
    policySet: parts.rules.version,
    files: filesOf(parts),
    signedAt: now.toISOString(),
  };
  return new CompactSign(new TextEncoder().encode(JSON.stringify(release)))
    .setProtectedHeader({ alg: "EdDSA", kid, typ: RELEASE_TYPE })
    .sign(await importJWK(key, "EdDSA"));
}

/** Why a signature was not taken. */
function faultOf(error: unknown): string {
  if (error instanceof errors.JWKSNoMatchingKey) return "it is signed by a key that may not sign releases";
  if (error instanceof errors.JWSSignatureVerificationFailed) return "its signature does not hold";
  return "it is no signed release";
}

/** The release in a signed text. Rejects with a ReleaseError when no key of the set vouches for it. */
export async function readRelease(signed: string, keys: JSONWebKeySet): Promise<SignedRelease> {
  try {
    const { payload, protectedHeader } = await compactVerify(signed.trim(), createLocalJWKSet(keys), {
      algorithms: ["EdDSA"],
    });
    const { typ, kid } = protectedHeader;
    // Without a name, a set of one key would answer for whoever signed.
    if (typ !== RELEASE_TYPE || kid === undefined) throw new ReleaseError(["it is no signed release"]);
    return { release: Release.parse(JSON.parse(new TextDecoder().decode(payload))), kid };
  } catch (error) {
    if (error instanceof ReleaseError) throw error;
    throw new ReleaseError([faultOf(error)]);
  }
}

/** Resolves with the release when it is signed and these parts are exactly what it says; rejects with a ReleaseError. */
export async function verifyRelease(
  signed: string,
  keys: JSONWebKeySet,
  parts: ReleasedParts,
): Promise<SignedRelease> {
  const found = await readRelease(signed, keys);
  const differences = differencesFrom(found.release, parts);
  if (differences.length > 0) throw new ReleaseError(differences);
  return found;
}
