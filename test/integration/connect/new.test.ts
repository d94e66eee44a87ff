// `npm run connect -- new`: writes a folder that works, for each kind of source; and nothing when it is told something wrong.

import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import type { Finding } from "../../../gateway/connect/check/finding";
import { runConnectCommand } from "../../../gateway/connect/connect-command";
import { ensureKeys } from "../../../shared/launch/keys";
import { loadRegion } from "../../../shared/region/region";
import { readRegionFile } from "../../../shared/region/region-file";
import { keysInFile } from "../../../shared/sources/pseudonym-keys";
import { pseudonymOf } from "../../../shared/sources/pseudonym";
import { withDatabase } from "../../kit/database";
import { aService, anApi, dropExport, type Someone } from "../../kit/example-systems";
import { freePort } from "../../kit/free-ports";
import { eventually, PROJECT_ROOT } from "../../kit/hub";
import { makeCheckout, runIn } from "../../kit/new-folder";
import { makeTestFolder } from "../../kit/test-folders";
import { startTestSystem, type TestSystem } from "../../kit/test-system";

const KINDS = ["sql", "rest", "soap", "files"] as const;
type Kind = (typeof KINDS)[number];
const codeOf = (kind: Kind): string => `school-${kind}`;
const PEOPLE: readonly Someone[] = [
  { reference: "SCH-2006", number: 3, bsn: "999920212" },
  { reference: "SCH-2007", number: 3, bsn: "999921137" },
];

const checkout = makeTestFolder();
const file = (...names: string[]): string => join(checkout, ...names);
const env = { SCHAKEL_REGION: file("region.json"), SCHAKEL_KEYS_DIR: file("keys") };
const database = withDatabase("empty");
let system: TestSystem;
let running: ChildProcess | undefined;

interface Outcome {
  readonly code: number;
  readonly printed: string;
  readonly said: string;
}

async function connect(
  args: readonly string[],
  settings: NodeJS.ProcessEnv = env,
  typed?: string,
): Promise<Outcome> {
  const [printed, said]: [string[], string[]] = [[], []];
  const input = new PassThrough();
  if (typed !== undefined) input.write(typed);
  const code = await runConnectCommand(args, settings, {
    print: (text) => printed.push(text),
    say: (text) => said.push(text),
    ...(typed === undefined ? {} : { terminal: { input, output: new PassThrough() } }),
  });
  return { code, printed: printed.join("\n"), said: said.join("\n") };
}

const flagsOf = (kind: Kind): readonly string[] => [
  "--title",
  `School ${kind}`,
  "--kind",
  "LOCAL_TEAM",
  "--source",
  kind,
  "--phone",
  "030-0000009",
  "--into",
  checkout,
];
const makeNew = (code: string, flags: readonly string[], typed?: string): Promise<Outcome> =>
  connect(["new", code, ...flags], { ...env, SCHAKEL_REGION: "utrecht" }, typed);

/** What the command says must stand in the region file. */
const entryIn = (printed: string): object => JSON.parse(/^\{\n[^]*?^\}$/m.exec(printed)?.[0] ?? "") as object;

