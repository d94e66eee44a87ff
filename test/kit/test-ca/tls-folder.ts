// A folder of certificates as SCHAKEL_TLS_DIR wants it.

import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inDays, makeAuthority, readAuthority, type Authority, type Certificate } from "./authority";

const read = (folder: string, file: string): string => readFileSync(join(folder, file), "utf8");

/** Puts a file in place whole, readable for its owner only. */
function put(folder: string, file: string, text: string): void {
  const draft = join(folder, `${file}.${randomBytes(6).toString("hex")}`);
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, join(folder, file));
}

/** Puts a certificate and its key in place. */
export function putCertificate(folder: string, name: string, { cert, key }: Certificate): void {
  put(folder, `${name}.key`, key);
  put(folder, `${name}.crt`, cert);
}

/** The authority of the folder, which is made when there is none. Its key stays there, to renew with. */
export async function ensureAuthority(folder: string): Promise<Authority> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (existsSync(join(folder, "ca.key"))) {
    return readAuthority({ cert: read(folder, "ca.crt"), key: read(folder, "ca.key") });
  }
  const authority = await makeAuthority();
  putCertificate(folder, "ca", authority);
  return authority;
}

/** Who has which certificate. */
export interface TlsNames {
  readonly servers: readonly string[];
  readonly clients: readonly string[];
}

/** Makes the certificates of the folder, or makes them anew under the authority that is there. */
export async function fillTlsFolder(folder: string, names: TlsNames, days: number): Promise<Authority> {
  const authority = await ensureAuthority(folder);
  const notAfter = inDays(days);
  for (const [use, list] of [
    ["server", names.servers],
    ["client", names.clients],
  ] as const) {
    for (const name of list) putCertificate(folder, name, await authority.issue({ name, use, notAfter }));
  }
  return authority;
}
