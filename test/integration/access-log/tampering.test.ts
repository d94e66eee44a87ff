// Whatever is done to a log by somebody who can do everything in the database is found and named by the verifier.

import type { ClientBase } from "pg";
import type { Fault } from "../../../shared/access-log/verify/faults";
import type { KeptCheckpoint } from "../../../shared/access-log/verify/signatures";
import { buildLog, disarm, makeCheckpoint, verifyAfter, verifyIn } from "../../kit/built-log";
import { withDatabase } from "../../kit/database";
import { flipSomething, type Flip } from "../../kit/flip";
import { someLogKeys } from "../../kit/log-keys";

const ENTRIES = 100_000;
const BATCH_SIZE = 1_000;
const BATCHES = ENTRIES / BATCH_SIZE;
const TRIES = 100;
/** Batches before and after the one that is looked at. */
const MARGIN = 1;

const database = withDatabase();
const keys = someLogKeys();
const copies: KeptCheckpoint[] = [];

beforeAll(async () => {
  await buildLog(database.pool, ENTRIES, BATCH_SIZE);
  for (let batch = 10; batch <= BATCHES; batch += 10)
    copies.push(...(await makeCheckpoint(database.pool, keys, batch)));
  await disarm(database.owner);
}, 300_000);

const first = (faults: readonly Fault[]): Fault | undefined => faults[0];
const after = (
  change: (client: ClientBase) => Promise<unknown>,
  asked: Partial<Parameters<typeof verifyIn>[1]> = {},
) => verifyAfter(database.owner, change, { keys: keys.verifying, copies, ...asked });
const run = (text: string) => (client: ClientBase) => client.query(text);

test("a log that nobody touched is whole", async () => {
  const report = await verifyIn(database.pool, { keys: keys.verifying, copies });
  expect(report).toMatchObject({
    faults: [],
    batches: BATCHES,
    entries: ENTRIES,
    lastPosition: ENTRIES,
    checkpoints: 10,
    countersignatures: 20,
  });
  expect(report.lines).toBeGreaterThan(ENTRIES);
}, 120_000);

/** The part of the log around a batch. */
async function around(batch: number): Promise<{ from: string; to: string }> {
  const { rows } = await database.owner.query<{ from: string; to: string }>(
    `select to_char(min(recorded_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as from,
       to_char((max(recorded_at) + interval '1 microsecond') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as to
     from access_log.batch where number between $1 and $2`,
    [batch - MARGIN, batch + MARGIN],
  );
  const [row] = rows;
  if (!row) throw new Error("No such batch.");
  return row;
}

/** Does this fault name what was flipped? */
const names = ({ table, positions, batches, key }: Flip, fault: Fault): boolean =>
  table === "subject_key"
    ? fault.kind.startsWith("KEY_") && key !== undefined && fault.text.includes(key)
    : positions.includes(fault.position) || batches.includes(fault.batch);

test("one flipped byte is found and named, in each of 100 random tries", async () => {
  const missed: string[] = [];
  for (let tried = 0; tried < TRIES; tried++) {
    const near = 2 + Math.floor(Math.random() * (BATCHES - 2));
    let flip: Flip | undefined;
    const report = await after(
      async (owner) => {
        flip = await flipSomething(owner, near);
      },
      await around(near),
    );
    const fault = first(report.faults);
    if (!flip || !fault || !names(flip, fault)) missed.push(JSON.stringify({ flip, faults: report.faults }));
  }
  expect(missed).toEqual([]);
}, 300_000);

test("a hundred flipped bytes over the whole log are all named in one go, each in its place", async () => {
  const flips: Flip[] = [];
  const report = await after(async (owner) => {
    for (let batch = 1; batch <= BATCHES; batch++) {
      flips.push(await flipSomething(owner, batch, batch % 2 === 0 ? "entry" : "processing"));
    }
  });
  expect(flips).toHaveLength(BATCHES);
  const unnamed = flips.filter((flip) => !report.faults.some((fault) => names(flip, fault)));
  expect(unnamed).toEqual([]);
  expect(report.faults.map(({ position }) => position)).toEqual(
    report.faults.map(({ position }) => position).toSorted((one, other) => one - other),
  );
}, 120_000);

