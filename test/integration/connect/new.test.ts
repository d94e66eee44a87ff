// `npm run connect -- new`: writes a folder that works, for each kind of source.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "../../../gateway/connect/check/finding";
import {
  SOURCE_KINDS as KINDS,
  type NewSourceKind as Kind,
} from "../../../gateway/connect/new/new-organisation";
import { ensureKeys } from "../../../shared/launch/keys";
import { loadRegion } from "../../../shared/region/region";
import { readRegionFile } from "../../../shared/region/region-file";
import { keysInFile } from "../../../shared/sources/pseudonym-keys";
import { pseudonymOf } from "../../../shared/sources/pseudonym";
import { withDatabase } from "../../kit/database";
import { freePort } from "../../kit/free-ports";
import { eventually, PROJECT_ROOT } from "../../kit/hub";
import { makeCheckout, runIn } from "../../kit/new-folder";
import { makeTestFolder } from "../../kit/test-folders";
import { connect, entryIn, flagsOf, makeNew } from "./make-new";

const codeOf = (kind: Kind): string => `school-${kind}`;
/** As whom the subgraph asks the system. */
const [CLIENT, SECRET] = ["hub", "secret of the system"];
const PEOPLE = [
  { reference: "SCH-2006", number: 3, bsn: "999920212" },
  { reference: "SCH-2007", number: 3, bsn: "999921137" },
];

const SUBGRAPHS = join(PROJECT_ROOT, "subgraphs");
const checkout = makeTestFolder();
const file = (...names: string[]): string => join(checkout, ...names);
const env = { SCHAKEL_REGION: file("region.json"), SCHAKEL_KEYS_DIR: file("keys") };
const database = withDatabase("empty");
const running: ChildProcess[] = [];

beforeAll(async () => {
  makeCheckout(checkout);
  const made = await Promise.all(KINDS.map((kind) => makeNew(codeOf(kind), flagsOf(kind, checkout))));
  expect(made.map(({ code, said }) => [code, said])).toEqual(KINDS.map(() => [0, ""]));
  const { organisations, ...utrecht } = readRegionFile("utrecht");
  const added = made.map(({ printed }) => entryIn(printed));
  writeFileSync(
    env.SCHAKEL_REGION,
    JSON.stringify({ ...utrecht, organisations: [...organisations, ...added] }),
  );
  await ensureKeys(env.SCHAKEL_KEYS_DIR, loadRegion(env.SCHAKEL_REGION));
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});
afterAll(() => {
  rmSync(checkout, { recursive: true, force: true });
});

test("the folders pass the formatter, the types, the linter and their own tests", async () => {
  const prettier = runIn(checkout, "prettier/bin/prettier.cjs", "--check", "subgraphs");
  const types = runIn(checkout, "typescript/bin/tsc", "-p", ".");
  const linter = runIn(checkout, "oxlint/bin/oxlint", "--type-aware", "--deny-warnings", "subgraphs");
  await Promise.all([prettier, types, linter]);
  const tests = await runIn(checkout, "jest/bin/jest.js", "-i", "--config", "jest.config.js");
  expect(tests).toMatch(new RegExp(`Tests: +${KINDS.length * 4} passed, ${KINDS.length * 4} total`));
});

/** What stands in every one of these lists. */
const common = (all: readonly (readonly string[])[]): string[] =>
  (all[0] ?? []).filter((name) => all.every((one) => one.includes(name)));
/** The demo folders of organisations whose system is a process of its own. */
const theirDemos = loadRegion("utrecht")
  .organisations.map(({ subgraph }) => join(SUBGRAPHS, subgraph, "demo"))
  .filter((demo) => existsSync(join(demo, "main.ts")));
const ownDemo = (kind: Kind): string => file("subgraphs", codeOf(kind), "demo");
/** What plays the system; tables are read where they stand. */
const SYSTEM = ["main.ts", "system.ts"];

