// Verifies a grant of the gateway with nothing but what Node brings: see ../verify-a-grant.md.

import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const LONGEST_S = 59;
const SKEW_S = 5;
const KEYS_MAX_AGE_MS = 2_000;

const refuse = (code, reason) => Object.assign(new Error(`${code}: ${reason}`), { code, reason });
const decode = (part) => JSON.parse(Buffer.from(part, "base64url").toString("utf8"));

/**
 * A verifier for the source `audience`. It takes the bytes of the body of POST /graphql (and, over mutual TLS, the SHA-256
 * of the client certificate in base64url) and gives the grant, or throws an error with a `code`.
 */
export function createVerifier(jwksFile, audience) {
  const beganS = Math.floor(Date.now() / 1000);
  const used = new Map();
  let keys = new Map();
  let readAt = -Infinity;

  const readKeys = () => {
    const { keys: list } = JSON.parse(readFileSync(jwksFile, "utf8"));
    keys = new Map(list.map((jwk) => [jwk.kid, createPublicKey({ key: jwk, format: "jwk" })]));
    readAt = performance.now();
  };
  const keyOf = (kid) => {
    const age = performance.now() - readAt;
    if (age > KEYS_MAX_AGE_MS || (!keys.has(kid) && age > KEYS_MAX_AGE_MS / 4)) readKeys();
    return keys.get(kid);
  };
  const useOnce = (jti) => {
    const now = performance.now();
    for (const [id, until] of used) {
      if (until > now) break;
      used.delete(id);
    }
    if (used.has(jti)) throw refuse("GRANT_REPLAYED", "used before");
    if (used.size >= 200_000) throw refuse("GRANTS_TOO_MANY", "cannot remember one more");
    used.set(jti, now + (LONGEST_S + 2 * SKEW_S) * 1000);
  };

  return (body, certificate) => {
    const { query, variables = {}, extensions } = JSON.parse(body.toString("utf8"));
    const token = extensions?.grant;
    if (typeof token !== "string") throw refuse("GRANT_REQUIRED", "there is none");
    const [header, payload, signature, ...rest] = token.split(".");
    if (!header || !payload || !signature || rest.length > 0) throw refuse("GRANT_INVALID", "token");
    let head;
    let claims;
    try {
      [head, claims] = [decode(header), decode(payload)];
    } catch {
      throw refuse("GRANT_INVALID", "token");
    }
    // The algorithm is yours to choose, never the token's.
    if (head.alg !== "EdDSA" || head.typ !== "schakel-grant+jwt") throw refuse("GRANT_INVALID", "header");
    const key = typeof head.kid === "string" ? keyOf(head.kid) : undefined;
    if (!key) throw refuse("GRANT_INVALID", "key");
    const signed = Buffer.from(`${header}.${payload}`);
    if (!verify(null, signed, key, Buffer.from(signature, "base64url")))
      throw refuse("GRANT_INVALID", "signature");

    const { iss, aud, iat, exp, jti, cnf, request, grant } = claims;
    const nowS = Date.now() / 1000;
    if (iss !== "schakel-gateway") throw refuse("GRANT_INVALID", "iss");
    if (aud !== audience) throw refuse("GRANT_INVALID", "aud");
    if (!Number.isFinite(iat) || !Number.isFinite(exp)) throw refuse("GRANT_INVALID", "claims");
    if (typeof jti !== "string" || jti.length < 16) throw refuse("GRANT_INVALID", "jti");
    if (exp <= nowS - SKEW_S) throw refuse("GRANT_EXPIRED", "exp");
    if (exp <= iat || exp - iat > LONGEST_S) throw refuse("GRANT_INVALID", "lifetime");
    if (iat > nowS + SKEW_S || iat < beganS) throw refuse("GRANT_INVALID", "iat");
    if (cnf?.["x5t#S256"] !== certificate) throw refuse("GRANT_INVALID", "certificate");
    const digest = createHash("sha256")
      .update(JSON.stringify([query, variables]))
      .digest("base64url");
    if (request !== digest) throw refuse("GRANT_INVALID", "request");
    if (!Array.isArray(grant?.subjects)) throw refuse("GRANT_INVALID", "grant");
    // Last, so that what is refused for something else uses nothing up.
    useOnce(jti);
    return grant;
  };
}
