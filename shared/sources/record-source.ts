// A source over the records of any kind of system: people by pseudonym, records mapped to the contract.

import type { FamilyDossierData } from "../contract/dossiers/family-dossier";
import type { PersonDossierData } from "../contract/dossiers/person-dossier";
import type { Logger } from "../kernel/logger";
import type { OrganisationSource } from "./organisation-source";
import { createPersonIndex, pseudonymsOfPerson } from "./person-index";
import type { PseudonymKey } from "./pseudonym";
import type { PseudonymKeys } from "./pseudonym-keys";
import { FaultCounter, type RecordFaults } from "./record-faults";
import type { RecordReader } from "./record-reader";

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
  const index = createPersonIndex({
    key: pseudonymKey,
    load: (anew) => reader.identities(anew),
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

  /** The people behind these pseudonyms, with their records. */
  const personsOf = async (pseudonyms: readonly string[]) => {
    const numbers = await index.find(pseudonyms);
    if (numbers.size === 0) return [];
    const records = await reader.persons([...new Set(numbers.values())]);
    // The index is a hint: a person whose BSN was corrected since is no longer who was asked for.
    const asked = new Set(pseudonyms);
    return records.flatMap(({ identity, record }) =>
      pseudonymsOfPerson(pseudonymKey, identity)
        .filter((pseudonym) => asked.has(pseudonym))
        .map((pseudonym) => ({ pseudonym, bsn: identity.bsn, record })),
    );
  };

  return {
    people: index,
    async findFamilies(caseReferences) {
      if (caseReferences.length === 0) return new Map();
      const records = await reader.families([...new Set(caseReferences)]);
      return mapAll("families", records, mapping.toFamily);
    },
    async findPersons(pseudonyms) {
      const found = await personsOf(pseudonyms);
      const records = found.map(({ pseudonym, record }) => [pseudonym, record] as const);
      return mapAll("persons", records, mapping.toPerson);
    },
    async findNumbers(pseudonyms) {
      const records = await personsOf(pseudonyms);
      return new Map(
        records.flatMap(({ pseudonym, bsn }) => (bsn === null ? [] : [[pseudonym, bsn] as const])),
      );
    },
    ready: () => reader.ready(),
    close: () => reader.close(),
  };
}
