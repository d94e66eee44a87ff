// The names of the key files, and reading and writing them whole or not at all.

import { randomBytes } from "node:crypto";
import {
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { LaunchError } from "./launch-error";

/** Names of the files in the keys folder. */
export const KEY_FILES = {
  /** Ed25519, with which the gateway signs grants. */
  grantPrivate: "grant-private.jwk.json",
  /** With which it will sign them after the next rotation. */
  grantNext: "grant-next.jwk.json",
  /** With which the subgraphs verify them: of both, and of those that signed until lately. */
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

/** Held by who changes keys. */
const LOCK_FILE = "keys.lock";

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
  const draft = writeDraft(file, content);
  try {
    // A link, unlike a rename, does not replace a file that another process made a moment earlier.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
}

/** Puts a file in the place of the one that is there; whoever reads meanwhile gets the one or the other, whole. */
export function replaceKeyFile(directory: string, name: string, content: unknown): void {
  const file = join(directory, name);
  renameSync(writeDraft(file, content), file);
}

/** Lets one command at a time change keys. Throws a LaunchError when another one does. */
export async function withKeyLock<T>(directory: string, change: () => Promise<T>): Promise<T> {
  const file = join(directory, LOCK_FILE);
  try {
    closeSync(openSync(file, "wx", 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new LaunchError(`Another command is changing the keys. If none is, remove ${file}.`);
  }
  try {
    return await change();
  } finally {
    rmSync(file, { force: true });
  }
}

/** A file beside `file` that only its owner may read, on disk. */
function writeDraft(file: string, content: unknown): string {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flush: true });
  return draft;
}
