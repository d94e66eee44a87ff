// The keys of grants: one that signs (current), one that is published before it signs (next), and those that signed until
// lately (previous). Sources know every one of them, so that no request is refused while they change places.

import { generateKeyPairSync } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { JWK } from "jose";
import { z } from "zod";
import type { DoneOnRecord } from "../administration/act-record";
import { publicPart, toJwk } from "./jwk";
import { withOrigin, type KeyOrigin } from "./key-origin";
import { KEY_FILES, readKeyFile, replaceKeyFile, withKeyLock, writeKeyFileOnce } from "./key-files";
import { LaunchError } from "./launch-error";

/**
 * Seconds after which every source knows a key that was published, every gateway signs with the one that became current,
 * and no grant of the one before is valid: 2 s for either to read its file again, 59 s that a grant lives at most, twice 5 s
 * that clocks differ, and room for a slow disk.
 */
export const SETTLED_AFTER_S = 90;

/** Where a key of grants stands. */
export type GrantKeyStatus = "current" | "next" | "previous";

const PublishedKey = z.looseObject({
  kid: z.string().min(1),
  status: z.enum(["current", "next", "previous"]).optional(),
  /** Moment from which it has stood there. */
  since: z.iso.datetime().optional(),
});
const PublishedKeys = z.object({ keys: z.array(PublishedKey) });

/** A key as the sources know it. */
export type PublishedKey = z.infer<typeof PublishedKey>;

/** When something is done, and whether it may be done before everything has settled. */
export interface KeyChange {
  readonly now?: Date;
  readonly immediately?: boolean;
  /** Does what changes keys once it is on record which are concerned, by their kid. */
  readonly record?: DoneOnRecord;
}

/** Makes the files of the keys of grants that are missing. One that is there is not touched, save that a next key is published. */
export async function ensureGrantKeys(directory: string, origin: KeyOrigin = "OWN"): Promise<void> {
  for (const file of [KEY_FILES.grantPrivate, KEY_FILES.grantNext]) {
    if (!existsSync(join(directory, file)))
      writeKeyFileOnce(directory, file, withOrigin(await newKey(), origin));
  }
  const since = new Date().toISOString();
  const [current, next] = [readPrivate(directory, "current"), readPrivate(directory, "next")];
  if (!existsSync(join(directory, KEY_FILES.grantPublic))) {
    writeKeyFileOnce(directory, KEY_FILES.grantPublic, {
      keys: [published(current, "current", since), published(next, "next", since)],
    });
  }
  if (publishedGrantKeys(directory).some(({ kid }) => kid === next.kid)) return;
  await withKeyLock(directory, async () => {
    const keys = publishedGrantKeys(directory);
    if (keys.some(({ kid }) => kid === next.kid)) return;
    replaceKeyFile(directory, KEY_FILES.grantPublic, { keys: [...keys, published(next, "next", since)] });
  });
}

/** The keys as the sources know them. Throws a LaunchError when the file cannot be read. */
export function publishedGrantKeys(directory: string): PublishedKey[] {
  const read = PublishedKeys.safeParse(readKeyFile(directory, KEY_FILES.grantPublic));
  if (!read.success) throw new LaunchError(`${KEY_FILES.grantPublic} is no set of keys.`);
  return read.data.keys;
}

/** Whether `ensureGrantKeys` would make or publish something. */
function lacksGrantKeys(directory: string): boolean {
  if ([KEY_FILES.grantNext, KEY_FILES.grantPublic].some((file) => !existsSync(join(directory, file))))
    return true;
  const next = readPrivate(directory, "next");
  return !publishedGrantKeys(directory).some(({ kid }) => kid === next.kid);
}

/**
 * Lets the next key sign: it becomes current, the current one previous, and a new next one is published. Cut off halfway, it
 * can be done again. A hub without a next key first gets one. Throws a LaunchError, with nothing else changed, when the last
 * change has not settled yet, unless `immediately`.
 */
