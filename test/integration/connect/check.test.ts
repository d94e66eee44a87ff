// `npm run connect -- check`: a subgraph in plain JavaScript passes it, and each fault that is planted in it is named.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CheckCode, Finding } from "../../../gateway/connect/check/finding";
import { runConnectCommand } from "../../../gateway/connect/connect-command";
import { ensureKeys } from "../../../shared/launch/keys";
import { loadRegion } from "../../../shared/region/region";
import { readRegionFile } from "../../../shared/region/region-file";

const SERVER = join(__dirname, "..", "..", "kit", "plain-subgraph", "server.mjs");
const CODE = "school-board";
const FIELD = "schoolBoard";
/** Those of which every run says that they were not checked: on this machine, for the first time. */
const NOT_HERE = ["TLS", "CLIENT_CERTIFICATE", "SCHEMA_CHANGES"];

/** For a busy machine. */
const PATIENT = ["--deadline-ms", "15000"];

const folder = mkdtempSync(join(tmpdir(), "connect-"));
const file = (name: string): string => join(folder, name);
const running: ChildProcess[] = [];
const env = { SCHAKEL_REGION: file("region.json"), SCHAKEL_KEYS_DIR: file("keys") };

/** Runs the command in this process; what it printed and said, and its exit code. */
async function connect(...args: string[]): Promise<{ code: number; printed: string; said: string }> {
  const [printed, said]: [string[], string[]] = [[], []];
  const code = await runConnectCommand(args, env, {
    print: (text) => printed.push(text),
    say: (text) => said.push(text),
  });
  return { code, printed: printed.join("\n"), said: said.join("\n") };
}

/** Starts the subgraph with these faults; resolves with its address. */
async function start(faults: readonly string[] = [], schema = "schema.graphql"): Promise<string> {
  const keySet = join(env.SCHAKEL_KEYS_DIR, "grant-public.jwks.json");
  const child = spawn(process.execPath, [SERVER, "0", CODE, FIELD, file(schema), keySet, ...faults], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.push(child);
  const [port] = (await once(child.stdout, "data")) as [Buffer];
  return `http://127.0.0.1:${port.toString().trim()}/graphql`;
}

const check = async (url: string, ...args: string[]) => {
  const { code, printed } = await connect(
    "check",
    url,
    "--organisation",
    CODE,
    "--known",
    file("known.json"),
    "--json",
    ...args,
  );
  return { code, ...(JSON.parse(printed) as { verdict: string; findings: Finding[] }) };
};
const codes = (findings: readonly Finding[], level: Finding["level"]): CheckCode[] =>
  findings.filter((one) => one.level === level).map((one) => one.check);

beforeAll(async () => {
  const utrecht = readRegionFile("utrecht");
  const added = {
    code: CODE,
    name: "School board",
    kind: "LOCAL_TEAM",
    legalEntity: CODE,
    field: FIELD,
    phone: "030-0000009",
  };
  writeFileSync(
    env.SCHAKEL_REGION,
    JSON.stringify({ ...utrecht, organisations: [...utrecht.organisations, added] }),
  );
  await ensureKeys(env.SCHAKEL_KEYS_DIR, loadRegion(env.SCHAKEL_REGION));
  writeFileSync(file("known.json"), '{"families": ["K-1", "K-2"], "persons": ["P-1"], "refused": ["K-3"]}');
  const { printed } = await connect("schema", "--organisation", CODE);
  writeFileSync(file("schema.graphql"), printed);
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("a subgraph in plain JavaScript passes, as text and as JSON", async () => {
  const url = await start();
  const { code, verdict, findings } = await check(url, ...PATIENT);
  expect(findings.filter((one) => one.level !== "PASSED").map((one) => one.check)).toEqual(NOT_HERE);
  expect([code, verdict]).toEqual([0, "CONNECT"]);
  const told = await connect("check", url, "--organisation", CODE, "--known", file("known.json"), ...PATIENT);
  expect(told.printed).toMatch(/0 failed, 0 warnings, 3 not checked\. This subgraph can be connected\.$/);
  expect(told.said).toContain("checked ...");
});

test("without records of the test system it does not say that all is well", async () => {
  const url = await start();
  const { code, printed } = await connect("check", url, "--organisation", CODE);
  expect(code).toBe(3);
  expect(printed).toMatch(/not checked +REFERENCES[^]*--known <file>[^]*not everything was checked\.$/);
});

test("a record that holds nothing to keep back does not show that it would be kept", async () => {
  const { findings } = await check(await start(["holds-little"]), ...PATIENT);
  expect(codes(findings, "NOT_CHECKED")).toContain("OUTSIDE_CATEGORY");
});

/** Faults that do not hide each other, each with the check that names it. */
const FAULTS: readonly Readonly<Record<string, CheckCode>>[] = [
  { elsewhere: "REACHABLE" },
  { "no-json": "REACHABLE" },
  { "another-name": "GRANT_ACCEPTED" },
  {
    "answers-get": "METHOD",
    "takes-lists": "BODY",
    "takes-unsigned": "GRANT_UNSIGNED",
    "any-signature": "GRANT_FORGED",
    "any-lifetime": "GRANT_LIFETIME",
    "any-issuer": "GRANT_ISSUER",
    "any-request": "GRANT_REQUEST",
    "outside-category": "OUTSIDE_CATEGORY",
    "one-by-one": "DEADLINE",
    "repeats-words": "QUIET_ERRORS",
  },
  {
    "breaks-on-body": "BODY",
    "no-grant-needed": "GRANT_MISSING",
    "no-expiry": "GRANT_EXPIRED",
    "any-type": "GRANT_TYPE",
    "any-audience": "GRANT_AUDIENCE",
    "takes-twice": "GRANT_REPLAYED",
    "outside-subject": "OUTSIDE_SUBJECT",
    "looks-at-aliases": "OUTSIDE_CATEGORY",
    "veto-without-reason": "VETO",
    "citizens-number": "NO_CITIZENS_NUMBER",
    "shows-stack": "QUIET_ERRORS",
  },
  { "another-holder": "VALUES", "unknown-is-error": "UNKNOWN_SUBJECT" },
  { "wrong-values": "VALUES", "another-order": "REFERENCES" },
];

test.each(FAULTS.map((faults) => [Object.keys(faults).join(", "), faults] as const))(
  "each is named, and nothing else: %s",
  async (_names, faults) => {
    const { code, verdict, findings } = await check(await start(Object.keys(faults)));
    const expected = [...new Set(Object.values(faults))];
    // How fast a busy machine is, is no fault of the subgraph.
    const counted = findings.filter((one) => one.check !== "DEADLINE" || expected.includes("DEADLINE"));
    expect(new Set(codes(counted, "FAILED"))).toEqual(new Set(expected));
    expect(codes(counted, "WARNING")).toEqual([]);
    for (const { cause, remedy } of findings.filter((one) => one.level === "FAILED")) {
      expect([cause, remedy]).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/\.$/)]);
    }
    expect([code, verdict]).toEqual([1, "MEND_FIRST"]);
  },
);