/** What is done, and what the first fault is. */
const DONE: Readonly<Record<string, readonly [string, Partial<Fault>]>> = {
  "one deleted entry": [
    "delete from access_log.entry where position = 41234",
    { kind: "ENTRY_MISSING", position: 41_234, batch: 42 },
  ],
  "several deleted entries": [
    "delete from access_log.entry where position between 41234 and 41240",
    { kind: "ENTRY_MISSING", position: 41_234, batch: 42, text: "Entries 41234 to 41240 are missing." },
  ],
  "one deleted processing line": [
    "delete from access_log.processing where position = 41234",
    { kind: "ENTRY_CHANGED", position: 41_234, batch: 42 },
  ],
  "one entry deleted with its lines, and the rest renumbered": [
    `delete from access_log.entry where position = 41234; delete from access_log.processing where position = 41234;
     update access_log.entry set position = position + 1000000 where position between 41235 and 43000;
     update access_log.entry set position = position - 1000001 where position > 1000000;
     update access_log.processing set position = position + 1000000 where position between 41235 and 43000;
     update access_log.processing set position = position - 1000001 where position > 1000000`,
    { kind: "ENTRY_CHANGED", position: 41_234, batch: 42 },
  ],
  "one deleted batch": [
    "delete from access_log.batch where number = 42",
    { kind: "BATCH_MISSING", position: 41_001, batch: 42 },
  ],
  "one inserted entry, in the place of another": [
    `delete from access_log.entry where position = 41234;
     insert into access_log.entry select 41234, batch, gen_random_uuid(), recorded_at, trace_id, act, outcome, operation,
       worker, organisation, team, worker_function, purpose, subject_type, subject_key, subject, source,
       categories_delivered, categories_withheld, rules, policy_set, relied_on, error_code, origin, hash
     from access_log.entry where position = 41235`,
    { kind: "ENTRY_CHANGED", position: 41_234, batch: 42 },
  ],
  "one inserted entry, between two others": [
    `insert into access_log.entry select e.position, e.batch, gen_random_uuid(), e.recorded_at + interval '1 second', e.trace_id,
       act, outcome, operation, worker, organisation, team, worker_function, purpose, subject_type, subject_key, subject,
       source, categories_delivered, categories_withheld, rules, policy_set, relied_on, error_code, origin, hash
     from access_log.entry e where position = 41234`,
    { kind: "ENTRY_ADDED", position: 41_234, batch: 42 },
  ],
  "one inserted entry, at the end": [
    `insert into access_log.entry select 100001, 101, gen_random_uuid(), recorded_at, trace_id, act, outcome, operation,
       worker, organisation, team, worker_function, purpose, subject_type, subject_key, subject, source,
       categories_delivered, categories_withheld, rules, policy_set, relied_on, error_code, origin, hash
     from access_log.entry where position = 100000`,
    { kind: "ENTRY_ADDED", position: 100_001 },
  ],
  "one inserted processing line": [
    `insert into access_log.processing select position, 9, recorded_at, trace_id, span_id, parent_span_id, name, start_time,
       end_time, status_code, processing_activity_id, subject_type, subject_key, resource
     from access_log.processing where position = 41234`,
    { kind: "ENTRY_CHANGED", position: 41_234, batch: 42 },
  ],
  "a processing line of an entry that is not there": [
    `insert into access_log.processing select 100001, 1, recorded_at, trace_id, span_id, parent_span_id, name, start_time,
       end_time, status_code, processing_activity_id, subject_type, subject_key, resource
     from access_log.processing where position = 41234`,
    { kind: "LINE_ADDED", position: 100_001 },
  ],
  "two swapped entries of one batch": [
    swap(41_234, 41_500),
    { kind: "ENTRY_MOVED", position: 41_234, batch: 42, text: "Entry 41234 is the one that stood at 41500." },
  ],
  "two swapped entries of different batches": [
    swap(1_234, 98_765),
    { kind: "ENTRY_MOVED", position: 1_234, text: "Entry 1234 is the one that stood at 98765." },
  ],
  "an entry and its hash changed together": [
    `update access_log.entry set hash = sha256('other'), worker = 'somebody.else' where position = 41234`,
    { kind: "ENTRY_CHANGED", position: 41_234, batch: 42 },
  ],
  "a hash beside an entry that is what it was": [
    "update access_log.entry set hash = sha256('other') where position = 41234",
    { kind: "ENTRY_HASH_CHANGED", position: 41_234, batch: 42 },
  ],
  "a value that reads as two": [
    "update access_log.entry set operation = operation || E'\\n' || worker where position = 41234",
    { kind: "ENTRY_CHANGED", position: 41_234, batch: 42 },
  ],
  "a key emptied without a word": [
    `update access_log.subject_key set subject_type = null, subject_id = null, family_id = null, key = null,
       destroyed_at = now(), destroyed_position = 5 where id = (select subject_key from access_log.entry where position = 1)`,
    { kind: "KEY_DESTROYED_UNRECORDED" },
  ],
  "a key that now stands for somebody else": [
    `update access_log.subject_key set subject_id = 'F99' where id = (select subject_key from access_log.entry where position = 1)`,
    { kind: "KEY_CHANGED", position: 1 },
  ],
  "a checkpoint taken out of the log": [
    `delete from access_log.countersignature where batch = 50; delete from access_log.checkpoint where batch = 50`,
    { kind: "CHECKPOINT_MISSING", batch: 50 },
  ],
};