test("the folders look like those of the region's organisations", () => {
  expect(theirDemos.length).toBeGreaterThan(1);
  const demo = common(theirDemos.map((folder) => readdirSync(folder)));
  for (const kind of KINDS) {
    const entries = readdirSync(file("subgraphs", codeOf(kind))).filter((name) => name !== "test");
    expect(entries).toEqual(readdirSync(join(SUBGRAPHS, "veilig-thuis")));
    const wanted = kind === "sql" ? demo.filter((name) => !SYSTEM.includes(name)) : demo;
    expect(readdirSync(ownDemo(kind))).toEqual(wanted);
  }
});

test("a name with an article of its own begins no word within a sentence", () => {
  const folder = file("subgraphs", codeOf("sql"));
  const texts = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|yaml|sql|md|graphql)$/.test(name))
    .map((name) => readFileSync(join(folder, name), "utf8"));
  expect(texts.join("")).toContain("the School");
  expect(texts.flatMap((text) => text.match(/\w+ The School/g) ?? [])).toEqual([]);
});

test.each(["layout.ts", "people.ts", "system.ts"])(
  "demo/%s exports what that of the region's organisations does",
  (name) => {
    const exportsIn = (folder: string): string[] =>
      [...readFileSync(join(folder, name), "utf8").matchAll(/^export \w+ (\w+)/gm)].map(
        ([, one = ""]) => one,
      );
    const wanted = common(theirDemos.map(exportsIn));
    expect(wanted).toHaveLength(1);
    for (const kind of KINDS.filter((one) => one !== "sql" || !SYSTEM.includes(name)))
      expect(exportsIn(ownDemo(kind))).toEqual(wanted);
  },
);

const start = (kind: Kind, settings: NodeJS.ProcessEnv, ...command: string[]): ChildProcess =>
  run(["subgraphs", codeOf(kind), "main.ts"], { SCHAKEL_DATA_DIR: file("data", kind), ...settings }, command);
const run = (script: string[], settings: NodeJS.ProcessEnv, command: string[] = []): ChildProcess =>
  spawn(process.execPath, ["--import", "tsx", file(...script), ...command], {
    cwd: checkout,
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...env, SCHAKEL_LOG_LEVEL: "error", ...settings },
  });
const ended = async (child: ChildProcess): Promise<string> => {
  const chunks: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number | null>((resolve) => {
    child.once("close", resolve);
  });
  expect(code).toBe(0);
  return Buffer.concat(chunks).toString();
};
const isReady = async (url: string): Promise<true | undefined> =>
  (await fetch(new URL("/ready", url))).status === 200 ? true : undefined;

/** Starts the demo's system that was written beside the subgraph; resolves with where it answers. */
async function startSystem(kind: Kind): Promise<string> {
  const port = await freePort();
  const system = run(["subgraphs", codeOf(kind), "demo", "main.ts"], {
    SYSTEM_PORT: String(port),
    SYSTEM_DATABASE_URL: database.ownerUrl,
    SYSTEM_CLIENT: CLIENT,
    SYSTEM_SECRET: SECRET,
    SYSTEM_FOLDER: file("export"),
  });
  system.stdout?.resume();
  running.push(system);
  const url = `http://127.0.0.1:${port}`;
  await eventually(`the system of ${kind}`, () => isReady(url));
  return url;
}

/** Starts what is read besides the tables; resolves with how the subgraph reaches it, as `npm start` tells it. */
async function reach(kind: Kind): Promise<NodeJS.ProcessEnv> {
  switch (kind) {
    case "sql":
      return { SOURCE_DATABASE_URL: database.ownerUrl };
    case "rest": {
      const url = await startSystem(kind);
      const client = { SOURCE_CLIENT_ID: CLIENT, SOURCE_CLIENT_SECRET: SECRET };
      return { SOURCE_URL: url, SOURCE_TOKEN_URL: `${url}/token`, ...client };
    }
    case "soap": {
      const url = await startSystem(kind);
      return { SOURCE_URL: `${url}/soap`, SOURCE_USER: CLIENT, SOURCE_PASSWORD: SECRET };
    }
    case "files":
      await startSystem(kind);
      return { SOURCE_FOLDER: file("export") };
    default: {
      const never: never = kind;
      return never;
    }
  }
}

