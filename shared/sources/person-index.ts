// From pseudonym to an organisation's own person number, computed from the BSNs in its system; no BSN is kept.

import { pseudonymOf, type PseudonymKey } from "./pseudonym";

/** A person as the system knows them; `bsn` is null for somebody without one, such as an unborn child. */
export interface PersonIdentity {
  readonly person_number: string;
  readonly bsn: string | null;
  readonly case_reference: string;
  readonly number: number;
}

/** Looks up person numbers by pseudonym. */
export interface PersonIndex {
  /** Person numbers by pseudonym; unknown ones are absent. Rejects when the system cannot be read. */
  find(pseudonyms: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** What an index is made of. */
export interface PersonIndexDeps {
  readonly key: PseudonymKey;
  /** Reads everybody in the system. */
  readonly load: () => Promise<readonly PersonIdentity[]>;
  /** Least time in ms between two readings that unknown pseudonyms cause. */
  readonly refreshEveryMs: number;
  readonly now: () => number;
}

/** People after whom a reading of the system lets other work go first. */
const BREATH = 5_000;

/** The pseudonym under which this person is known outside the organisation. */
export function pseudonymOfPerson(key: PseudonymKey, person: PersonIdentity): string {
  return pseudonymOf(
    key,
    person.bsn === null
      ? { caseReference: person.case_reference, number: person.number }
      : { bsn: person.bsn },
  );
}

/** An index that is read on first use, and again on a miss when the last reading is old enough. */
export function createPersonIndex({ key, load, refreshEveryMs, now }: PersonIndexDeps): PersonIndex {
  let numbers: ReadonlyMap<string, string> = new Map();
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  const read = async (): Promise<void> => {
    const fresh = new Map<string, string>();
    const started = now();
    for (const [position, person] of (await load()).entries()) {
      fresh.set(pseudonymOfPerson(key, person), person.person_number);
      if (position % BREATH === BREATH - 1) await new Promise(setImmediate);
    }
    numbers = fresh;
    readAt = started;
  };

  return {
    async find(pseudonyms) {
      const missing = pseudonyms.some((one) => !numbers.has(one));
      if (missing && (reading !== undefined || now() - readAt >= refreshEveryMs)) {
        reading ??= read().finally(() => {
          reading = undefined;
        });
        await reading;
      }
      return new Map(
        pseudonyms.flatMap((one) => {
          const number = numbers.get(one);
          return number === undefined ? [] : [[one, number] as const];
        }),
      );
    },
  };
}
