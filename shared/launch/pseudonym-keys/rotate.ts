// Replaces the key of an organisation's pseudonyms while everything runs: a new version beside the old one, the register
// renewed, and, once nobody can be using the old one any more, that one taken out.

import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ClientBase } from "pg";
import { KEY_BYTES, keyFileOf, readPseudonymKeys, type KeptKey } from "../../sources/pseudonym-keys";
import type { RenewalAnswer } from "../../subgraph-kit/renewal/renewal-request";
import { KEY_FILES } from "../key-files";
import { LaunchError } from "../launch-error";
import { renewRegister, type Renewed } from "./renew-register";

/** What rotating takes. */
export interface Rotation {
  readonly keysDirectory: string;
  readonly organisation: string;
  /** Connection of the role that owns the tables of the register. */
  readonly register: ClientBase;
  readonly ask: (pseudonyms: readonly string[]) => Promise<RenewalAnswer>;
  /** Does what changes the key or the register, once it is on record which version comes or goes. */
  readonly record: <T>(version: number, work: () => Promise<T>) => Promise<T>;
  /** Rows of one question and one commit. */
  readonly batch: number;
  readonly now?: () => Date;
}

/** How far a command came. */
export interface RotationResult extends Renewed {
  /** The newest version. */
  readonly version: number;
  /** The version that is still valid beside it. */
  readonly older?: number;
}

/**
 * After the last row was renewed, a request that had read the row before may still be under way. A grant is valid for less than
 * a minute, and clocks differ a little.
 */
export const GRACE_S = 120;

const fileOf = ({ keysDirectory, organisation }: Rotation): string =>
  join(keysDirectory, KEY_FILES.pseudonym(organisation));

/** Reads the versions, the newest first. Throws a LaunchError that names the file. */
export function readVersions(file: string): [KeptKey, ...KeptKey[]] {
  try {
    return readPseudonymKeys(file);
  } catch (error) {
    throw new LaunchError((error as Error).message);
  }
}

/** Puts a file in the place of another: whoever reads it finds the one or the other, also after a power cut. */
function replaceKeyFile(file: string, keys: readonly KeptKey[]): void {
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  writeFileSync(draft, `${JSON.stringify(keyFileOf(keys), null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(draft, file);
  const folder = openSync(dirname(file), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Does `work` as the only one that changes this key. Throws a LaunchError when somebody else does. */
async function alone<T>(rotation: Rotation, work: () => Promise<T>): Promise<T> {
  const { register, organisation } = rotation;
  const { rows } = await register.query<{ mine: boolean }>(
    "select pg_try_advisory_lock(hashtextextended($1, 0)) as mine",
    [`pseudonym-key:${organisation}`],
  );
  if (!rows[0]?.mine) throw new LaunchError(`The key of ${organisation} is being changed by somebody else.`);
  // The lock is the connection's, and goes with it.
  return work();
}

const nowOf = ({ now }: Rotation): Date => now?.() ?? new Date();

/** Renews the register, and writes down that nothing is left under the older version, when that is so. */
async function renew(
  rotation: Rotation,
  file: string,
  [newest, older]: readonly [KeptKey, KeptKey],
): Promise<RotationResult> {
  const renewed = await renewRegister({ ...rotation, version: newest.version });
  if (older.renewedAt === undefined || renewed.renewed > 0) {
    replaceKeyFile(file, [newest, { ...older, renewedAt: nowOf(rotation).toISOString() }]);
  }
  return { ...renewed, version: newest.version, older: older.version };
}

/**
 * Adds a version, unless an earlier rotation did, and renews the register; from the first moment to the last both versions are
 * valid. Ended in the middle, it goes on where it was when it is begun again, on record as an act of its own. Rejects with a
 * LaunchError, or with what the organisation or the database rejects with.
 */
export async function rotatePseudonymKey(rotation: Rotation): Promise<RotationResult> {
  return alone(rotation, async () => {
    const file = fileOf(rotation);
    const [newest, older] = readVersions(file);
    if (older) return rotation.record(newest.version, async () => renew(rotation, file, [newest, older]));
    const next: KeptKey = { version: newest.version + 1, secret: randomBytes(KEY_BYTES) };
    return rotation.record(next.version, async () => {
      replaceKeyFile(file, [next, newest]);
      return renew(rotation, file, [next, newest]);
    });
  });
}

/** Throws a LaunchError while a request from before `renewedAt` may still be under way. */
function requireGrace(rotation: Rotation, renewedAt: string): void {
  const left = Math.ceil(Date.parse(renewedAt) / 1_000 + GRACE_S - nowOf(rotation).getTime() / 1_000);
  if (left <= 0) return;
  throw new LaunchError(
    `A request from before the renewal may still be under way. Try again in ${left} seconds.`,
  );
}

/**
 * Takes the older version out: whatever still comes under it is unknown. Rejects with a LaunchError, with nothing changed, when
 * there is none, when the register is not renewed, or when a request from before may still be under way. Whoever was added
 * under the older version since is renewed first, and then it is too early as well: that is on record as an act that failed.
 */
export async function retirePseudonymKey(rotation: Rotation): Promise<RotationResult> {
  return alone(rotation, async () => {
    const file = fileOf(rotation);
    const { organisation } = rotation;
    const [newest, older] = readVersions(file);
    if (!older) throw new LaunchError(`${organisation} has one version of its key; there is none to retire.`);
    const { renewedAt } = older;
    if (renewedAt === undefined) {
      throw new LaunchError(
        `The register is not renewed yet: npm run keys -- rotate pseudonym ${organisation}`,
      );
    }
    requireGrace(rotation, renewedAt);
    return rotation.record(older.version, async () => {
      const { renewed, unknown, version } = await renew(rotation, file, [newest, older]);
      requireGrace(rotation, readVersions(file)[1]?.renewedAt ?? renewedAt);
      replaceKeyFile(file, [newest]);
      return { renewed, unknown, version };
    });
  });
}
