// From pseudonym to an organisation's own person number, computed from the BSNs in its system; no BSN is kept.

import { pseudonymOf, type PseudonymKey } from "./pseudonym";
import { validKeys, type PseudonymKeys } from "./pseudonym-keys";

/** A person as the system knows them; `bsn` is null for somebody without one, such as an unborn child. */
export interface PersonIdentity {
  readonly person_number: string;
  readonly bsn: string | null;
  readonly case_reference: string;
  readonly number: number;
}

/** The same people under the newest version of the key. */
export interface RenewedPseudonyms {
  readonly version: number;
  /** By the pseudonym that was given; people whom the system does not have are absent. */
  readonly pseudonyms: ReadonlyMap<string, string>;
}

/** Looks up people by pseudonym, under every version of the key that is valid. */
export interface PersonIndex {
  /** Person numbers by pseudonym; unknown ones are absent. Rejects when the system cannot be read. */
  find(pseudonyms: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** In which case of the system somebody stands, as of the last reading; undefined for who was unknown then. */
  caseOf(pseudonym: string): string | undefined;
  /** What these pseudonyms are under the newest version. Rejects when the system cannot be read. */
  renew(pseudonyms: readonly string[]): Promise<RenewedPseudonyms>;
}

/** What an index is made of. */
export interface PersonIndexDeps {
  readonly key: PseudonymKey | PseudonymKeys;
  /** Reads everybody in the system; undefined when that is not needed `anew` and nobody has changed since. */
  readonly load: (
    anew: boolean,
  ) => Promise<readonly PersonIdentity[] | AsyncIterable<readonly PersonIdentity[]> | undefined>;
  /** Least time in ms between two readings that unknown pseudonyms cause. */
  readonly refreshEveryMs: number;
  readonly now: () => number;
}

/** People after whom a reading of the system lets other work go first. */
const BREATH = 5_000;
/** How many times as long as it took to read a system it is left alone at least: one that is large is not read all the time. */
const REST_PER_READING = 20;

/** The pseudonym under which this person is known outside the organisation. */
export function pseudonymOfPerson(key: PseudonymKey, person: PersonIdentity): string {
  return pseudonymOf(
    key,
    person.bsn === null
      ? { caseReference: person.case_reference, number: person.number }
      : { bsn: person.bsn },
  );
}

/** The pseudonyms under which this person is known now: one per valid version, the newest first. */
export function pseudonymsOfPerson(
  keys: PseudonymKey | PseudonymKeys,
  person: PersonIdentity,
): readonly string[] {
  return validKeys(keys).map((key) => pseudonymOfPerson(key, person));
}

/** Somebody in the system. */
interface Indexed {
  readonly personNumber: string;
  readonly caseReference: string;
  /** The pseudonym under the newest version. */
  readonly newest: string;
}

/**
 * An index that is read on first use, when another version of the key became valid or ceased to be, and on a miss when the
 * last reading is old enough.
 */
export function createPersonIndex({ key, load, refreshEveryMs, now }: PersonIndexDeps): PersonIndex {
  let people: ReadonlyMap<string, Indexed> = new Map();
  let readWith: readonly PseudonymKey[] = [];
  let notBefore = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  const read = async (keys: readonly PseudonymKey[]): Promise<void> => {
    const fresh = new Map<string, Indexed>();
    const started = now();
    const loaded = await load(!sameVersions(keys, readWith));
    if (loaded !== undefined) {
      for await (const some of Array.isArray(loaded) ? [loaded] : loaded) {
        await addAll(fresh, some as readonly PersonIdentity[], keys);
      }
      // Only now: of a reading that broke off nothing is taken over.
      people = fresh;
      readWith = keys;
    }
    notBefore = started + Math.max(refreshEveryMs, (now() - started) * REST_PER_READING);
  };
  const readOnce = (keys: readonly PseudonymKey[]): Promise<void> =>
    (reading ??= read(keys).finally(() => {
      reading = undefined;
    }));

  /** Brings the index to the valid versions, and looks again for who is not in it. */
  const refresh = async (pseudonyms: readonly string[]): Promise<readonly PseudonymKey[]> => {
    const keys = validKeys(key);
    if (pseudonyms.length === 0) return keys;
    if (!sameVersions(keys, readWith)) {
      await readOnce(keys);
      // A reading that was under way already may have been with the versions of before.
      if (!sameVersions(keys, readWith)) await readOnce(keys);
      return keys;
    }
    const missing = pseudonyms.some((one) => !people.has(one));
    if (missing && (reading !== undefined || now() >= notBefore)) await readOnce(keys);
    return keys;
  };

  return {
    async find(pseudonyms) {
      await refresh(pseudonyms);
      return new Map(
        pseudonyms.flatMap((one) => {
          const found = people.get(one);
          return found === undefined ? [] : [[one, found.personNumber] as const];
        }),
      );
    },
    caseOf: (pseudonym) => people.get(pseudonym)?.caseReference,
    async renew(pseudonyms) {
      const [newest] = await refresh(pseudonyms);
      return {
        version: newest?.version ?? 0,
        pseudonyms: new Map(
          pseudonyms.flatMap((one) => {
            const found = people.get(one);
            return found === undefined ? [] : [[one, found.newest] as const];
          }),
        ),
      };
    },
  };
}

/** Adds people in their order: whoever comes later takes the place of the same person before. */
async function addAll(
  index: Map<string, Indexed>,
  people: readonly PersonIdentity[],
  keys: readonly PseudonymKey[],
): Promise<void> {
  for (const [position, person] of people.entries()) {
    const pseudonyms = keys.map((one) => pseudonymOfPerson(one, person));
    const indexed = {
      personNumber: person.person_number,
      caseReference: person.case_reference,
      newest: pseudonyms[0] ?? "",
    };
    for (const one of pseudonyms) index.set(one, indexed);
    if (position % BREATH === BREATH - 1) await new Promise(setImmediate);
  }
}

const sameVersions = (one: readonly PseudonymKey[], other: readonly PseudonymKey[]): boolean =>
  one.length === other.length && one.every(({ version }, place) => version === other[place]?.version);
