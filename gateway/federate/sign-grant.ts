// Signs what a source may deliver: under a minute valid, once, for that source and that request alone.

import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { CompactSign, importJWK, type CryptoKey, type JWK } from "jose";
import { keepFresh } from "../../shared/kernel/fresh";
import {
  DEFAULT_GRANT_TTL_S,
  GRANT_ISSUER,
  GRANT_TYPE,
  requestDigest,
  type GrantedRequest,
} from "../../shared/kernel/grant-claims";
import type { Grant } from "../../shared/kernel/requester";

/** Milliseconds after which a key that was rotated is used at the latest. */
const KEY_MAX_AGE_MS = 2_000;
/** Bytes of a grant's own id: no two grants share one. */
const ID_BYTES = 16;

const encoder = new TextEncoder();

/**
 * Signs a grant for one request to one subgraph. `certificate` is the thumbprint (x5t#S256) of the client certificate
 * that the request travels under: over any other connection the grant is worth nothing (RFC 8705, 3.1).
 */
export type GrantSigner = (
  grant: Grant,
  audience: string,
  request: GrantedRequest,
  certificate?: string,
) => Promise<string>;

/** How grants are signed. */
export interface GrantSignerOptions {
  /** Seconds that a grant is valid. */
  readonly ttlS?: number;
  /** Told when the key could not be read again; the one that is known goes on. */
  readonly onError?: (error: unknown) => void;
}

interface SigningKey {
  readonly key: CryptoKey | Uint8Array;
  readonly kid: string;
}

async function readSigningKey(keyFile: string): Promise<SigningKey> {
  const jwk = JSON.parse(await readFile(keyFile, "utf8")) as JWK;
  if (!jwk.kid) throw new Error("The key of grants has no kid.");
  return { key: await importJWK(jwk, "EdDSA"), kid: jwk.kid };
}

/**
 * A signer with the gateway's private key (Ed25519, JWK) out of a file, which is read again while it runs. Rejects when
 * the file cannot be read.
 */
export async function createGrantSigner(
  keyFile: string,
  { ttlS = DEFAULT_GRANT_TTL_S, onError = () => undefined }: GrantSignerOptions = {},
): Promise<GrantSigner> {
  const current = await keepFresh({
    read: () => readSigningKey(keyFile),
    maxAgeMs: KEY_MAX_AGE_MS,
    minAgeMs: KEY_MAX_AGE_MS,
    onError,
  });
  return async (grant, audience, request, certificate) => {
    const { key, kid } = await current.get();
    const now = Math.floor(Date.now() / 1000);
    const bound = certificate === undefined ? {} : { cnf: { "x5t#S256": certificate } };
    // A JWT by hand: SignJWT makes a deep copy of its claims first, and a grant of a caseload has hundreds of subjects.
    const claims = {
      grant,
      request: requestDigest(request),
      ...bound,
      iss: GRANT_ISSUER,
      aud: audience,
      jti: randomBytes(ID_BYTES).toString("base64url"),
      iat: now,
      exp: now + ttlS,
    };
    return new CompactSign(encoder.encode(JSON.stringify(claims)))
      .setProtectedHeader({ alg: "EdDSA", typ: GRANT_TYPE, kid })
      .sign(key);
  };
}