function swap(one: number, other: number): string {
  return `update access_log.entry set position = -1 where position = ${one};
    update access_log.entry set position = ${one}, batch = (${one} - 1) / ${BATCH_SIZE} + 1,
      recorded_at = (select recorded_at from access_log.batch where number = (${one} - 1) / ${BATCH_SIZE} + 1)
      where position = ${other};
    update access_log.entry set position = ${other}, batch = (${other} - 1) / ${BATCH_SIZE} + 1,
      recorded_at = (select recorded_at from access_log.batch where number = (${other} - 1) / ${BATCH_SIZE} + 1)
      where position = -1`;
}

test.each(Object.entries(DONE))(
  "finds and names %s",
  async (_, [statements, expected]) => {
    // Where the batch is named, that part of the log is enough; the chain is walked whole all the same.
    const part = expected.batch === 42 ? await around(42) : {};
    const report = await after(run(statements), part);
    expect(first(report.faults)).toMatchObject(expected);
  },
  60_000,
);

const CUT = `delete from access_log.entry where position > 95000; delete from access_log.processing where position > 95000;
  delete from access_log.batch where number > 95`;
const CUT_WITH_CHECKPOINTS = `${CUT}; delete from access_log.countersignature where batch > 95;
  delete from access_log.checkpoint where batch > 95`;

test("finds a tail that was cut off by the checkpoints of the log", async () => {
  const report = await after(run(CUT), { copies: [] });
  expect(report.faults).toMatchObject([{ kind: "TAIL_MISSING", position: 100_000, batch: 100 }]);
}, 60_000);

test("finds a tail that was cut off, checkpoints and all, by what organisations keep, and only by that", async () => {
  expect((await after(run(CUT_WITH_CHECKPOINTS), { copies: [] })).faults).toEqual([]);
  const report = await after(run(CUT_WITH_CHECKPOINTS));
  expect(report.faults.map(({ kind, position }) => [kind, position])).toEqual([
    ["TAIL_MISSING", 100_000],
    ["TAIL_MISSING", 100_000],
  ]);
  expect(report.faults.map(({ text }) => text).join()).toMatch(/lokalis.*save/s);
}, 60_000);

test("finds a history that was written anew, whole in itself, by what organisations keep", async () => {
  const rewrite = async (owner: ClientBase): Promise<void> => {
    await owner.query(CUT_WITH_CHECKPOINTS);
    for (let batch = 96; batch <= 100; batch++) {
      // A batch of one entry that says nothing; whoever owns the database can append what they like.
      await owner.query(
        `select access_log.append_at(json_build_array(json_build_object('id', gen_random_uuid(), 'trace_id', repeat('0', 32),
           'act', 'READ', 'outcome', 'DELIVERED', 'operation', 'view', 'worker', 'nobody', 'organisation', 'lokalis',
           'worker_function', 'WORKER', 'subject_type', 'NONE', 'categories_delivered', array[]::text[],
           'categories_withheld', array[]::text[], 'rules', array[]::text[], 'relied_on', array[]::text[])), now())`,
      );
    }
  };
  expect((await after(rewrite, { copies: [] })).faults).toEqual([]);
  expect(first((await after(rewrite)).faults)).toMatchObject({ kind: "CHECKPOINT_DIFFERS", batch: 100 });
}, 60_000);

test("does not take a copy for an organisation's that it did not sign", async () => {
  const [copy] = copies;
  if (!copy) throw new Error("No copies.");
  const forged = { ...copy, organisation: "save" };
  const report = await verifyIn(database.pool, { keys: keys.verifying, copies: [forged] });
  expect(report.faults).toMatchObject([{ kind: "COPY_WRONG", batch: 10 }]);
}, 60_000);