/** A change to the schema, and the check that names it. */
const SCHEMA_FAULTS: readonly (readonly [string, CheckCode, (sdl: string) => string])[] = [
  [
    "a field of its own that has to be there",
    "SCHEMA_FIELDS",
    (sdl) => sdl.replace(`${FIELD}: SchoolBoardFamilyDossier`, `${FIELD}: SchoolBoardFamilyDossier!`),
  ],
  [
    "another field on a family",
    "SCHEMA_FIELDS",
    (sdl) =>
      sdl.replace(`${FIELD}: SchoolBoardFamilyDossier`, `${FIELD}: SchoolBoardFamilyDossier address: String`),
  ],
  [
    "a dossier outside the contract",
    "SCHEMA_INTERFACES",
    (sdl) => sdl.replace("implements FamilyDossier", ""),
  ],
  [
    "a field in another category",
    "SCHEMA_INTERFACES",
    (sdl) => sdl.replaceAll("@category(of: SAFETY)", "@category(of: INVOLVEMENT)"),
  ],
  ["a query of its own", "SCHEMA_ROOTS", (sdl) => `${sdl}\ntype Query { everybody: [Person!] }`],
  [
    "a field of a dossier without a category",
    "SCHEMA_COMPOSES",
    (sdl) => sdl.replace("implements FamilyDossier {", "implements FamilyDossier {\n  remarks: String"),
  ],
];

test.each(SCHEMA_FAULTS)("%s is named by %s", async (_what, expected, change) => {
  const sdl = readFileSync(file("schema.graphql"), "utf8");
  const changed = change(sdl);
  expect(changed).not.toBe(sdl);
  writeFileSync(file("changed.graphql"), changed);
  const { code, findings } = await check(await start([], "changed.graphql"));
  expect(codes(findings, "FAILED")).toContain(expected);
  expect(code).toBe(1);
});

test("an operation that is used and would break is named by its file", async () => {
  const operations = mkdtempSync(join(folder, "operations-"));
  writeFileSync(
    join(operations, "good.graphql"),
    `query ($id: ID!) { family(id: $id) { ${FIELD} { carePlan { summary } } } }`,
  );
  const url = await start();
  expect(codes((await check(url, "--operations", operations)).findings, "PASSED")).toContain(
    "SCHEMA_CHANGES",
  );
  writeFileSync(
    join(operations, "old.graphql"),
    `query ($id: ID!) { family(id: $id) { ${FIELD} { truancy } } }`,
  );
  const { findings } = await check(url, "--operations", operations);
  const found = findings.find((one) => one.check === "SCHEMA_CHANGES");
  expect(found).toMatchObject({ level: "FAILED", cause: expect.stringContaining("old.graphql") as unknown });
  expect(found?.cause).not.toContain("good.graphql");
});

test("nothing there is told as such", async () => {
  const { code, findings } = await check("http://127.0.0.1:9/graphql");
  expect(findings[0]).toMatchObject({
    check: "REACHABLE",
    level: "FAILED",
    cause: expect.stringContaining("ECONNREFUSED") as unknown,
  });
  expect(codes(findings, "NOT_CHECKED").length).toBeGreaterThan(20);
  expect(code).toBe(1);
});

test.each([
  ["no address", ["check"], "Give one address"],
  ["something that is no address", ["check", "ftp://host"], "no http or https URL"],
  ["nothing to do", [], "Say what to do"],
  [
    "an organisation that is not there",
    ["check", "http://127.0.0.1:9/graphql", "--organisation", "elders"],
    `one of lokalis`,
  ],
  ["an unknown option", ["check", "http://127.0.0.1:9/", "--fast"], "--fast"],
  [
    "records that cannot be read",
    ["check", "http://127.0.0.1:9/", "--organisation", CODE, "--known", "/none.json"],
    "cannot be read",
  ],
  [
    "a key that cannot be read",
    ["check", "http://127.0.0.1:9/", "--organisation", CODE, "--key", "/none.json"],
    "npm start makes one",
  ],
])("wrong use is told: %s", async (_what, args, told) => {
  const { code, printed, said } = await connect(...args);
  expect([code, printed]).toEqual([2, ""]);
  expect(said).toContain(told);
});