export async function rotateGrantKeys(
  directory: string,
  { now = new Date(), immediately = false, record = unrecorded }: KeyChange = {},
): Promise<void> {
  // Of a folder without keys this makes none: it is the wrong folder.
  const signing = readPrivate(directory, "current");
  if (lacksGrantKeys(directory)) await record([kidOf(signing)], async () => ensureGrantKeys(directory));
  await withKeyLock(directory, async () => {
    const known = publishedGrantKeys(directory);
    const [current, next] = [readPrivate(directory, "current"), readPrivate(directory, "next")];
    const since = now.toISOString();
    const isPrevious = ({ kid, status }: PublishedKey): boolean =>
      status === "previous" && kid !== current.kid && kid !== next.kid;
    if (current.kid === next.kid) {
      // A rotation ended before it had written its new next key.
      const fresh = await newKey();
      const others = known.filter((one) => isPrevious(one));
      await record([kidOf(current)], async () => {
        publish(directory, [
          published(current, "current", since),
          published(fresh, "next", since),
          ...others,
        ]);
        replaceKeyFile(directory, KEY_FILES.grantNext, fresh);
        return Promise.resolve();
      });
      return;
    }
    if (!immediately) requireSettled(known, now);
    const previous = known.filter((one) => isPrevious(one) && !isSettled(one, now));
    const fresh = await newKey();
    await record([kidOf(next)], async () => {
      publish(directory, [
        published(next, "current", since),
        published(fresh, "next", since),
        published(current, "previous", since),
        ...previous,
      ]);
      replaceKeyFile(directory, KEY_FILES.grantPrivate, next);
      replaceKeyFile(directory, KEY_FILES.grantNext, fresh);
      return Promise.resolve();
    });
  });
}

/**
 * Takes the previous keys out: what they signed is refused from then on. Gives how many there were. Throws a LaunchError,
 * with nothing changed, when grants of one may still be valid, unless `immediately`.
 */
export async function retireGrantKeys(
  directory: string,
  { now = new Date(), immediately = false, record = unrecorded }: KeyChange = {},
): Promise<number> {
  return await withKeyLock(directory, async () => {
    const known = publishedGrantKeys(directory);
    const staying = known.filter(({ status }) => status !== "previous");
    if (!immediately) requireSettled(known, now);
    if (staying.length < known.length) {
      const kids = known.flatMap((one) => (staying.includes(one) ? [] : [one.kid]));
      await record(kids, async () => {
        publish(directory, staying);
        return Promise.resolve();
      });
    }
    return known.length - staying.length;
  });
}

/** For a folder of keys that no hub works with yet. */
const unrecorded: DoneOnRecord = async (_kids, work) => work();

const kidOf = ({ kid = "" }: JWK): string => kid;

const newKey = async (): Promise<JWK> => toJwk(generateKeyPairSync("ed25519").privateKey, "EdDSA");

const readPrivate = (directory: string, which: "current" | "next"): JWK =>
  readKeyFile(directory, which === "current" ? KEY_FILES.grantPrivate : KEY_FILES.grantNext) as JWK;

const published = (key: JWK, status: GrantKeyStatus, since: string): PublishedKey =>
  PublishedKey.parse({ ...publicPart(key), status, since });

const publish = (directory: string, keys: readonly PublishedKey[]): void => {
  replaceKeyFile(directory, KEY_FILES.grantPublic, { keys });
};

const isSettled = ({ since }: PublishedKey, now: Date): boolean =>
  since === undefined || now.getTime() - Date.parse(since) >= SETTLED_AFTER_S * 1000;

function requireSettled(keys: readonly PublishedKey[], now: Date): void {
  if (keys.every((one) => isSettled(one, now))) return;
  throw new LaunchError(
    `The keys changed less than ${SETTLED_AFTER_S} seconds ago; not every gateway and source need know it yet. Wait, or add --now.`,
  );
}
