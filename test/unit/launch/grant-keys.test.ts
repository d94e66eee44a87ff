// The keys of grants change places so that, at every moment and wherever it is cut off, what signs is known to sources.

import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ensureGrantKeys,
  publishedGrantKeys,
  retireGrantKeys,
  rotateGrantKeys,
  SETTLED_AFTER_S,
} from "../../../shared/launch/grant-keys";
import { KEY_FILES, readKeyFile, replaceKeyFile } from "../../../shared/launch/key-files";
import { ArgumentError, readKeysArguments } from "../../../shared/launch/keys-command/keys-arguments";
import { readJwk } from "../../kit/grant-keys";

let folder: string;
const signing = (): string | undefined => readJwk(join(folder, KEY_FILES.grantPrivate)).kid;
const next = (): string | undefined => readJwk(join(folder, KEY_FILES.grantNext)).kid;
const known = () => publishedGrantKeys(folder);
const standing = (status: string): string[] =>
  known().flatMap((one) => (one.status === status ? [one.kid] : []));
const later = (seconds: number): Date => new Date(Date.now() + seconds * 1000);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "schakel-grant-keys-"));
  await ensureGrantKeys(folder);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("sources know the next key before it signs, and the previous one after", async () => {
  const [first, second] = [signing(), next()];
  expect(standing("current")).toEqual([first]);
  expect(standing("next")).toEqual([second]);
  await rotateGrantKeys(folder, { now: later(SETTLED_AFTER_S) });
  expect(signing()).toBe(second);
  expect([standing("current"), standing("next"), standing("previous")]).toEqual([
    [second],
    [next()],
    [first],
  ]);
  expect(next()).not.toBe(second);
  for (const key of known()) expect(Object.keys(key)).not.toContain("d");
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
});

test("nothing changes again before everybody knows the last change, unless it has to", async () => {
  const before = known();
  await expect(rotateGrantKeys(folder)).rejects.toThrow("--now");
  await expect(retireGrantKeys(folder)).rejects.toThrow("--now");
  expect(known()).toEqual(before);
  await rotateGrantKeys(folder, { immediately: true });
  expect(standing("current")).toEqual([signing()]);
});

test("what signed until lately stays known, however often the keys change in haste", async () => {
  const signed: (string | undefined)[] = [signing()];
  for (let times = 0; times < 3; times++) {
    await rotateGrantKeys(folder, { immediately: true });
    signed.push(signing());
  }
  expect(known().map(({ kid }) => kid)).toEqual(expect.arrayContaining(signed));
  await rotateGrantKeys(folder, { now: later(SETTLED_AFTER_S) });
  // Of those that settled long ago only the last one may still have grants.
  expect(standing("previous")).toEqual([signed.at(-1)]);
});

test("a previous key that is taken out is known no more, and the others are", async () => {
  const first = signing();
  await rotateGrantKeys(folder, { immediately: true });
  expect(await retireGrantKeys(folder, { now: later(SETTLED_AFTER_S) })).toBe(1);
  expect(known().map(({ kid }) => kid)).not.toContain(first);
  expect(known().map(({ status }) => status)).toEqual(["current", "next"]);
  expect(await retireGrantKeys(folder, { now: later(SETTLED_AFTER_S) })).toBe(0);
});

test.each([
  ["before the key that signs was written", [KEY_FILES.grantPrivate, KEY_FILES.grantNext]],
  ["before the next key was written", [KEY_FILES.grantNext]],
])("a rotation that was cut off %s is done again", async (_when, unwritten) => {
  const before = new Map(unwritten.map((file) => [file, readJwk(join(folder, file))]));
  await rotateGrantKeys(folder, { immediately: true });
  for (const [file, key] of before) replaceKeyFile(folder, file, key);
  expect(known().map(({ kid }) => kid)).toContain(signing());
  await rotateGrantKeys(folder, { immediately: true });
  expect(next()).not.toBe(signing());
  expect(standing("current")).toEqual([signing()]);
  expect(standing("next")).toEqual([next()]);
});

