// Keys as JWK (RFC 7517).

import type { KeyObject } from "node:crypto";
import { calculateJwkThumbprint, type JWK } from "jose";

/** A JWK without what must stay secret. */
export function publicPart(key: JWK): JWK {
  const { d: _secret, ...shared } = key;
  return shared;
}

/** A key for signing, named by its thumbprint. */
export async function toJwk(key: KeyObject, algorithm: string): Promise<JWK> {
  const jwk = key.export({ format: "jwk" }) as JWK;
  return { ...jwk, alg: algorithm, use: "sig", kid: await calculateJwkThumbprint(jwk) };
}
