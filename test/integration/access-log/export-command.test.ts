// npm run log -- export: what it writes, what it leaves alone, and that it is on record.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { findEntries } from "../../../shared/access-log/find-entries";
import { toOrganisationCode, toWorkerId } from "../../../shared/kernel/ids";
import { anEntry } from "../../kit/access-log-entries";
import { buildLog } from "../../kit/built-log";
import { withDatabase } from "../../kit/database";
import { faultsUnderR4 } from "../../kit/fhir-r4";

const PROJECT_ROOT = join(__dirname, "../../..");
const TSX = join(PROJECT_ROOT, "node_modules/tsx/dist/cli.mjs");
const MAIN = join(PROJECT_ROOT, "subgraphs/access-log/source/command/main.ts");

const database = withDatabase();
let folder: string;

const fileOf = (name: string): string => join(folder, name);
function exportLog(words: readonly string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [TSX, MAIN, "export", ...words], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"] ?? "", SCHAKEL_DATA_DIR: folder, DATABASE_URL: database.workingUrl },
  });
  return { code: status, out: stdout, err: stderr };
}

/** More than are in memory at once, all of workers of Lokalis at SAVE. */
const MANY = 5_020;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "schakel-export-"));
  await buildLog(database.pool, MANY, 400);
  const rvdk = { organisation: toOrganisationCode("rvdk"), worker: toWorkerId("rvdk.investigator") } as const;
  const writer = createAccessLogWriter(database.pool);
  await writer.write([anEntry({ ...rvdk, source: "lokalis" })]);
  await writer.write([anEntry({ ...rvdk, source: "wss", subjectId: "OVV-09", familyId: "OVV-09" })]);
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Exported {
  readonly id: string;
  readonly organisation: string | null;
  readonly source: string | null;
  readonly act: string;
}

test("writes everything that concerns the organisation and nothing else, each entry once, and says so in the log", async () => {
  const { code, out } = exportLog([
    "--organisation",
    "lokalis",
    "--format",
    "json",
    "--out",
    fileOf("a.json"),
    "--by",
    "hub.someone",
  ]);
  expect([code, out]).toEqual([0, `${MANY + 2} entries of lokalis in ${fileOf("a.json")}.\n`]);
  const entries = JSON.parse(readFileSync(fileOf("a.json"), "utf8")) as Exported[];
  const { entries: expected } = await findEntries(
    database.pool,
    { concerning: "lokalis" },
    { first: MANY + 10 },
  );
  expect(entries.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  // Who exported what is on record before it is written: it is the newest entry of the export itself.
  expect(entries[0]).toMatchObject({
    act: "EXPORT",
    operation: "export",
    worker: "hub.someone",
    organisation: "hub",
    source: "lokalis",
    workerFunction: "OPERATOR",
    subjectType: "NONE",
  });
  expect(statSync(fileOf("a.json")).mode & 0o077).toBe(0);
}, 60_000);

test("writes about whom it was asked, as lines for a spreadsheet, and has on record about whom", async () => {
  const { code } = exportLog(["--organisation", "save", "--family", "F7", "--out", fileOf("b.csv")]);
  expect(code).toBe(0);
  const [head = "", ...lines] = readFileSync(fileOf("b.csv"), "utf8").trimEnd().split("\r\n");
  const family = head.split(",").indexOf("family_id");
  expect(new Set(lines.map((line) => line.split(",")[family]))).toEqual(new Set(["F7"]));
  const { entries } = await findEntries(
    database.pool,
    { concerning: "save", familyId: "F7" },
    { first: 1_000 },
  );
  expect(lines).toHaveLength(entries.length);
  const [exported] = entries;
  expect(exported).toMatchObject({
    act: "EXPORT",
    worker: "hub.operator",
    subjectType: "FAMILY",
    subjectId: "F7",
    familyId: "F7",
  });
}, 60_000);

test("writes AuditEvents, one a line", () => {
  const words = [
    "--organisation",
    "rvdk",
    "--worker",
    "rvdk.investigator",
    "--format",
    "fhir",
    "--out",
    fileOf("c.ndjson"),
  ];
  expect(exportLog(words).code).toBe(0);
  const events = readFileSync(fileOf("c.ndjson"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as object);
  expect(events).toHaveLength(2);
  for (const event of events) expect(faultsUnderR4(event)).toEqual([]);
}, 60_000);

test.each<[string, string[]]>([
  ["no organisation", ["--out", "x"]],
  ["an organisation outside the region", ["--organisation", "elders", "--out", "x"]],
  ["the hub itself", ["--organisation", "hub", "--out", "x"]],
  ["no file", ["--organisation", "save"]],
  ["a form that there is not", ["--organisation", "save", "--format", "xml", "--out", "x"]],
  [
    "a period that ends before it begins",
    ["--organisation", "save", "--from", "2026-02-01", "--to", "2026-01-01", "--out", "x"],
  ],
  ["somebody who is none", ["--organisation", "save", "--out", "x", "--by", "a b"]],
])("refuses %s, and exports nothing", async (_what, words) => {
  const before = await newestPosition();
  const { code, out } = exportLog(words);
  expect([code, out]).toEqual([2, ""]);
  expect(await newestPosition()).toBe(before);
});

test("leaves a file alone that is there already, and has nothing on record of it", async () => {
  writeFileSync(fileOf("mine"), "mine");
  const before = await newestPosition();
  const { code, err } = exportLog(["--organisation", "save", "--out", fileOf("mine")]);
  expect([code, err]).toEqual([1, `${fileOf("mine")} exists already.\n`]);
  expect(readFileSync(fileOf("mine"), "utf8")).toBe("mine");
  expect(await newestPosition()).toBe(before);
});

async function newestPosition(): Promise<number> {
  const { rows } = await database.pool.query<{ last: number }>(
    "select max(last_position)::int as last from access_log.batch",
  );
  return rows[0]?.last ?? 0;
}
