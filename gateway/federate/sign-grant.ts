// Signs what a source may deliver: under a minute valid, once, for that source and that request alone.

import { createPrivateKey, sign, type JsonWebKey, type KeyObject } from "node:crypto";
import { readFile } from "node:fs/promises";
import { keepFresh } from "../../shared/kernel/fresh";
import {
  DEFAULT_GRANT_TTL_S,
  GRANT_ISSUER,
  GRANT_TYPE,
  requestDigest,
  type GrantedRequest,
} from "../../shared/kernel/grant-claims";
import { takeRandomBytes } from "../../shared/kernel/random-bytes";
import type { Grant } from "../../shared/kernel/requester";

/** Milliseconds after which a key that was rotated is used at the latest. */
const KEY_MAX_AGE_MS = 2_000;
/** Bytes of a grant's own id: no two grants share one. */
const ID_BYTES = 16;

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/**
 * Signs a grant for one request to one subgraph. `certificate` is the thumbprint (x5t#S256) of the client certificate
 * that the request travels under: over any other connection the grant is worth nothing (RFC 8705, 3.1). Of a request it
 * needs no more than its digest.
 */
export type GrantSigner = (
  grant: Grant,
  audience: string,
  request: GrantedRequest | { readonly digest: string },
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
  readonly key: KeyObject;
  /** The protected header of every grant by this key, encoded. */
  readonly header: string;
}

async function readSigningKey(keyFile: string): Promise<SigningKey> {
  const jwk = JSON.parse(await readFile(keyFile, "utf8")) as JsonWebKey & { readonly kid?: string };
  if (!jwk.kid) throw new Error("The key of grants has no kid.");
  const key = createPrivateKey({ key: jwk, format: "jwk" });
  if (key.asymmetricKeyType !== "ed25519") throw new Error("The key of grants is none of Ed25519.");
  return { key, header: encoded({ alg: "EdDSA", typ: GRANT_TYPE, kid: jwk.kid }) };
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
    const { key, header } = await current.get();
    const now = Math.floor(Date.now() / 1000);
    const bound = certificate === undefined ? {} : { cnf: { "x5t#S256": certificate } };
    // A JWT by hand: jose copies the claims, of which a grant of a caseload has hundreds, and has a thread sign them. Ed25519
    // takes less time than handing it to a thread does, and a view has a grant for each source.
    const claims = {
      grant,
      request: "digest" in request ? request.digest : requestDigest(request),
      ...bound,
      iss: GRANT_ISSUER,
      aud: audience,
      jti: takeRandomBytes(ID_BYTES).toString("base64url"),
      iat: now,
      exp: now + ttlS,
    };
    const signed = `${header}.${encoded(claims)}`;
    return `${signed}.${sign(null, Buffer.from(signed), key).toString("base64url")}`;
  };
}