/** All kinds have the same tables: one seed fills them, and these people come in. */
async function seed(): Promise<void> {
  await ended(start("sql", { SOURCE_DATABASE_URL: database.ownerUrl }, "seed"));
  for (const { reference, number, bsn } of PEOPLE) {
    const id = `${reference}/${number}`;
    await database.owner.query("insert into dossier select $1 on conflict do nothing", [reference]);
    await database.owner.query(
      `insert into betrokkene (id, nummer, volgnr, bsn) values ($1, $2, $3, $4)
       on conflict (id) do update set bsn = excluded.bsn`,
      [id, reference, number, bsn],
    );
  }
}

/** What a process that does not start says is wrong. */
async function faultsOf(child: ChildProcess): Promise<readonly string[]> {
  const chunks: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
  const [code] = (await once(child, "close")) as [number | null];
  expect(code).toBe(2);
  return (JSON.parse(Buffer.concat(chunks).toString()) as { faults: string[] }).faults;
}

test("a process that cannot do without something says what, and how to get it", async () => {
  const oracle = { SOURCE_DATABASE_URL: "oracle://hub:word@127.0.0.1:1521/CASES" };
  const tables = { SOURCE_DATABASE_URL: database.ownerUrl };
  const [noDriver, noTables, noKeys] = await Promise.all([
    faultsOf(start("sql", oracle)),
    faultsOf(start("sql", tables)),
    faultsOf(start("sql", { ...tables, SCHAKEL_KEYS_DIR: file("no-keys") })),
  ]);
  expect(noDriver).toEqual([expect.stringMatching(/^SOURCE_DATABASE_URL: .*npm install oracledb$/)]);
  expect(noTables).toEqual([
    "table betrokkene: the system has none of that name",
    "table dossier: the system has none of that name",
  ]);
  expect(noKeys).toEqual([
    expect.stringMatching(/no pseudonym-school-sql\.json, .*make-own school-sql$/),
    expect.stringMatching(/no grant-public\.jwks\.json, .*make-own school-sql --hub/),
  ]);
});

test("serves the schema that was written", async () => {
  const written = readFileSync(file("subgraphs", codeOf("rest"), "schema.graphql"), "utf8");
  expect(await ended(start("rest", {}, "schema"))).toBe(written);
});

describe("with the system of its demo", () => {
  beforeAll(seed);

  test.each(KINDS)("over %s it passes the check", async (kind) => {
    const code = codeOf(kind);
    const port = await freePort();
    running.push(start(kind, { ...(await reach(kind)), SCHAKEL_SUBGRAPH_PORT: String(port) }));
    const url = `http://127.0.0.1:${port}/graphql`;
    await eventually(code, () => isReady(url));
    const [key] = keysInFile(file("keys", `pseudonym-${code}.json`)).valid();
    const known = file(`known-${kind}.json`);
    writeFileSync(
      known,
      JSON.stringify({
        families: PEOPLE.map(({ reference }) => reference),
        persons: PEOPLE.map(({ bsn }) => pseudonymOf(key, { bsn })),
      }),
    );
    const args = ["--organisation", code, "--known", known, "--deadline-ms", "15000", "--json"];
    const { code: exit, printed } = await connect(["check", url, ...args], env);
    const { findings } = JSON.parse(printed) as { findings: Finding[] };
    const others = findings.filter(({ level }) => level !== "PASSED");
    expect(others.map(({ check, level }) => `${check} ${level}`)).toEqual([
      "TLS NOT_CHECKED",
      "CLIENT_CERTIFICATE NOT_CHECKED",
      "SCHEMA_CHANGES NOT_CHECKED",
      "VETO NOT_CHECKED",
    ]);
    expect(exit).toBe(0);
  });
});
