// The keys of an organisation's pseudonyms: one, or two while the older one is being replaced. Both are valid then, so that
// nobody waits; a version that is not in the file is valid for nothing.

import { readFileSync, statSync } from "node:fs";
import { z } from "zod";
import type { PseudonymKey } from "./pseudonym";

/** The keys of one organisation that are valid now. */
export interface PseudonymKeys {
  /** At least one; the newest, with which new pseudonyms are made, is the first. Throws when they cannot be read. */
  valid(): readonly [PseudonymKey, ...PseudonymKey[]];
}

/** A version in a key file. */
export interface KeptKey extends PseudonymKey {
  /** When the register had nothing left under this older version, as far as the source could renew it. */
  readonly renewedAt?: string;
  /** Made for a demo: production refuses it. */
  readonly madeFor?: "demo";
}

/** Bytes of a key: as long as the output of SHA-256. */
export const KEY_BYTES = 32;

const OneKey = z.strictObject({
  version: z.number().int().min(1),
  key: z.string().regex(/^[A-Za-z0-9_-]+$/),
  renewedAt: z.iso.datetime().optional(),
  /** Whether it was made for a demo, which production refuses. */
  madeFor: z.literal("demo").optional(),
});
/** One version as it is, or more of them in a list. */
const KeyFile = z.union([OneKey, z.strictObject({ keys: z.array(OneKey).min(1).max(2) })]);

const SHAPE = `{"version": number, "key": base64url of ${KEY_BYTES} bytes}, or two of them as {"keys": [...]}`;

/** Reads a key file, newest version first; the errors name the file, never what is in it. */
export function readPseudonymKeys(path: string): [KeptKey, ...KeptKey[]] {
  const unusable = (why: string): Error => new Error(`Pseudonym key ${path} ${why}.`);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw unusable(`cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown cause"})`);
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw unusable("is not JSON");
  }
  const parsed = KeyFile.safeParse(content);
  if (!parsed.success) throw unusable(`must hold ${SHAPE}`);
  const listed = "keys" in parsed.data ? parsed.data.keys : [parsed.data];
  const keys = listed
    .map(({ version, key, renewedAt, madeFor }): KeptKey => {
      const secret = Buffer.from(key, "base64url");
      return {
        version,
        secret,
        ...(renewedAt === undefined ? {} : { renewedAt }),
        ...(madeFor === undefined ? {} : { madeFor }),
      };
    })
    .toSorted((one, other) => other.version - one.version);
  const [newest, ...older] = keys;
  if (!newest || keys.some(({ secret }) => secret.length !== KEY_BYTES)) {
    throw unusable(`must hold ${SHAPE}`);
  }
  if (older.some(({ version }) => version === newest.version)) {
    throw unusable("holds one version twice");
  }
  return [newest, ...older];
}

/** The content of a key file for these versions. */
export function keyFileOf(keys: readonly KeptKey[]): z.infer<typeof KeyFile> {
  const listed = keys.map(({ version, secret, renewedAt, madeFor }) => ({
    version,
    key: secret.toString("base64url"),
    ...(renewedAt === undefined ? {} : { renewedAt }),
    ...(madeFor === undefined ? {} : { madeFor }),
  }));
  const [only] = listed;
  return listed.length === 1 && only ? only : { keys: listed };
}

/**
 * The keys in a file, as they are now: a version that is added or taken away counts from the next call on, without a
 * restart. Throws at once when the file cannot be used.
 */
export function keysInFile(path: string): PseudonymKeys {
  let known: readonly [PseudonymKey, ...PseudonymKey[]] = readPseudonymKeys(path);
  let mark = markOf(path);
  return {
    valid: () => {
      const now = markOf(path);
      if (now !== mark) {
        known = readPseudonymKeys(path);
        mark = now;
      }
      return known;
    },
  };
}

/** Changes whenever a file is replaced by another. */
function markOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found && [found.ino, found.mtimeMs, found.size].join(":");
}

/** The valid keys out of one key that never changes, or out of several. */
export function validKeys(keys: PseudonymKey | PseudonymKeys): readonly [PseudonymKey, ...PseudonymKey[]] {
  return "valid" in keys ? keys.valid() : [keys];
}
