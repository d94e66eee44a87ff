// A key of pseudonyms is replaced while everything runs: at every moment hub and organisation know everybody, whatever breaks it
// off, and the old version is refused once it is retired.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { toBsn } from "../../../shared/kernel/bsn";
import { KEY_FILES } from "../../../shared/launch/key-files";
import { ensureKeys } from "../../../shared/launch/keys";
import {
  GRACE_S,
  retirePseudonymKey,
  rotatePseudonymKey,
  type Rotation,
} from "../../../shared/launch/pseudonym-keys/rotate";
import {
  createPersonIndex,
  pseudonymOfPerson,
  type PersonIdentity,
} from "../../../shared/sources/person-index";
import { keysInFile, readPseudonymKeys } from "../../../shared/sources/pseudonym-keys";
import { findHouseholdId } from "../../../subgraphs/families/source/find-by-bsn";
import { withDatabase } from "../../kit/database";
import { seedDemoRegister } from "../../kit/demo-register";
import { unknownNumbers } from "../../kit/demo-numbers";
import { aRequester, UTRECHT } from "../../kit/requesters";
import { NOT_PROBED } from "../../kit/probe";
import { UNLIMITED } from "../../kit/search-limit";

const ORGANISATION = "save";
/** Works with none of the families: what is found does not depend on it. */
const WORKER = aRequester("lokalis.colleague", "WORKER");
const database = withDatabase();

let keysDirectory: string;
let register: Client;
let people: PersonIdentity[];
/** Person in the hub -> who that is in the organisation's system. */
let numbers: Map<string, string>;

beforeAll(() => seedDemoRegister(database.pool));

beforeEach(async () => {
  keysDirectory = mkdtempSync(join(tmpdir(), "schakel-keys-"));
  await ensureKeys(keysDirectory, UTRECHT);
  register = new Client({ connectionString: database.ownerUrl });
  await register.connect();
  const { rows } = await register.query<{ person_id: string }>(
    "select person_id from hub.person_pseudonym where organisation = $1 order by person_id",
    [ORGANISATION],
  );
  const bsns = unknownNumbers(rows.length, new Set());
  people = rows.map((_, n) => ({
    person_number: `P${n}`,
    // Somebody without a number is among them: an unborn child.
    bsn: n === 3 ? null : (bsns[n] ?? null),
    case_reference: "CASE-1",
    number: n,
  }));
  numbers = new Map(rows.map(({ person_id }, n) => [person_id, `P${n}`]));
  const [key] = keys().valid();
  for (const [n, { person_id }] of rows.entries()) {
    await register.query(
      "update hub.person_pseudonym set pseudonym = $3, key_version = 1 where person_id = $1 and organisation = $2",
      [person_id, ORGANISATION, pseudonymOfPerson(key, people[n]!)],
    );
  }
});
afterEach(async () => {
  await register.end();
  rmSync(keysDirectory, { recursive: true });
});

const keyFile = () => join(keysDirectory, KEY_FILES.pseudonym(ORGANISATION));
const keys = () => keysInFile(keyFile());
const versions = () => readPseudonymKeys(keyFile()).map(({ version }) => version);
const indexOf = () =>
  createPersonIndex({
    key: keys(),
    load: async () => people,
    refreshEveryMs: 0,
    now: () => performance.now(),
  });

/** A rotation; `breaksAt` is the question at which the organisation does not answer. */
function rotation(change: Partial<Rotation> = {}, breaksAt = Number.POSITIVE_INFINITY) {
  const source = indexOf();
  const records: string[] = [];
  let asked = 0;
  const made: Rotation = {
    keysDirectory,
    organisation: ORGANISATION,
    register,
    ask: async (pseudonyms) => {
      if (asked >= breaksAt) throw new Error("It was killed here.");
      asked += 1;
      const { version, pseudonyms: renewed } = await source.renew(pseudonyms);
      return { version, pseudonyms: Object.fromEntries(renewed) };
    },
    record: async (version, work) => {
      records.push(`${version}`);
      try {
        return await work();
      } catch (error) {
        records.push(`${version} FAILED`);
        throw error;
      }
    },
    batch: 2,
    ...change,
  };
  return { made, records, asked: () => asked };
}

