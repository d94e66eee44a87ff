// The names of the key files, and reading and writing them whole or not at all.

import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { LaunchError } from "./launch-error";

/** Names of the files in the keys folder. */
export const KEY_FILES = {
  /** Ed25519, with which the gateway signs grants. */
  grantPrivate: "grant-private.jwk.json",
  /** With which the subgraphs verify them. */
  grantPublic: "grant-public.jwks.json",
  /** Ed25519, with which the hub signs checkpoints of the access log. */
  logPrivate: "log-private.jwk.json",
  /** With which anybody verifies them. */
  logPublic: "log-public.jwks.json",
  /** Ed25519, with which an organisation signs that it keeps a checkpoint. */
  checkpointPrivate: (organisation: string): string => `checkpoint-${organisation}.jwk.json`,
  /** With which anybody verifies that. */
  checkpointPublic: (organisation: string): string => `checkpoint-${organisation}.jwks.json`,
  /** Out of which the passwords of the database roles follow. */
  databaseSecret: "database-secret.json",
  /** ES256, with which a demo issuer signs tokens. */
  issuer: (organisation: string): string => `issuer-${organisation}.jwk.json`,
  /** With which BSNs become the pseudonyms of one organisation. */
  pseudonym: (organisation: string): string => `pseudonym-${organisation}.json`,
} as const;

/** Reads a key file; throws a LaunchError that names the file, never what is in it. */
export function readKeyFile(directory: string, name: string): unknown {
  const file = join(directory, name);
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const cause = error instanceof SyntaxError ? "it is not JSON" : (error as NodeJS.ErrnoException).code;
    throw new LaunchError(`The key file ${file} cannot be read (${cause}).`);
  }
}

/** Writes a file that only its owner may read, unless it exists; never leaves half a file. */
export function writeKeyFileOnce(directory: string, name: string, content: unknown): void {
  const file = join(directory, name);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flush: true });
  try {
    // A link, unlike a rename, does not replace a file that another process made a moment earlier.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
}