beforeAll(async () => {
  makeCheckout(checkout);
  system = await startTestSystem();
  const made = await Promise.all(KINDS.map((kind) => makeNew(codeOf(kind), flagsOf(kind))));
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
  running?.kill("SIGKILL");
});
afterAll(async () => {
  await system.stop();
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

test("the folders look like those of the region's organisations", () => {
  for (const kind of KINDS) {
    const entries = readdirSync(file("subgraphs", codeOf(kind))).filter((name) => name !== "test");
    expect(entries).toEqual(readdirSync(join(PROJECT_ROOT, "subgraphs", "veilig-thuis")));
  }
});

const entry = (kind: Kind): string => file("subgraphs", codeOf(kind), "main.ts");
const start = (kind: Kind, settings: NodeJS.ProcessEnv, ...command: string[]): ChildProcess =>
  spawn(process.execPath, ["--import", "tsx", entry(kind), ...command], {
    cwd: checkout,
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      ...env,
      SCHAKEL_DATA_DIR: file("data", kind),
      SCHAKEL_LOG_LEVEL: "error",
      ...settings,
    },
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

/** Puts the people in the system of this kind; resolves with how its subgraph reaches it. */
async function arrange(kind: Kind): Promise<NodeJS.ProcessEnv> {
  switch (kind) {
    case "sql": {
      const address = { SOURCE_DATABASE_URL: database.ownerUrl };
      await ended(start(kind, address, "seed"));
      for (const { reference, number, bsn } of PEOPLE) {
        const id = `${reference}/${number}`;
        await database.owner.query("insert into dossier select $1 on conflict do nothing", [reference]);
        await database.owner.query(
          `insert into betrokkene (id, nummer, volgnr, bsn) values ($1, $2, $3, $4)
           on conflict (id) do update set bsn = excluded.bsn`,
          [id, reference, number, bsn],
        );
      }
      return address;
    }
    case "rest":
      system.answerWith(anApi(PEOPLE));
      return { SOURCE_URL: system.url };
    case "soap":
      system.answerWith(aService(PEOPLE));
      return { SOURCE_URL: system.url };
    case "files":
      mkdirSync(file("export"));
      dropExport(file("export"), codeOf(kind), PEOPLE);
      return { SOURCE_FOLDER: file("export") };
    default: {
      const never: never = kind;
      return never;
    }
  }
}

test.each(KINDS)("over %s it serves the schema that was written, and passes the check", async (kind) => {
  const code = codeOf(kind);
  const address = await arrange(kind);
  const schema = ended(start(kind, {}, "schema"));
  const port = await freePort();
  running = start(kind, { ...address, SCHAKEL_SUBGRAPH_PORT: String(port) });
  const url = `http://127.0.0.1:${port}/graphql`;
  await eventually(code, async () =>
    (await fetch(new URL("/ready", url))).status === 200 ? true : undefined,
  );
  expect(await schema).toBe(readFileSync(file("subgraphs", code, "schema.graphql"), "utf8"));
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
  const { code: exit, printed } = await connect(["check", url, ...args]);
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

test("asks at a terminal what it was not told, and takes what an empty answer means", async () => {
  const typed = "Jeugdarts\nLOCAL_TEAM\nfiles\n\n\n030-0000008\n\n\n";
  const { code, printed } = await makeNew("jeugd-arts", ["--into", checkout], typed);
  expect(code).toBe(0);
  expect(entryIn(printed)).toEqual({
    code: "jeugd-arts",
    name: "Jeugdarts",
    kind: "LOCAL_TEAM",
    legalEntity: "jeugd-arts",
    field: "jeugdArts",
    phone: "030-0000008",
    owner: "Functioneel beheer Jeugdarts",
    contact: "koppeling@jeugd-arts.example",
  });
});

describe("writes nothing", () => {
  const without = (name: string): string[] => {
    const flags = [...flagsOf("sql")];
    flags.splice(flags.indexOf(name), 2);
    return flags;
  };
  test.each<[string, string, readonly string[], RegExp]>([
    ["over a folder that is there", "school-sql", flagsOf("sql"), /already/],
    [
      "for an organisation that the region has",
      "save",
      flagsOf("sql"),
      /the name: Utrecht has a save already/,
    ],
    ["for a name of a register", "families", flagsOf("sql"), /the name/],
    ["for a name that leads elsewhere", "../elsewhere", flagsOf("sql"), /the name: small letters/],
    [
      "without a kind of source, where nobody can be asked",
      "another",
      without("--source"),
      /--source: is needed/,
    ],
    ["for a kind that there is not", "another", [...without("--kind"), "--kind", "HUB"], /--kind/],
    ["for a field that the region has", "another", [...flagsOf("sql"), "--field", "save"], /--field/],
    ["for words that would be code", "another", [...without("--title"), "--title", 'a"; `b`'], /--title/],
    ["for a mail address that is none", "another", [...flagsOf("sql"), "--contact", "nobody"], /--contact/],
    ["for two names", "another", ["other", ...flagsOf("sql")], /Give one name/],
  ])("%s", async (_what, code, flags, said) => {
    const before = readdirSync(file("subgraphs"));
    const outcome = await makeNew(code, flags);
    expect(outcome.code).toBe(2);
    expect(outcome.said).toMatch(said);
    expect(outcome.printed).toBe("");
    expect(readdirSync(file("subgraphs"))).toEqual(before);
    expect(existsSync(file("elsewhere"))).toBe(false);
  });
});

test("--help tells what it asks", async () => {
  const { code, printed } = await connect(["new", "--help"]);
  expect(code).toBe(0);
  for (const flag of [
    "--title",
    "--kind",
    "--source",
    "--phone",
    "--field",
    "--legal-entity",
    "--owner",
    "--contact",
  ])
    expect(printed).toContain(flag);
});
