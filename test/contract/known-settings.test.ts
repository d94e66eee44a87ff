// A name that is known and read by nobody would hide a setting that was mistyped or taken away.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { KNOWN_SETTINGS } from "../../shared/kernel/known-settings";

const ROOT = join(__dirname, "..", "..");
/** They name settings without reading them. */
const ONLY_TOLD = [
  join("shared", "kernel", "known-settings.ts"),
  join("scripts", "lib", "settings.mjs"),
  join("scripts", "lib", "source-settings.mjs"),
];

const sources = ["gateway", "shared", "subgraphs", "scripts", "test"].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((name) => /\.(ts|mjs)$/.test(name) && !ONLY_TOLD.includes(name)),
);
const used = new Set(
  [...sources, "docker-compose.yml"].flatMap(
    (name) => readFileSync(join(ROOT, name), "utf8").match(/\b(?:SCHAKEL|SOURCE)_[A-Z_]*[A-Z]\b/g) ?? [],
  ),
);

test.each([...KNOWN_SETTINGS])("%s is read somewhere", (name) => {
  expect(used).toContain(name);
});