/** Every key file of the folder, as it is. */
const files = () =>
  [KEY_FILES.grantPrivate, KEY_FILES.grantNext, KEY_FILES.grantPublic].map((name) =>
    existsSync(join(folder, name)) ? readKeyFile(folder, name) : name,
  );

test.each([
  ["a rotation", async () => Promise.resolve(), rotateGrantKeys, next],
  [
    "the rest of a rotation that was cut off",
    async () => {
      const before = readJwk(join(folder, KEY_FILES.grantNext));
      await rotateGrantKeys(folder, { immediately: true });
      replaceKeyFile(folder, KEY_FILES.grantNext, before);
    },
    rotateGrantKeys,
    () => signing(),
  ],
  [
    "the making of a next key for a rotation",
    async () => {
      rmSync(join(folder, KEY_FILES.grantNext));
      return Promise.resolve();
    },
    rotateGrantKeys,
    () => signing(),
  ],
  [
    "taking out the previous key",
    async () => rotateGrantKeys(folder, { immediately: true }),
    retireGrantKeys,
    () => standing("previous")[0],
  ],
] as const)(
  "%s is done once it is on record, on the key that it is about",
  async (_what, arrange, change, about) => {
    await arrange();
    const [before, kid] = [files(), about()];
    const recorded: (readonly string[])[] = [];
    const options = { immediately: true };
    const away = async () => Promise.reject(new Error("no record"));
    await expect(change(folder, { ...options, record: away })).rejects.toThrow("no record");
    expect(files()).toEqual(before);
    const changed: boolean[] = [];
    await change(folder, {
      ...options,
      record: async (kids, work) => {
        recorded.push(kids);
        const was = JSON.stringify(files());
        const result = await work();
        changed.push(JSON.stringify(files()) !== was);
        return result;
      },
    });
    expect(recorded[0]).toEqual([kid]);
    expect(changed).not.toContain(false);
  },
);

test("a hub that had one key gets a next one, which is published", async () => {
  const current = signing();
  rmSync(join(folder, KEY_FILES.grantNext));
  replaceKeyFile(folder, KEY_FILES.grantPublic, { keys: known().filter(({ kid }) => kid === current) });
  await ensureGrantKeys(folder);
  expect(known().map(({ kid }) => kid)).toEqual([current, next()]);
  expect(signing()).toBe(current);
});

test("one command at a time changes keys", async () => {
  const outcomes = await Promise.allSettled(
    [1, 2, 3].map(() => rotateGrantKeys(folder, { immediately: true })),
  );
  expect(outcomes.some(({ status }) => status === "fulfilled")).toBe(true);
  expect(standing("current")).toEqual([signing()]);
  writeFileSync(join(folder, "keys.lock"), "");
  await expect(rotateGrantKeys(folder, { immediately: true })).rejects.toThrow("keys.lock");
});

test("a folder without keys is the wrong folder, and stays empty", async () => {
  const empty = join(folder, "empty");
  await expect(rotateGrantKeys(empty, { immediately: true })).rejects.toThrow("grant-private.jwk.json");
  expect(existsSync(empty)).toBe(false);
});

test("the command understands three words, and explains everything else", () => {
  expect(readKeysArguments(["status"])).toEqual({ kind: "status" });
  expect(readKeysArguments(["rotate", "grant"])).toEqual({
    kind: "rotate",
    key: "grant",
    immediately: false,
  });
  expect(readKeysArguments(["retire", "grant", "--now"])).toEqual({
    kind: "retire",
    key: "grant",
    immediately: true,
  });
  for (const wrong of [
    [],
    ["rotate"],
    ["rotate", "log"],
    ["rotate", "grant", "x"],
    ["status", "--now"],
    ["--x"],
  ]) {
    expect(() => readKeysArguments(wrong)).toThrow(ArgumentError);
  }
});
