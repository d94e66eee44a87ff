// Destroying the key of a subject makes unreadable whom entries are about; the entries stay, and the chain with them.

import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { findEntries } from "../../../shared/access-log/find-entries";
import { openSubject } from "../../../shared/access-log/subject";
import { anEntry } from "../../kit/access-log-entries";
import { verifyAfter, verifyIn } from "../../kit/built-log";
import { withDatabase } from "../../kit/database";
import { someLogKeys } from "../../kit/log-keys";

const database = withDatabase();
const keys = someLogKeys();
const writerOf = () => createAccessLogWriter(database.pool, { deadlineMs: 20_000 });
const PERSON = anEntry({ subjectType: "PERSON", subjectId: "OVV-06-1", familyId: "OVV-06" });

interface KeyRow {
  readonly id: string;
  readonly subject_id: string | null;
  readonly family_id: string | null;
  readonly key: Buffer | null;
}

const keysOf = async (where: string): Promise<KeyRow[]> =>
  (
    await database.owner.query<KeyRow>(
      `select id, subject_id, family_id, key from access_log.subject_key where ${where}`,
    )
  ).rows;

test("a subject stands in an entry only sealed, under one key", async () => {
  const writer = writerOf();
  await writer.write([PERSON, PERSON]);
  await writerOf().write([PERSON]);
  const [key, ...others] = await keysOf("subject_id = 'OVV-06-1'");
  expect(others).toEqual([]);
  const { rows } = await database.owner.query<{ subject: Buffer; told: string }>(
    "select subject, e::text as told from access_log.entry e where subject_key = $1 order by position",
    [key?.id],
  );
  expect(rows).toHaveLength(3);
  for (const { subject, told } of rows) {
    expect(told).not.toContain("OVV-06");
    expect(openSubject(subject, key?.key ?? Buffer.alloc(32))).toEqual({
      type: "PERSON",
      id: "OVV-06-1",
      familyId: "OVV-06",
    });
    expect(() => openSubject(subject, Buffer.alloc(32))).toThrow();
  }
  // Sealed once for a commit, and anew for the next.
  const [first, second, third] = rows.map(({ subject }) => subject.toString("hex"));
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

test("a child of two households stands under a key for each", async () => {
  await writerOf().write([
    { ...PERSON, subjectId: "child-2" },
    { ...PERSON, subjectId: "child-2", familyId: "OVV-07" },
  ]);
  const families = (await keysOf("subject_id = 'child-2'")).map(({ family_id }) => String(family_id));
  expect(families.toSorted()).toEqual(["OVV-06", "OVV-07"]);
});

test("someone of whom nobody has the id stands under a key too", async () => {
  await writerOf().write([{ ...PERSON, subjectId: "typed-1", familyId: null }]);
  await writerOf().write([{ ...PERSON, subjectId: "typed-1", familyId: null }]);
  expect(await keysOf("subject_id = 'typed-1' and family_id is null")).toHaveLength(1);
});

test("destroying a key is recorded, cannot be taken back, and leaves a log that verifies", async () => {
  const entry = { ...PERSON, subjectId: "leaving-1", familyId: "F-leaving", operation: "before" };
  const writer = writerOf();
  await writer.write([entry]);
  const [key] = await keysOf("subject_id = 'leaving-1'");
  await database.owner.query(
    "select access_log.destroy_subject_key($1, 'ERASURE_GRANTED', 'lokalis.privacy-officer')",
    [key?.id],
  );
  expect(await keysOf(`id = '${key?.id}'`)).toMatchObject([{ subject_id: null, family_id: null, key: null }]);
  const { rows } = await database.owner.query(
    "select act, operation, worker, rules, relied_on as object from access_log.entry order by position desc limit 1",
  );
  expect(rows).toEqual([
    {
      act: "DELETE",
      operation: "destroySubjectKey",
      worker: "lokalis.privacy-officer",
      rules: ["ERASURE_GRANTED"],
      object: [`SUBJECT_KEY:${key?.id}`],
    },
  ]);

  const { entries } = await findEntries(database.pool, { concerning: "lokalis" }, { first: 50 });
  expect(entries.find(({ operation }) => operation === "before")).toMatchObject({
    subjectId: null,
    familyId: null,
  });
  const byFamily = await findEntries(
    database.pool,
    { concerning: "lokalis", familyId: "F-leaving" },
    { first: 50 },
  );
  expect(byFamily.entries).toEqual([]);
  expect((await verifyIn(database.pool, { keys: keys.verifying })).faults).toEqual([]);
  await expect(
    database.owner.query("select access_log.destroy_subject_key($1, 'AGAIN', 'me')", [key?.id]),
  ).rejects.toMatchObject({ code: "LOG04" });
  await expect(
    database.owner.query("update access_log.subject_key set key = $2, subject_id = 'x' where id = $1", [
      key?.id,
      Buffer.alloc(32),
    ]),
  ).rejects.toMatchObject({ code: "55000" });

  // The writer that still holds the old key takes a new one.
  await writer.write([{ ...entry, operation: "after" }]);
  const [fresh] = await keysOf("subject_id = 'leaving-1'");
  expect(fresh?.id).not.toBe(key?.id);
  const later = await findEntries(
    database.pool,
    { concerning: "lokalis", familyId: "F-leaving" },
    { first: 50 },
  );
  expect(later.entries.map(({ operation }) => operation)).toEqual(["after"]);
});

test("a key that was destroyed by another entry than it says is named", async () => {
  const report = await verifyAfter(
    database.owner,
    async (owner) => {
      await owner.query("alter table access_log.subject_key disable trigger subject_key_is_only_destroyed");
      await owner.query("update access_log.subject_key set destroyed_position = 1 where key is null");
    },
    { keys: keys.verifying },
  );
  expect(report.faults.map(({ kind }) => kind)).toEqual([
    "KEY_DESTROYED_UNRECORDED",
    "KEY_DESTROYED_UNRECORDED",
  ]);
});
