// npm run log, as an officer or an operator uses it: what it says, and its exit codes.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import type { Proof } from "../../../shared/access-log/verify/proof";
import type { KeptCheckpoint } from "../../../shared/access-log/verify/signatures";
import { anEntry } from "../../kit/access-log-entries";
import { buildLog, inThePast, makeCheckpoint } from "../../kit/built-log";
import { withDatabase } from "../../kit/database";
import { someLogKeys, type LogKeys } from "../../kit/log-keys";

const PROJECT_ROOT = join(__dirname, "../../..");
const TSX = join(PROJECT_ROOT, "node_modules/tsx/dist/cli.mjs");
const MAIN = join(PROJECT_ROOT, "subgraphs/access-log/source/command/main.ts");

const database = withDatabase();
const keys = someLogKeys();
let folder: string;
let copies: KeptCheckpoint[];

function writeKeys(to: string, { hub, organisations }: LogKeys): void {
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, "log-public.jwks.json"), JSON.stringify(hub.publicJwks));
  for (const [code, { publicJwks }] of organisations) {
    writeFileSync(join(to, `checkpoint-${code}.jwks.json`), JSON.stringify(publicJwks));
  }
}

function writeCopies(to: string, kept: readonly KeptCheckpoint[]): void {
  mkdirSync(to, { recursive: true });
  for (const { organisation, place: _, ...line } of kept) {
    writeFileSync(join(to, `${organisation}.jsonl`), `${JSON.stringify(line)}\n`, { flag: "a" });
  }
}

/** Runs the command with these words. */
function log(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [TSX, MAIN, ...words], {
    encoding: "utf8",
    env: {
      PATH: process.env["PATH"] ?? "",
      SCHAKEL_DATA_DIR: join(folder, "data"),
      DATABASE_URL: database.workingUrl,
      ...env,
    },
  });
  return { code: status, out: stdout, err: stderr };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "schakel-log-"));
  await inThePast(database.owner, "72 months", () => buildLog(database.pool, 20, 10));
  await buildLog(database.pool, 40, 10);
  copies = await makeCheckpoint(database.pool, keys);
  await createAccessLogWriter(database.pool).write([anEntry()]);
  writeKeys(join(folder, "data", "keys"), keys);
  writeCopies(join(folder, "data", "checkpoints"), copies);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const idAt = async (position: number): Promise<string> => {
  const { rows } = await database.owner.query<{ id: string }>(
    "select id from access_log.entry where position = $1",
    [position],
  );
  return rows[0]?.id ?? "";
};

test("verify says that the log is whole, and what it was held against", () => {
  const { code, out } = log(["verify"]);
  expect(out).toMatch(/61 entries in 7 batches; 61 looked at, with \d+ processing lines/);
  expect(out).toMatch(/1 checkpoint, 2 signatures of organisations/);
  expect(out).toMatch(/Held against 2 copies that lokalis, save keep/);
  expect(out).toMatch(/The log is whole/);
  expect(code).toBe(0);
});

test("verify looks at a part, from a day and to a day", () => {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  expect(log(["verify", "--from", yesterday]).out).toMatch(/ 41 looked at/);
  expect(log(["verify", "--to", yesterday]).out).toMatch(/ 20 looked at/);
  expect(log(["verify", "--from", tomorrow]).out).toMatch(/ 0 looked at/);
});

test("verify says when there is nothing of organisations to hold it against", () => {
  const elsewhere = join(folder, "elsewhere");
  writeKeys(join(elsewhere, "keys"), keys);
  const { code, err } = log(["verify"], { SCHAKEL_DATA_DIR: elsewhere });
  expect(err).toMatch(/a tail cut off after the last checkpoint would not be seen/);
  expect(code).toBe(0);
});

test("verify ends with 1 and names the first fault", async () => {
  const { owner } = database;
  await owner.query("alter table access_log.batch disable trigger batch_is_append_only");
  const { rows } = await owner.query<{ root: Buffer }>("select root from access_log.batch where number = 3");
  await owner.query("update access_log.batch set root = hash where number = 3");
  const broken = log(["verify"]);
  await owner.query("update access_log.batch set root = $1 where number = 3", [rows[0]?.root]);
  await owner.query("alter table access_log.batch enable always trigger batch_is_append_only");
  expect(broken.code).toBe(1);
  expect(broken.out).toMatch(/The log is BROKEN\. First: /);
  expect(broken.out).toMatch(/batch 3: BATCH_CHANGED/);
  expect(log(["verify"]).code).toBe(0);
});

test("verify ends with 1 for a line of an organisation that cannot be read", () => {
  const given = join(folder, "given");
  writeCopies(given, copies);
  writeFileSync(join(given, "save.jsonl"), "what is this\n", { flag: "a" });
  const { code, out } = log(["verify", "--checkpoints", given]);
  expect(out).toMatch(/What save keeps at save\.jsonl:2 cannot be read/);
  expect(code).toBe(1);
});

