// Signs what a source may deliver: under a minute valid, for that source and that request alone.

import { readFile } from "node:fs/promises";
import { SignJWT, importJWK, type JWK } from "jose";
import { GRANT_ISSUER, requestDigest, type GrantedRequest } from "../../shared/kernel/grant-claims";
import type { Grant } from "../../shared/kernel/requester";

/** Seconds that a grant is valid: longer than any deadline, far shorter than anything worth stealing. */
const GRANT_TTL_S = 30;

/** Signs a grant for one request to one subgraph. */
export type GrantSigner = (grant: Grant, audience: string, request: GrantedRequest) => Promise<string>;

/** A signer with the gateway's private key (Ed25519, JWK) out of a file; rejects when the file cannot be read. */
export async function createGrantSigner(keyFile: string): Promise<GrantSigner> {
  const jwk = JSON.parse(await readFile(keyFile, "utf8")) as JWK;
  const key = await importJWK(jwk, "EdDSA");
  return async (grant, audience, request) => {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ grant, request: requestDigest(request) })
      .setProtectedHeader({ alg: "EdDSA", ...(jwk.kid ? { kid: jwk.kid } : {}) })
      .setIssuer(GRANT_ISSUER)
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(now + GRANT_TTL_S)
      .sign(key);
  };
}
