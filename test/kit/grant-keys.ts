// Keys of grants in a folder of their own, and grants with claims that differ from those of a good one.

import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importJWK, SignJWT, type JWK } from "jose";
import { createGrantSigner, type GrantSigner } from "../../gateway/federate/sign-grant";
import { requestDigest, type GrantedRequest } from "../../shared/kernel/grant-claims";
import type { Grant } from "../../shared/kernel/requester";
import { ensureGrantKeys } from "../../shared/launch/grant-keys";
import { KEY_FILES } from "../../shared/launch/key-files";

/** A folder with keys of grants. */
export interface GrantKeyFolder {
  readonly directory: string;
  readonly privateFile: string;
  readonly publicFile: string;
}

/** Where the keys of grants of a folder are. */
export const grantKeysIn = (directory: string): GrantKeyFolder => ({
  directory,
  privateFile: join(directory, KEY_FILES.grantPrivate),
  publicFile: join(directory, KEY_FILES.grantPublic),
});

/** Makes one; the caller removes it. */
export async function makeGrantKeys(): Promise<GrantKeyFolder & { readonly sign: GrantSigner }> {
  const keys = grantKeysIn(mkdtempSync(join(tmpdir(), "schakel-grants-")));
  await ensureGrantKeys(keys.directory);
  return { ...keys, sign: await createGrantSigner(keys.privateFile) };
}

/** A key as it lies in a file. */
export const readJwk = (file: string): JWK => JSON.parse(readFileSync(file, "utf8")) as JWK;

const nowS = (): number => Math.floor(Date.now() / 1000);

/** What is different from a good grant; a claim that is undefined is left out. */
export interface GrantChange {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Signed with this key. */
  readonly key?: JWK;
}

let made = 0;

/** A signed grant for `audience`, good but for the change; every one has an id of its own. */
export async function forgeGrant(
  keyFile: string,
  grant: Grant,
  audience: string,
  request: GrantedRequest,
  { header = {}, claims = {}, key }: GrantChange = {},
): Promise<string> {
  const jwk = readJwk(keyFile);
  made += 1;
  const payload = {
    iss: "schakel-gateway",
    aud: audience,
    iat: nowS(),
    exp: nowS() + 30,
    jti: `made-for-a-test-${process.pid}-${made}-${nowS()}`,
    grant,
    request: requestDigest(request),
    ...claims,
  };
  const present = Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined));
  return new SignJWT(present)
    .setProtectedHeader({
      alg: "EdDSA",
      typ: "schakel-grant+jwt",
      ...(jwk.kid ? { kid: jwk.kid } : {}),
      ...header,
    })
    .sign(await importJWK(key ?? jwk, "EdDSA"));
}
