// A gateway that knows who may sign its supergraph and rules does not start with others.

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readParts } from "../../../gateway/release/load-release";
import { makeReleaseKey, signHere } from "../../../gateway/release/release-command";
import { PROJECT_ROOT } from "../../kit/hub";
import { makeTestFolder } from "../../kit/test-folders";

const folder = makeTestFolder();
const [key, keys, release] = ["key.json", "keys.json", "release.jws"].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];

const start = (words: readonly string[] = [], settings: Readonly<Record<string, string>> = {}) =>
  spawnSync(process.execPath, ["--import", "tsx", join(PROJECT_ROOT, "gateway", "main.ts"), ...words], {
    cwd: PROJECT_ROOT,
    encoding: "utf8",
    env: {
      PATH: process.env["PATH"],
      // Nobody is there: whoever gets as far as the database says something else.
      DATABASE_URL: "postgresql://hub@127.0.0.1:1/hub",
      SCHAKEL_DATA_DIR: folder,
      SCHAKEL_RELEASE_KEYS: keys,
      SCHAKEL_RELEASE: release,
      ...settings,
    },
  });

beforeAll(async () => {
  await makeReleaseKey(key, keys);
});

test("what was signed is taken", async () => {
  await signHere(key, release);
  expect(start(["--check"])).toMatchObject({ status: 0 });
});

test("a supergraph and a rule that were changed since are not, and are named", async () => {
  const { supergraph, region, rules } = readParts();
  const [first, ...others] = rules.policies;
  if (!first) throw new Error("The set has no rules.");
  await signHere(key, release, {
    supergraph: supergraph.replace("type Query", "type  Query"),
    region,
    rules: { ...rules, policies: [{ ...first, text: `${first.text}// signed\n` }, ...others] },
  });
  const { status, stdout } = start();
  expect(status).toBe(2);
  expect(stdout).toContain("supergraph.graphql is not as it was signed");
  expect(stdout).toContain(`${first.name} is not as it was signed`);
});

test("nor is a file of the region in which an organisation is something else in law", async () => {
  const { supergraph, region, rules } = readParts();
  await signHere(key, release, { supergraph, region, rules });
  const changed = JSON.parse(region) as { organisations: { legalEntity: string }[] };
  for (const one of changed.organisations) one.legalEntity = "all-one";
  const file = join(folder, "changed.json");
  writeFileSync(file, JSON.stringify(changed));
  const { status, stdout } = start(["--check"], { SCHAKEL_REGION: file });
  expect(status).toBe(2);
  expect(stdout).toContain("region.json is not as it was signed");
  // The same text in another place is what was signed.
  writeFileSync(file, region);
  expect(start(["--check"], { SCHAKEL_REGION: file })).toMatchObject({ status: 0 });
});

test("nor is anything when the signature is none", () => {
  writeFileSync(release, "signed, I promise\n");
  const { status, stdout } = start(["--check"]);
  expect(status).toBe(2);
  expect(stdout).toContain("it is no signed release");
});
