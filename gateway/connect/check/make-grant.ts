// Makes the grants of a conformance check: good ones, as the gateway makes them, and bad ones, each wrong in one thing.

import { generateKeyPairSync, randomBytes, type KeyObject } from "node:crypto";
import { SignJWT, importJWK, type CryptoKey, type JWK } from "jose";
import {
  DEFAULT_GRANT_TTL_S,
  GRANT_ISSUER,
  GRANT_TYPE,
  requestDigest,
} from "../../../shared/kernel/grant-claims";
import type { Grant } from "../../../shared/kernel/requester";
import type { Sent } from "./target";

/** What is wrong with a grant; nothing, unless it is said. */
export interface Flaw {
  readonly audience?: string;
  readonly issuer?: string;
  readonly type?: string;
  /** Another request than the one that it comes with. */
  readonly request?: Sent;
  /** Seconds from now until it expires; negative for one that has. */
  readonly expiresIn?: number;
  /** Signed with a key of nobody, under the name of the real one. */
  readonly forged?: boolean;
}

/** Makes grants for one source. */
export interface GrantMaker {
  /** A signed grant for this request. */
  make(grant: Grant, sent: Sent, flaw?: Flaw): Promise<string>;
  /** A grant with `alg: none` and no signature. */
  unsigned(grant: Grant, sent: Sent): string;
}

const ID_BYTES = 16;
/** Seconds before now at which an expired grant was issued: it was good once. */
const ISSUED_BEFORE_S = 40;

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");

/** The key of nobody: every forged grant is signed with it. */
const nobody = (): KeyObject => generateKeyPairSync("ed25519").privateKey;

/**
 * A maker of grants for the source `audience`, with the gateway's private key (JWK with a `kid`). `certificate` is the
 * thumbprint of the client certificate, where there is one. Rejects when the key cannot be used.
 */
export async function createGrantMaker(
  jwk: JWK,
  audience: string,
  certificate?: string,
): Promise<GrantMaker> {
  const { kid } = jwk;
  if (!kid) throw new RangeError("The key of grants has no kid.");
  const key: CryptoKey | Uint8Array = await importJWK(jwk, "EdDSA");
  const claims = (grant: Grant, sent: Sent) => ({
    grant,
    request: requestDigest(sent),
    ...(certificate === undefined ? {} : { cnf: { "x5t#S256": certificate } }),
  });
  return {
    make: async (grant, sent, flaw = {}) => {
      const { expiresIn = DEFAULT_GRANT_TTL_S } = flaw;
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT(claims(grant, flaw.request ?? sent))
        .setProtectedHeader({ alg: "EdDSA", typ: flaw.type ?? GRANT_TYPE, kid })
        .setIssuer(flaw.issuer ?? GRANT_ISSUER)
        .setAudience(flaw.audience ?? audience)
        .setJti(randomBytes(ID_BYTES).toString("base64url"))
        .setIssuedAt(expiresIn < 0 ? now - ISSUED_BEFORE_S : now)
        .setExpirationTime(now + expiresIn)
        .sign(flaw.forged ? nobody() : key);
    },
    unsigned: (grant, sent) => {
      const now = Math.floor(Date.now() / 1000);
      const payload = {
        ...claims(grant, sent),
        iss: GRANT_ISSUER,
        aud: audience,
        jti: randomBytes(ID_BYTES).toString("base64url"),
        iat: now,
        exp: now + DEFAULT_GRANT_TTL_S,
      };
      return `${encode({ alg: "none", typ: GRANT_TYPE, kid })}.${encode(payload)}.`;
    },
  };
}
