// From pseudonym to an organisation's own person number, computed from the BSNs in its system; no BSN is kept.

import { allFound, type Found } from "./found";
import { pseudonymOf, type PseudonymKey } from "./pseudonym";
import { validKeys, type PseudonymKeys } from "./pseudonym-keys";
import { sourceUnavailable } from "./source-failure";

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
  /**
   * Person numbers by pseudonym; unknown ones are absent. An Error (SOURCE_UNAVAILABLE) for who is not known while the system
   * could not be read again, or not all of it: nobody is told to be unknown who may be there. Rejects when nothing was read
   * yet, and cannot be.
   */
  find(pseudonyms: readonly string[]): Promise<Found<string>>;
  /** In which case of the system somebody stands, as of the last reading; undefined for who was unknown then. */
  caseOf(pseudonym: string): string | undefined;
  /** What these pseudonyms are under the newest version. Rejects when `find` gives an Error for one of them. */
  renew(pseudonyms: readonly string[]): Promise<RenewedPseudonyms>;
}

/** What an index is made of. */
export interface PersonIndexDeps {
  readonly key: PseudonymKey | PseudonymKeys;
  /** Reads everybody in the system; undefined when that is not needed `anew` and nobody has changed since. */
  readonly load: (
    anew: boolean,
  ) => Promise<readonly PersonIdentity[] | AsyncIterable<readonly PersonIdentity[]> | undefined>;
  /** Whether something of the system cannot be read now (RecordReader.incomplete). */
  readonly incomplete?: (() => boolean) | undefined;
  /** Least time in ms between two readings that unknown pseudonyms cause. */
  readonly refreshEveryMs: number;
  readonly now: () => number;
}

/** People after whom a reading of the system lets other work go first. */
const BREATH = 5_000;
/** How many times as long as it took to read a system it is left alone at least: one that is large is not read all the time. */
const REST_PER_READING = 20;
/** Longest rest after a reading that failed, in ms: while it lasts nobody can be told to be unknown. */
const LONGEST_REST_AFTER_FAILURE_MS = 60_000;

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

/** What a look at the index brought. */
interface Refreshed {
  /** Newest version of the key. */
  readonly newest: PseudonymKey | undefined;
  /** Why somebody who is not in the index may be in the system all the same. */
  readonly doubt?: Error;
}

/**
 * An index that is read on first use, when another version of the key became valid or ceased to be, and on a miss when the
 * last reading is old enough.
 */
export function createPersonIndex(deps: PersonIndexDeps): PersonIndex {
  const { key, load, refreshEveryMs, now } = deps;
  const incomplete = deps.incomplete ?? (() => false);
  let people: ReadonlyMap<string, Indexed> = new Map();
  let readWith: readonly PseudonymKey[] = [];
  /** Whether something could not be read when `people` were. */
  let readInPart = false;
  let notBefore = Number.NEGATIVE_INFINITY;
  /** Why the last reading failed; undefined when it did not. */
  let failure: Error | undefined;
  let reading: Promise<void> | undefined;

  const readAll = async (keys: readonly PseudonymKey[]): Promise<void> => {
    const fresh = new Map<string, Indexed>();
    const wasIncomplete = incomplete();
    const loaded = await load(!sameVersions(keys, readWith));
    if (loaded !== undefined) {
      for await (const some of Array.isArray(loaded) ? [loaded] : loaded) {
        await addAll(fresh, some as readonly PersonIdentity[], keys);
      }
      // Only now: of a reading that broke off nothing is taken over.
      people = fresh;
      readWith = keys;
      readInPart = wasIncomplete || incomplete();
    }
  };
  const read = async (keys: readonly PseudonymKey[]): Promise<void> => {
    const started = now();
    failure = undefined;
    try {
      await readAll(keys);
    } catch (error) {
      failure = error instanceof Error ? error : sourceUnavailable("FAILED");
      throw failure;
    } finally {
      const rest = (now() - started) * REST_PER_READING;
      // What was refused at once was no burden, and is asked again as soon as the guard permits.
      notBefore = failure
        ? now() + Math.min(rest, LONGEST_REST_AFTER_FAILURE_MS)
        : started + Math.max(refreshEveryMs, rest);
    }
  };
  const readOnce = (keys: readonly PseudonymKey[]): Promise<void> =>
    (reading ??= read(keys).finally(() => {
      reading = undefined;
    }));
  /** Reads again, or rejects as the last time while a system that failed is left alone. */
  const readAgain = async (keys: readonly PseudonymKey[]): Promise<void> => {
    if (reading === undefined && failure && now() < notBefore) throw failure;
    await readOnce(keys);
  };

  /** Brings the index to the valid versions, and looks again for who is not in it. Rejects when it cannot be read at all. */
  const refresh = async (pseudonyms: readonly string[]): Promise<Refreshed> => {
    const keys = validKeys(key);
    const [newest] = keys;
    if (pseudonyms.length === 0) return { newest };
    if (!sameVersions(keys, readWith)) {
      await readAgain(keys);
      // A reading that was under way already may have been with the versions of before.
      if (!sameVersions(keys, readWith)) await readAgain(keys);
    } else if (pseudonyms.some((one) => !people.has(one)) && (failure || reading || now() >= notBefore)) {
      try {
        await readAgain(keys);
      } catch (error) {
        // Who is in the index stays known.
        return { newest, doubt: error instanceof Error ? error : sourceUnavailable("FAILED") };
      }
    }
    return readInPart || incomplete() ? { newest, doubt: sourceUnavailable("FAILED") } : { newest };
  };

  /** What the index has of these people; the doubt in the place of who is not in it. */
  const given = <T>(
    pseudonyms: readonly string[],
    { doubt }: Refreshed,
    give: (one: Indexed) => T,
  ): Map<string, T | Error> =>
    new Map(
      pseudonyms.flatMap((one): (readonly [string, T | Error])[] => {
        const found = people.get(one);
        if (found !== undefined) return [[one, give(found)]];
        return doubt === undefined ? [] : [[one, doubt]];
      }),
    );

  return {
    async find(pseudonyms) {
      return given(pseudonyms, await refresh(pseudonyms), ({ personNumber }) => personNumber);
    },
    caseOf: (pseudonym) => people.get(pseudonym)?.caseReference,
    async renew(pseudonyms) {
      const refreshed = await refresh(pseudonyms);
      return {
        version: refreshed.newest?.version ?? 0,
        pseudonyms: allFound(given(pseudonyms, refreshed, ({ newest }) => newest)),
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