const rowsByVersion = async (): Promise<Record<number, number>> => {
  const { rows } = await register.query<{ version: number; count: number }>(
    "select key_version as version, count(*)::int as count from hub.person_pseudonym where organisation = $1 group by 1",
    [ORGANISATION],
  );
  return Object.fromEntries(rows.map(({ version, count }) => [version, count]));
};

/** The hub finds everybody by the number, and the source everybody by what the hub has. */
async function everybodyIsKnown(): Promise<void> {
  const stores = {
    pool: database.pool,
    region: UTRECHT,
    pseudonymKeys: new Map([[ORGANISATION, keys()]]),
    searchLimit: UNLIMITED,
    probe: NOT_PROBED,
  };
  const { rows } = await register.query<{ person_id: string; family_id: string; pseudonym: string }>(
    `select s.person_id, p.family_id, s.pseudonym from hub.person_pseudonym s join hub.person p on p.id = s.person_id
     where s.organisation = $1`,
    [ORGANISATION],
  );
  const found = await indexOf().find(rows.map(({ pseudonym }) => pseudonym));
  expect(new Map(rows.map((row) => [row.person_id, found.get(row.pseudonym)]))).toEqual(numbers);
  for (const { person_id, family_id } of rows) {
    const person = people.find(({ person_number }) => person_number === numbers.get(person_id));
    if (person?.bsn == null) continue;
    expect(await findHouseholdId(stores, WORKER, toBsn("bsn", person.bsn))).toBe(family_id);
  }
}

const later = () => new Date(Date.now() + (GRACE_S + 1) * 1_000);

test("broken off after any question, it goes on where it was, and everybody is known all along", async () => {
  const batch = 5;
  const questions = Math.ceil(people.length / batch);
  expect(questions).toBeGreaterThan(3);
  for (let answered = 1; answered < questions; answered += 1) {
    // Each time one question further, and never from the beginning.
    await expect(rotatePseudonymKey(rotation({ batch }, 1).made)).rejects.toThrow("killed here");
    expect(versions()).toEqual([2, 1]);
    expect(await rowsByVersion()).toEqual({ 1: people.length - answered * batch, 2: answered * batch });
    await everybodyIsKnown();
  }
  const last = rotation({ batch });
  expect(await rotatePseudonymKey(last.made)).toMatchObject({ version: 2, older: 1, unknown: 0 });
  expect([last.asked(), await rowsByVersion()]).toEqual([1, { 2: people.length }]);
  await everybodyIsKnown();
}, 60_000);

test("is retired only when the register is renewed and nothing from before can be under way, and then refused", async () => {
  const [old] = keys().valid();
  const { made, records } = rotation();
  await expect(retirePseudonymKey(made)).rejects.toThrow("none to retire");
  const broken = rotation({}, 1);
  await expect(rotatePseudonymKey(broken.made)).rejects.toThrow("killed here");
  await expect(retirePseudonymKey(made)).rejects.toThrow("not renewed yet");
  expect(await rotatePseudonymKey(made)).toMatchObject({ version: 2, older: 1, unknown: 0 });
  await expect(retirePseudonymKey(made)).rejects.toThrow(/under way.*seconds/);
  expect(versions()).toEqual([2, 1]);
  await everybodyIsKnown();
  expect(await retirePseudonymKey({ ...made, now: later })).toMatchObject({ version: 2, renewed: 0 });
  expect(versions()).toEqual([2]);
  await everybodyIsKnown();
  const before = people.map((one) => pseudonymOfPerson(old, one));
  expect((await indexOf().find(before)).size).toBe(0);
  // What was refused changed nothing, and is on no record; a rotation that goes on is an act of its own.
  expect([...broken.records, ...records]).toEqual(["2", "2 FAILED", "2", "1"]);
});

