// Signs a token for a persona of the demo, as the issuer of its organisation would.

import { importJWK, SignJWT, type JWK } from "jose";
import { ACCESS_TOKEN_TYPE, DEMO_SECOND_FACTOR, TOKEN_AUDIENCE } from "../../kernel/token-claims";
import type { Persona } from "../../region/demo";
import { issuerUrl } from "../demo-issuer/issuer-settings";
import { KEY_FILES, readKeyFile } from "../key-files";

/** A working day, unless something else is asked. */
export const DEFAULT_LIFETIME_S = 8 * 60 * 60;

/** What a token is made of. */
export interface MintOptions {
  readonly persona: Persona;
  readonly keysDirectory: string;
  readonly issuerBaseUrl: string;
  /** Seconds until it expires; negative for one that has expired. */
  readonly lifetimeSeconds?: number;
  readonly now?: Date;
}

/** Signs the token (ES256); throws a LaunchError when there is no key of the issuer. */
export async function mintToken(options: MintOptions): Promise<string> {
  const { persona, issuerBaseUrl, lifetimeSeconds = DEFAULT_LIFETIME_S, now = new Date() } = options;
  const jwk = readKeyFile(options.keysDirectory, KEY_FILES.issuer(persona.organisation)) as JWK;
  const expiresAt = Math.floor(now.getTime() / 1000) + lifetimeSeconds;
  const acr = persona.secondFactor ? { acr: DEMO_SECOND_FACTOR } : {};
  return await new SignJWT({ function: persona.workerFunction, ...acr })
    .setProtectedHeader({ alg: "ES256", typ: ACCESS_TOKEN_TYPE, ...(jwk.kid ? { kid: jwk.kid } : {}) })
    .setIssuer(issuerUrl(issuerBaseUrl, persona.organisation))
    .setAudience(TOKEN_AUDIENCE)
    .setSubject(persona.worker)
    .setIssuedAt(Math.min(Math.floor(now.getTime() / 1000), expiresAt))
    .setExpirationTime(expiresAt)
    .sign(await importJWK(jwk, "ES256"));
}
