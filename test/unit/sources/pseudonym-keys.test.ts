import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { keyFileOf, keysInFile, readPseudonymKeys, validKeys } from "../../../shared/sources/pseudonym-keys";

const SECRET = Buffer.alloc(32, 1);
const OTHER = Buffer.alloc(32, 2);
const text = (secret: Buffer): string => secret.toString("base64url");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "schakel-key-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Replaces the file as the command does: at once. */
function file(content: unknown): string {
  const name = path.join(folder, "pseudonym.json");
  writeFileSync(`${name}.new`, typeof content === "string" ? content : JSON.stringify(content));
  renameSync(`${name}.new`, name);
  return name;
}

test("one version, as it was first made", () => {
  expect(readPseudonymKeys(file({ version: 3, key: text(SECRET) }))).toEqual([
    { version: 3, secret: SECRET },
  ]);
});

test("two versions, the newest first, whatever their order in the file", () => {
  const older = { version: 1, secret: SECRET, renewedAt: "2026-11-26T10:00:00.000Z" };
  const newer = { version: 2, secret: OTHER };
  for (const keys of [
    [older, newer],
    [newer, older],
  ]) {
    expect(readPseudonymKeys(file(keyFileOf(keys)))).toEqual([newer, older]);
  }
});

test("a version that comes or goes counts from the next call on", () => {
  const keys = keysInFile(file({ version: 1, key: text(SECRET) }));
  const versions = () => keys.valid().map(({ version }) => version);
  expect(versions()).toEqual([1]);
  file({
    keys: [
      { version: 1, key: text(SECRET) },
      { version: 2, key: text(OTHER) },
    ],
  });
  expect(versions()).toEqual([2, 1]);
  file({ version: 2, key: text(OTHER) });
  expect(versions()).toEqual([2]);
  expect(validKeys(keys)).toEqual([{ version: 2, secret: OTHER }]);
});

test("a file that is gone or spoilt while it is used is not passed over", () => {
  const name = file({ version: 1, key: text(SECRET) });
  const keys = keysInFile(name);
  file("{");
  expect(() => keys.valid()).toThrow(/is not JSON/);
  rmSync(name);
  expect(() => keys.valid()).toThrow(/ENOENT/);
});

test.each([
  ["is not JSON", "{"],
  ["lacks the key", { version: 1 }],
  ["has a short key", { version: 1, key: "c2VjcmV0LXNlY3JldA" }],
  ["has no version", { key: text(SECRET) }],
  ["has no versions", { keys: [] }],
  ["has a version twice", { keys: [1, 1].map((version) => ({ version, key: text(SECRET) })) }],
  ["has more than two versions", { keys: [1, 2, 3].map((version) => ({ version, key: text(SECRET) })) }],
])("a file that %s is refused, without telling what it holds", (_, content) => {
  const name = file(content);
  const read = () => readPseudonymKeys(name);
  expect(read).toThrow(name);
  expect(read).not.toThrow(/c2VjcmV0|AQEBAQ/);
});

test("a file that is missing is named", () => {
  expect(() => keysInFile(path.join(folder, "none.json"))).toThrow(/none\.json.*ENOENT/);
});