/** The key file and the register, whole. */
async function everything(): Promise<unknown> {
  const { rows } = await register.query(
    "select person_id, pseudonym, key_version from hub.person_pseudonym where organisation = $1 order by 1",
    [ORGANISATION],
  );
  return { file: readFileSync(keyFile(), "utf8"), rows };
}

/** Has somebody known under the old version only, as if added just before the new one was taken up. */
async function addUnder(old: ReturnType<ReturnType<typeof keys>["valid"]>[0]): Promise<void> {
  await register.query(
    "update hub.person_pseudonym set pseudonym = $1, key_version = 1 where organisation = $2 and pseudonym = $3",
    [pseudonymOfPerson(old, people[0]!), ORGANISATION, pseudonymOfPerson(keys().valid()[0], people[0]!)],
  );
}

test("nothing is done, begun or gone on with, that cannot be put on record", async () => {
  const [old] = keys().valid();
  const unrecorded = { record: async () => Promise.reject(new Error("no record")), now: later };
  const tryUnrecorded = async (change: (rotation: Rotation) => Promise<unknown>): Promise<void> => {
    const before = await everything();
    await expect(change(rotation(unrecorded).made)).rejects.toThrow("no record");
    expect(await everything()).toEqual(before);
  };
  await tryUnrecorded(rotatePseudonymKey);
  await expect(rotatePseudonymKey(rotation({}, 1).made)).rejects.toThrow("killed here");
  await tryUnrecorded(rotatePseudonymKey);
  await rotatePseudonymKey(rotation().made);
  await addUnder(old);
  await tryUnrecorded(retirePseudonymKey);
});

test("retiring too early changes nothing, also when somebody was added under the old version", async () => {
  const [old] = keys().valid();
  await rotatePseudonymKey(rotation().made);
  await addUnder(old);
  const before = await everything();
  const { made, records } = rotation();
  await expect(retirePseudonymKey(made)).rejects.toThrow("under way");
  expect([await everything(), records]).toEqual([before, []]);
});

test("who is added under the old version in between is renewed before it is retired", async () => {
  const [old] = keys().valid();
  await rotatePseudonymKey(rotation().made);
  await addUnder(old);
  const { made, records } = rotation({ now: () => new Date(Date.now() + 1_000_000) });
  // Renewed just now by its own clock: a request may be under way.
  await expect(retirePseudonymKey(made)).rejects.toThrow("under way");
  expect(await rowsByVersion()).toEqual({ 2: people.length });
  expect(records).toEqual(["1", "1 FAILED"]);
});

test("people whom the organisation does not have any more stay behind, and do not hold it up", async () => {
  const gone = people.pop();
  numbers.delete([...numbers].at(-1)?.[0] ?? "");
  expect(gone).toBeDefined();
  const { made } = rotation();
  expect(await rotatePseudonymKey(made)).toMatchObject({ renewed: people.length, unknown: 1 });
  expect(await retirePseudonymKey({ ...made, now: later })).toMatchObject({ unknown: 1 });
  expect(await rowsByVersion()).toEqual({ 1: 1, 2: people.length });
});

test("nothing is renewed by an organisation that does not have the new version yet", async () => {
  const ask = async () => Promise.resolve({ version: 1, pseudonyms: {} });
  await expect(rotatePseudonymKey(rotation({ ask }).made)).rejects.toThrow("Hand it the key file");
  expect(await rowsByVersion()).toEqual({ 1: people.length });
});

test("two at once do not get into each other's way", async () => {
  const other = new Client({ connectionString: database.ownerUrl });
  await other.connect();
  await other.query("select pg_advisory_lock(hashtextextended($1, 0))", [`pseudonym-key:${ORGANISATION}`]);
  await expect(rotatePseudonymKey(rotation().made)).rejects.toThrow("by somebody else");
  expect(versions()).toEqual([1]);
  await other.end();
});