test("prove prints a proof that holds without the database, for whoever has the public keys", async () => {
  const id = await idAt(34);
  const proved = log(["prove", id]);
  expect(proved).toMatchObject({
    code: 0,
    err: expect.stringMatching(/signed for by lokalis, save/) as string,
  });
  const proof = JSON.parse(proved.out) as Proof;
  expect(proof.entry).toMatchObject({ id, position: "34" });
  const file = join(folder, "proof.json");
  writeFileSync(file, proved.out);
  const checked = log(["verify-proof", file], { DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none" });
  expect(checked).toMatchObject({ code: 0, out: expect.stringMatching(/^Proved/) as string });
  // By its position it is the same.
  expect(JSON.parse(log(["prove", "34"]).out)).toEqual(proof);
});

test("verify-proof ends with 1 for a proof that proves nothing", async () => {
  const proof = JSON.parse(log(["prove", await idAt(31)]).out) as Proof;
  const file = join(folder, "changed.json");
  writeFileSync(file, JSON.stringify({ ...proof, entry: { ...proof.entry, worker: "another" } }));
  const { code, out } = log(["verify-proof", file]);
  expect(out).toMatch(/This proves nothing:\n.*not one that its batch/);
  expect(code).toBe(1);
});

test("prove says why there is no proof", async () => {
  expect(log(["prove", await idAt(61)])).toMatchObject({
    code: 1,
    err: expect.stringMatching(/No checkpoint has been made since/) as string,
  });
  expect(log(["prove", "9999"])).toMatchObject({
    code: 1,
    err: expect.stringMatching(/no such entry/) as string,
  });
  expect(log(["prove", "yesterday"])).toMatchObject({
    code: 1,
    err: expect.stringMatching(/by its id/) as string,
  });
});

test("status says how long the log is, and how far organisations are behind", () => {
  const { code, out } = log(["status"]);
  expect(out).toMatch(/Entries: 61, in 7 batches/);
  expect(out).toMatch(/Last checkpoint: batch 6/);
  expect(out).toMatch(/veilig-thuis has not confirmed 1 of them/);
  expect(code).toBe(0);
});

test("retain removes the months past their term, when the owner of the log asks it", async () => {
  await database.pool.query("select access_log.seal_months()");
  const owner = { MIGRATION_DATABASE_URL: database.ownerUrl };
  expect(log(["retain", "--profile", "dossier"], owner).out).toMatch(/No sealed month is past its term/);
  expect(log(["retain", "--profile", "minimum", "--dry-run"], owner).out).toMatch(
    /\d{4}-\d\d would be removed/,
  );
  // The role that the services work with may not.
  expect(log(["retain", "--profile", "minimum"])).toMatchObject({
    code: 1,
    err: expect.stringMatching(/permission denied/) as string,
  });
  expect(log(["retain", "--profile", "minimum", "--by", "hub.operator"], owner)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/\d{4}-\d\d was removed/) as string,
  });
  const { rows } = await database.owner.query<{ outcome: string; trace: string }>(
    `select outcome, trace_id as trace from access_log.entry where operation = 'retain' and act = 'CONFIGURE'
     order by position`,
  );
  // First the one that was not allowed, and that it failed; then the one that was.
  expect(rows.map(({ outcome }) => outcome)).toEqual(["DELIVERED", "FAILED", "DELIVERED"]);
  expect(rows[1]?.trace).toBe(rows[0]?.trace);
  const { code, out } = log(["verify"]);
  expect(out).toMatch(/Removed after their term: \d{4}-\d\d/);
  expect(code).toBe(0);
});

test.each([
  [[], /Usage/],
  [["hide"], /The command is one of/],
  [["verify", "--from", "soon"], /--from takes a day/],
  [["verify", "--deep"], /--deep/],
  [["verify", "everything"], /Too many words/],
  [["prove"], /It takes the id/],
  [["retain", "--profile", "short"], /--profile is one of: minimum, dossier/],
])("%j is wrong use, and it says so", (words, reason) => {
  const { code, out, err } = log(words);
  expect(out + err).toMatch(reason);
  expect(code).toBe(2);
});

test("says which file it misses", () => {
  expect(log(["verify", "--keys", join(folder, "none")])).toMatchObject({
    code: 1,
    err: expect.stringMatching(/There is no log-public\.jwks\.json/) as string,
  });
  expect(log(["verify", "--checkpoints", join(folder, "none")])).toMatchObject({
    code: 1,
    err: expect.stringMatching(/There is no folder/) as string,
  });
  expect(log(["verify-proof", join(folder, "none.json")]).code).toBe(1);
  expect(log(["--help"])).toMatchObject({ code: 0, out: readUsage() });
});

const readUsage = (): string => {
  const source = readFileSync(MAIN, "utf8");
  const usage = /const USAGE = `([^`]*)`/.exec(source)?.[1];
  return `${usage}\n`;
};
