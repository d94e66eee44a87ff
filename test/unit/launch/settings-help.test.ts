// What `npm start -- --help` explains is what the programs read, with the same defaults.

import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { KNOWN_SETTINGS, NAMED_SETTINGS } from "../../../shared/kernel/known-settings";
import { LauncherEnvironment, readLauncherSettings } from "../../../shared/launch/settings";

const PROJECT_ROOT = join(__dirname, "../../..");
const START = join(PROJECT_ROOT, "scripts/start.mjs");
const help = execFileSync(process.execPath, [START, "--help"], { encoding: "utf8", env: { PATH: "" } });

/** Read by every program of Node; nothing of the hub. */
const NOT_EXPLAINED = new Set(["NODE_ENV"]);

/** Set for one process that is started alone; the launcher counts its ports itself. */
const OF_ONE_PROCESS = new Set([
  "SCHAKEL_SUBGRAPH_PORT",
  "SCHAKEL_WORKER_PORT",
  "SCHAKEL_KEEPER_PORT",
  "SCHAKEL_ISSUER_PORT",
]);

const sourcesIn = (folder: string): string[] =>
  readdirSync(join(PROJECT_ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.m?ts$|\.mjs$/.test(file))
    .map((file) => join(folder, file));

/** Every setting that stands in a schema of a service. */
const settingsInSources = ["gateway", "shared", "subgraphs"]
  .flatMap(sourcesIn)
  .flatMap((file) => [
    ...readFileSync(join(PROJECT_ROOT, file), "utf8").matchAll(
      /^ +((?:SCHAKEL|SOURCE)_[A-Z_]+): [a-zA-Z]+[.(]/gm,
    ),
  ])
  .map((match) => match[1] ?? "");

test("explains every setting of the services", () => {
  const names = [...new Set(settingsInSources)].filter((name) => !OF_ONE_PROCESS.has(name));
  expect(names.length).toBeGreaterThan(7);
  expect(names.filter((name) => !help.includes(`  ${name} `))).toEqual([]);
});

test("every setting of a service, and every one that is explained, is a name that all processes know", () => {
  const explained = [...help.matchAll(/^  ((?:SCHAKEL|SOURCE)_[A-Z_]+)(<NAME>)? /gm)].map(
    (match) => match[1] ?? "",
  );
  const known = new Set([...KNOWN_SETTINGS, ...NAMED_SETTINGS]);
  expect(explained.length).toBeGreaterThan(10);
  expect([...new Set([...settingsInSources, ...explained])].filter((name) => !known.has(name))).toEqual([]);
});

test("explains nothing twice", () => {
  const explained = [...help.matchAll(/^  ([A-Z_]+[A-Z<>]*) /gm)].map((match) => match[1]);
  expect(explained.length).toBeGreaterThan(10);
  expect(new Set(explained).size).toBe(explained.length);
});

test.each(Object.keys(LauncherEnvironment.shape).filter((name) => !NOT_EXPLAINED.has(name)))(
  "explains %s",
  (name) => {
    expect(help).toContain(`  ${name} `);
  },
);

test.each([
  ["SCHAKEL_PORT", 4000],
  ["SCHAKEL_HOST", "127.0.0.1"],
  ["SCHAKEL_DATA_DIR", ".schakel"],
  ["SCHAKEL_REGION", "utrecht"],
  ["SCHAKEL_LOG_LEVEL", "info"],
] as const)("names the default of %s", (name, value) => {
  expect(readLauncherSettings({})[name]).toBe(value);
  expect(help).toMatch(new RegExp(`${name} [^]*?Default: ${String(value).replaceAll(".", "\\.")}\\.\n`));
});

test("refuses an option that it does not know with exit code 2, before anything is installed", () => {
  const { status, stderr } = spawnSync(process.execPath, [START, "--nonsense"], { encoding: "utf8" });
  expect(status).toBe(2);
  expect(stderr).toContain("Unknown option: --nonsense");
});

test("lists every fault of the settings at once, without their values", () => {
  const read = () =>
    readLauncherSettings({ SCHAKEL_PORT: "80", DATABASE_URL: "secret", SCHAKEL_LOG_LEVEL: "loud" });
  expect(read).toThrow(/SCHAKEL_PORT[^]*SCHAKEL_LOG_LEVEL[^]*DATABASE_URL/);
  expect(read).not.toThrow(/secret|loud/);
});

test("names the regions that there are", () => {
  expect(() => readLauncherSettings({ SCHAKEL_REGION: "atlantis" })).toThrow(/SCHAKEL_REGION.*utrecht/);
});

test("does not start the demo issuers in production", () => {
  expect(() => readLauncherSettings({ NODE_ENV: "production" })).toThrow(/SCHAKEL_ISSUERS_FILE/);
});
