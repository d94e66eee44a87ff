// What a decision needs out of the hub's own database, for requests that come at the same time in one question. Nothing is
// kept: each answer is of its own moment.

import DataLoader from "dataloader";
import type { Pool } from "pg";
import {
  loadFamilyRecords,
  type FamilyRecord,
  type FamilyRecordKeys,
} from "../../shared/database/family-records";
import { loadRequesterRecord } from "../../shared/database/requester-records";
import { loadTeams, type EmployedWorker } from "../../shared/database/team-memberships";
import { MOST_TOGETHER, inOneTurn } from "../../shared/kernel/in-one-turn";
import type { StateDeps } from "./request-state";

/** Families and persons asked in one question; a request that asks more goes alone, and others do not wait for it. */
const MOST_KEYS_TOGETHER = 20;

/** The records on this pool. All reject with the driver's error when the database cannot be read. */
export function hubRecords(
  pool: Pick<Pool, "query">,
): Pick<StateDeps, "loadRecords" | "loadRequester" | "loadTeams"> {
  const records = new DataLoader<FamilyRecordKeys, readonly FamilyRecord[]>(
    async (asked) => loadTogether(pool, asked),
    { cache: false, maxBatchSize: MOST_TOGETHER, batchScheduleFn: inOneTurn },
  );
  const teams = new DataLoader<EmployedWorker, readonly string[]>(
    async (workers) => loadTeams(pool, workers),
    { cache: false, maxBatchSize: MOST_TOGETHER, batchScheduleFn: inOneTurn },
  );
  return {
    loadRecords: async (keys) => records.load(keys),
    loadRequester: async (keys) => loadRequesterRecord(pool, keys),
    loadTeams: async (worker) => teams.load(worker),
  };
}

interface Question {
  readonly keys: FamilyRecordKeys;
  /** Who asked it, by place. */
  readonly askers: number[];
}

const countOf = ({ familyIds, personIds }: FamilyRecordKeys): number => familyIds.length + personIds.length;

/** Which consents are read depends on for whom: only those who are alike in that ask together. */
const nameOf = ({ asker }: FamilyRecordKeys): string =>
  asker ? `${asker.recipient}|${asker.purpose}|${asker.today}` : "";

/** The questions in which all of this is asked: those who may share one do, in the order in which they came. */
function questionsOf(asked: readonly FamilyRecordKeys[]): Question[] {
  const questions: Question[] = [];
  const open = new Map<string, Question>();
  for (const [place, keys] of asked.entries()) {
    const name = nameOf(keys);
    const known = open.get(name);
    const joined: Question =
      known && countOf(known.keys) + countOf(keys) <= MOST_KEYS_TOGETHER
        ? {
            keys: {
              ...keys,
              familyIds: [...known.keys.familyIds, ...keys.familyIds],
              personIds: [...known.keys.personIds, ...keys.personIds],
            },
            askers: [...known.askers, place],
          }
        : { keys, askers: [place] };
    if (joined.askers.length > 1 && known) questions.splice(questions.indexOf(known), 1, joined);
    else questions.push(joined);
    open.set(name, joined);
  }
  return questions;
}

/** The records for each, as `loadFamilyRecords` gives them to who asks alone; rejects, or gives the error, for those whose question failed. */
async function loadTogether(
  pool: Pick<Pool, "query">,
  asked: readonly FamilyRecordKeys[],
): Promise<(readonly FamilyRecord[] | Error)[]> {
  const given = new Map<number, readonly FamilyRecord[] | Error>();
  await Promise.all(
    questionsOf(asked).map(async ({ keys, askers }) => {
      let records: readonly FamilyRecord[] | Error;
      try {
        records = await loadFamilyRecords(pool, keys);
      } catch (error) {
        records = error instanceof Error ? error : new Error("The records cannot be read.", { cause: error });
      }
      for (const place of askers) {
        const own = asked[place];
        if (own)
          given.set(
            place,
            records instanceof Error || askers.length === 1 ? records : recordsFor(own, records),
          );
      }
    }),
  );
  return asked.map((_, place) => given.get(place) ?? new Error("A question was not put."));
}

/** Of records that were read together, those that are there for who asked this: nobody is handed what others asked. */
function recordsFor(
  { familyIds, personIds }: FamilyRecordKeys,
  records: readonly FamilyRecord[],
): readonly FamilyRecord[] {
  const [families, people] = [new Set(familyIds), new Set(personIds)];
  const wanted = records.filter(
    (record) => families.has(record.id) || record.members.some(({ id }) => people.has(id)),
  );
  // The other households of who lives there.
  const living = new Set(wanted.flatMap((record) => record.members.map(({ id }) => id as string)));
  return records.filter(
    (record) => wanted.includes(record) || record.members.some(({ id }) => living.has(id)),
  );
}
