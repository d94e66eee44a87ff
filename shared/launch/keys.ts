// Makes the keys of a hub once: for grants, for checkpoints of the log, for the demo issuers, for pseudonyms, for the
// database roles.

import { createHmac, generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { JWK } from "jose";
import type { Region } from "../region/region";
import { regionIssuers } from "../region/issuers";
import { ensureGrantKeys } from "./grant-keys";
import { publicPart, toJwk } from "./jwk";
import { withOrigin, type KeyOrigin } from "./key-origin";
import { KEY_FILES, readKeyFile, writeKeyFileOnce } from "./key-files";

/** Bytes of a secret: as long as the output of SHA-256. */
const SECRET_BYTES = 32;

/** For what keys are made, and which are made elsewhere. */
export interface KeyMaking {
  readonly origin: KeyOrigin;
  /** Organisations that run on machines of their own, make their keys there, and keep what is private. */
  readonly elsewhere: ReadonlySet<string>;
}

/** Keys of a hub on one machine, for a demo. */
const FOR_DEMO: KeyMaking = { origin: "DEMO", elsewhere: new Set() };

/** Makes the key files of the hub that are missing; never touches one that is there. */
export async function ensureKeys(
  directory: string,
  region: Region,
  { origin, elsewhere }: KeyMaking = FOR_DEMO,
): Promise<void> {
  const write = (name: string, content: object): void =>
    writeKeyFileOnce(directory, name, withOrigin(content, origin));
  const missing = (name: string): boolean => !existsSync(join(directory, name));
  const ensureSigningKey = async (privateFile: string, publicFile: string): Promise<void> => {
    if (missing(privateFile)) {
      const { privateKey } = generateKeyPairSync("ed25519");
      write(privateFile, await toJwk(privateKey, "EdDSA"));
    }
    if (missing(publicFile)) {
      write(publicFile, { keys: [publicPart(readKeyFile(directory, privateFile) as JWK)] });
    }
  };
  await ensureGrantKeys(directory, origin);
  await ensureSigningKey(KEY_FILES.logPrivate, KEY_FILES.logPublic);
  if (missing(KEY_FILES.databaseSecret)) {
    write(KEY_FILES.databaseSecret, { secret: newSecret() });
  }
  for (const { code } of region.organisations) {
    if (!elsewhere.has(code)) {
      await ensureSigningKey(KEY_FILES.checkpointPrivate(code), KEY_FILES.checkpointPublic(code));
    }
    // In a real place an organisation that runs elsewhere makes this itself, and hands it over.
    const isTheirs = origin === "OWN" && elsewhere.has(code);
    if (!isTheirs && missing(KEY_FILES.pseudonym(code))) {
      write(KEY_FILES.pseudonym(code), { version: 1, key: newSecret() });
    }
  }
}

/** Makes the private keys of the demo issuers that are missing, one for each issuer of the region. */
export async function ensureIssuerKeys(directory: string, region: Region): Promise<void> {
  for (const issuer of issuerNames(region)) {
    if (existsSync(join(directory, KEY_FILES.issuer(issuer)))) continue;
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    writeKeyFileOnce(directory, KEY_FILES.issuer(issuer), await toJwk(privateKey, "ES256"));
  }
}

/** Names of the demo issuers: the organisations, the hub, the family and the municipality. */
export function issuerNames(region: Region): string[] {
  return regionIssuers(region).map((one) => one.code);
}

/** The password of a database role of this hub; the same at every start. */
export function databasePassword(directory: string, role: string): string {
  const { secret } = readKeyFile(directory, KEY_FILES.databaseSecret) as { secret: string };
  return createHmac("sha256", Buffer.from(secret, "base64url")).update(`role:${role}`).digest("base64url");
}

/** A new secret, in base64url. */
export const newSecret = (): string => randomBytes(SECRET_BYTES).toString("base64url");

export { publicPart } from "./jwk";
