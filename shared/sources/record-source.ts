// A source over the records of any kind of system: people by pseudonym, records mapped to the contract.

import type { FamilyDossierData } from "../contract/dossiers/family-dossier";
import type { PersonDossierData } from "../contract/dossiers/person-dossier";
import type { Logger } from "../kernel/logger";
import { allFound, type Found } from "./found";
import type { OrganisationSource } from "./organisation-source";
import { createPersonIndex, pseudonymsOfPerson, type PersonIdentity } from "./person-index";
import type { PseudonymKey } from "./pseudonym";
import type { PseudonymKeys } from "./pseudonym-keys";
import { FaultCounter, type RecordFaults } from "./record-faults";
import type { People, RecordReader } from "./record-reader";
import { sourceUnavailable } from "./source-failure";

/** Least time in ms between two readings of the person index that unknown pseudonyms cause. */
export const INDEX_REFRESH_MS = 5_000;

/** Makes dossiers of an organisation's records; what cannot be read is left empty and counted. */
export interface RecordMapping {
  readonly toFamily: (
    record: unknown,
    faults: RecordFaults,
  ) => FamilyDossierData | Promise<FamilyDossierData>;
  readonly toPerson: (
    record: unknown,
    faults: RecordFaults,
  ) => PersonDossierData | Promise<PersonDossierData>;
}

/** What a source is made of. */
export interface RecordSourceOptions {
  readonly reader: RecordReader;
  readonly mapping: RecordMapping;
  /** One version, or those that are valid as time goes by. */
  readonly pseudonymKey: PseudonymKey | PseudonymKeys;
  readonly log?: Logger | undefined;
  readonly indexRefreshMs?: number | undefined;
}

/** A source of one organisation. BSNs are read to compute pseudonyms and leave neither the reader nor the index. */
export function createRecordSource(options: RecordSourceOptions): OrganisationSource {
  const { reader, mapping, pseudonymKey, log } = options;
  const incomplete = (): boolean => reader.incomplete?.() ?? false;
  const index = createPersonIndex({
    key: pseudonymKey,
    load: async (anew) => {
      const people = await reader.identities(anew);
      return people && identified(people, log);
    },
    incomplete,
    refreshEveryMs: options.indexRefreshMs ?? INDEX_REFRESH_MS,
    now: () => performance.now(),
  });

  /** Maps one record after the other, and logs once how many values could not be read. */
  const mapAll = async <Data>(
    during: string,
    records: Iterable<readonly [string, unknown]>,
    map: (record: unknown, faults: RecordFaults) => Data | Promise<Data>,
  ): Promise<Map<string, Data>> => {
    const faults = new FaultCounter();
    const found = new Map<string, Data>();
    for (const [key, record] of records) found.set(key, await map(record, faults));
    if (faults.total > 0) log?.warn({ during, faults: faults.counts }, "values that could not be read");
    return found;
  };

  /** What the reader was asked for, and whether something could not be read meanwhile. */
  const askWhole = async <T>(ask: () => Promise<T>): Promise<{ found: T; inPart: boolean }> => {
    // A version of files can take the place of another one between the answer and the look at what it left out.
    const before = incomplete();
    const found = await ask();
    return { found, inPart: before || incomplete() };
  };

  /** Puts an Error in the place of every key that was not found although it may be there. */
  const withDoubts = <Data>(
    during: string,
    keys: readonly string[],
    found: ReadonlyMap<string, Data>,
    doubtOf: (key: string) => Error | undefined,
  ): Found<Data> => {
    const doubts = keys.flatMap((key): [string, Error][] => {
      const doubt = found.has(key) ? undefined : doubtOf(key);
      return doubt === undefined ? [] : [[key, doubt]];
    });
    if (doubts.length === 0) return found;
    log?.warn({ during, missing: doubts.length }, "not found, while not all of the system could be read");
    return new Map<string, Data | Error>([...found, ...doubts]);
  };

  /** The people behind these pseudonyms, with their records; and of who has none, why that is not sure. */
  const personsOf = async (pseudonyms: readonly string[]) => {
    const numbers = await index.find(pseudonyms);
    const known = [...numbers.values()].filter((one) => typeof one === "string");
    const { found: records, inPart } =
      known.length === 0
        ? { found: [], inPart: false }
        : await askWhole(() => reader.persons([...new Set(known)]));
    // The index is a hint: a person whose BSN was corrected since is no longer who was asked for.
    const asked = new Set(pseudonyms);
    const persons = records.flatMap(({ identity, record }) =>
      pseudonymsOfPerson(pseudonymKey, identity)
        .filter((pseudonym) => asked.has(pseudonym))
        .map((pseudonym) => ({ pseudonym, bsn: identity.bsn, record })),
    );
    const doubtOf = (pseudonym: string): Error | undefined => {
      const number = numbers.get(pseudonym);
      if (number instanceof Error) return number;
      return inPart ? sourceUnavailable("FAILED") : undefined;
    };
    return { persons, doubtOf };
  };

  return {
    people: index,
    async findFamilies(caseReferences) {
      if (caseReferences.length === 0) return new Map();
      const { found, inPart } = await askWhole(() => reader.families([...new Set(caseReferences)]));
      const families = await mapAll("families", found, mapping.toFamily);
      const doubtOf = () => (inPart ? sourceUnavailable("FAILED") : undefined);
      return withDoubts("families", caseReferences, families, doubtOf);
    },
    async findPersons(pseudonyms) {
      const { persons, doubtOf } = await personsOf(pseudonyms);
      const records = persons.map(({ pseudonym, record }) => [pseudonym, record] as const);
      const found = await mapAll("persons", records, mapping.toPerson);
      return withDoubts("persons", pseudonyms, found, doubtOf);
    },
    async findNumbers(pseudonyms) {
      const { persons, doubtOf } = await personsOf(pseudonyms);
      const numbers = new Map(persons.map(({ pseudonym, bsn }) => [pseudonym, bsn]));
      return new Map(
        Array.from(allFound(withDoubts("numbers", pseudonyms, numbers, doubtOf))).filter(
          (one): one is [string, string] => one[1] !== null,
        ),
      );
    },
    ready: () => reader.ready(),
    close: () => reader.close(),
  };
}

/** Who can be asked for; the log says once how many others there are. */
async function* identified(
  people: People,
  log: Logger | undefined,
): AsyncGenerator<readonly PersonIdentity[]> {
  let others = 0;
  for await (const some of Symbol.asyncIterator in people ? people : [people]) {
    const known = some.filter((one) => one !== undefined);
    others += some.length - known.length;
    yield known;
  }
  if (others > 0)
    log?.warn({ people: others }, "people without a case or a number in it cannot be asked for");
}
