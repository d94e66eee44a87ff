// An organisation makes its own keys, and only those; the hub's private keys are in no folder of its, and its own in none of the hub's.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureKeys } from "../../../shared/launch/keys";
import { KEY_FILES } from "../../../shared/launch/key-files";
import { isForDemo } from "../../../shared/launch/key-origin";
import { ArgumentError, readKeysArguments } from "../../../shared/launch/keys-command/keys-arguments";
import { makeOwnKeys, ownKeysText } from "../../../shared/launch/make-own-keys";
import { loadRegion } from "../../../shared/region/region";
import { readPseudonymKeys } from "../../../shared/sources/pseudonym-keys";

const PROJECT_ROOT = join(__dirname, "../../..");
const OWN = [
  KEY_FILES.checkpointPrivate("save"),
  KEY_FILES.checkpointPublic("save"),
  KEY_FILES.pseudonym("save"),
];
const OF_HUB = [KEY_FILES.grantPublic, KEY_FILES.logPublic];

let hub = "";
let folder = "";
beforeEach(async () => {
  hub = mkdtempSync(join(tmpdir(), "schakel-hub-"));
  folder = mkdtempSync(join(tmpdir(), "schakel-own-"));
  await ensureKeys(hub, loadRegion("utrecht"), { origin: "OWN", elsewhere: new Set(["save"]) });
});
afterEach(() => {
  for (const one of [hub, folder]) rmSync(one, { recursive: true, force: true });
});
const contents = (): string[] => readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));

test("what one needs is there, closed to others, and nothing of another", async () => {
  const keys = await makeOwnKeys(folder, "save", { origin: "OWN", hub });
  expect(readdirSync(folder).toSorted()).toEqual([...OWN, ...OF_HUB].toSorted());
  expect([keys.made.toSorted(), keys.taken, keys.lacking]).toEqual([OWN, OF_HUB, []]);
  expect(readPseudonymKeys(join(folder, KEY_FILES.pseudonym("save")))).toHaveLength(1);
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  for (const name of OF_HUB) {
    expect(JSON.parse(readFileSync(join(folder, name), "utf8"))).toEqual(
      JSON.parse(readFileSync(join(hub, name), "utf8")),
    );
  }
  expect(readFileSync(join(folder, KEY_FILES.checkpointPublic("save")), "utf8")).not.toContain('"d"');
});

test("in a real place the hub makes none of them", () => {
  const made = readdirSync(hub);
  for (const name of OWN) expect(made).not.toContain(name);
  expect(made).toContain(KEY_FILES.pseudonym("lokalis"));
});

test("made again nothing changes, but for what the hub handed over anew", async () => {
  await makeOwnKeys(folder, "save", { origin: "OWN" });
  const before = contents();
  const again = await makeOwnKeys(folder, "save", { origin: "OWN" });
  expect([again.made, again.taken, again.lacking]).toEqual([[], [], OF_HUB]);
  expect(contents()).toEqual(before);
  expect(ownKeysText("save", again)).toMatch(/nothing was made[^]*--hub FOLDER[^]*grant-public\.jwks\.json/);
  expect((await makeOwnKeys(folder, "save", { origin: "OWN", hub })).taken).toEqual(OF_HUB);
});

test("a folder with the hub's own keys is not an organisation's", async () => {
  const before = readdirSync(hub);
  await expect(makeOwnKeys(hub, "save", { origin: "OWN" })).rejects.toThrow(/has keys of the hub/);
  expect(readdirSync(hub)).toEqual(before);
});

test.each([
  ["a private key", (text: string) => text.replace('"kty"', '"d":"AAAA","kty"'), /has a private key/],
  ["no keys", () => '{"keys":[]}', /is no set of public/],
  ["no JSON", () => "keys", /it is not JSON/],
] as const)("%s from the hub is not taken, and nothing is made", async (_what, change, fault) => {
  const file = join(hub, KEY_FILES.logPublic);
  writeFileSync(file, change(readFileSync(file, "utf8")));
  await expect(makeOwnKeys(folder, "save", { origin: "OWN", hub })).rejects.toThrow(fault);
  expect(readdirSync(folder)).toEqual([]);
});

test("the command marks keys as for a demo outside production, and says what to hand over without showing a secret", () => {
  const run = (env: Readonly<Record<string, string>>, ...args: readonly string[]) =>
    spawnSync(
      process.execPath,
      ["--import", "tsx", join(PROJECT_ROOT, "shared/launch/keys-command/main.ts"), ...args],
      { encoding: "utf8", env: { PATH: process.env["PATH"], SCHAKEL_KEYS_DIR: folder, ...env } },
    );
  const { status, stdout } = run({}, "make-own", "save", "--hub", hub);
  expect({ status, said: stdout }).toEqual({
    status: 0,
    said: expect.stringMatching(
      /Hand over to the hub: checkpoint-save\.jwks\.json[^]*marked as for a demo/,
    ) as string,
  });
  expect(isForDemo(JSON.parse(readFileSync(join(folder, KEY_FILES.pseudonym("save")), "utf8")))).toBe(true);
  const { key } = JSON.parse(readFileSync(join(folder, KEY_FILES.pseudonym("save")), "utf8")) as {
    key: string;
  };
  expect(stdout).not.toContain(key);
  expect(run({}, "make-own", "nobody").status).toBe(2);
});

test.each([
  [["make-own"]],
  [["make-own", "save", "wss"]],
  [["make-own", "save", "--now"]],
  [["status", "--hub", "x"]],
])("%j is not understood", (args) => {
  expect(() => readKeysArguments(args)).toThrow(ArgumentError);
});
