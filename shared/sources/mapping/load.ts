// Reads the mapping file of an organisation, checks all of it, and makes of it what maps its records.

import { readFileSync } from "node:fs";
import path from "node:path";
import type { FamilyDossierData } from "../../contract/dossiers/family-dossier";
import type { PersonDossierData } from "../../contract/dossiers/person-dossier";
import { DUTCH_DATES, ISO_DATES, STUF_DATES, type DateNotation } from "../date-notation";
import type { RecordFaults } from "../record-faults";
import type { RecordMapping } from "../record-source";
import { readCodeLists } from "./code-lists";
import { compileDossier } from "./dossier";
import { FAMILY_FIELDS, PERSON_FIELDS } from "./contract";
import { compileDecoder, type Notation } from "./decode";
import { readEntries, type Entry } from "./entry";
import type { Place } from "./expression";
import type { Making } from "./item";
import { MappingFaults } from "./faults";
import type { Layout } from "./layout";
import { readRecords, type Records } from "./records";

const SECTIONS = [
  "organisation",
  "source",
  "dates",
  "values",
  "records",
  "origin",
  "codes",
  "family",
  "person",
] as const;

const DATES: Readonly<Record<string, DateNotation>> = {
  iso: ISO_DATES,
  stuf: STUF_DATES,
  dutch: DUTCH_DATES,
};

/** A mapping file that was found to be right. */
export interface Mapping extends RecordMapping {
  readonly organisation: string;
  readonly records: Records;
  readonly notation: Notation;
  /** What the file says of the source, for the kind of source to read; its faults are thrown by `settle`. */
  readonly source: Entry | undefined;
  /** Throws a SettingsError with all faults that the kind of source found in `source`. */
  settle(): void;
}

/** What a mapping file may leave to who opens it. */
export interface MappingOptions {
  /** Gives layouts that are described elsewhere, such as in an OpenAPI document. */
  readonly layoutOf?: ((name: string) => Layout) | undefined;
  /** Code of the organisation, of a file that says none because more than one organisation runs the system. */
  readonly organisation?: string | undefined;
}

/** Reads and checks a mapping file; throws a SettingsError that lists every fault with file and line. */
export function loadMapping(file: string, options?: MappingOptions): Mapping {
  return parseMapping(readFileSync(file, "utf8"), path.basename(file), options);
}

/** As `loadMapping`, of the text of a file. */
export function parseMapping(text: string, fileName: string, options: MappingOptions = {}): Mapping {
  const { layoutOf } = options;
  const faults = new MappingFaults(fileName);
  const file = readEntries(text, faults);
  faults.throwIfAny();
  const sections = file.mapOf("a mapping", SECTIONS);
  const organisation = sections.organisation?.text("organisation") ?? options.organisation ?? "";
  if (!sections.organisation && options.organisation === undefined) file.fault("organisation: is needed");
  const notation: Notation = {
    dates: oneOf(sections.dates, "dates", DATES) ?? ISO_DATES,
    allText: oneOf(sections.values, "values", { typed: false, text: true }) ?? false,
  };
  const records = readRecords(sections.records, file, layoutOf);
  const codes = readCodeLists(sections.codes);
  const used = new Set<string>();
  const origin = sections.origin?.mapOf("origin", ["authorRole", "recordedOn"]) ?? {};
  const context = { organisation, origin };
  const family = compileDossier(sections.family ?? file, "family", FAMILY_FIELDS, {
    ...context,
    scope: { part: records.family, record: records.family, person: undefined, codes, used },
  });
  const person = compileDossier(sections.person ?? file, "person", PERSON_FIELDS, {
    ...context,
    scope: { part: records.person, record: records.around, person: records.person, codes, used },
  });
  for (const [name, list] of sections.codes?.map("codes") ?? []) {
    if (!used.has(name)) list.fault(`the code list ${name} is used nowhere`);
  }
  faults.throwIfAny();

  const decodeFamily = compileDecoder(records.family, notation);
  const decodePerson = compileDecoder(records.person, notation);
  const cases = new WeakMap<object, unknown>();
  /** The case of a person: read once for all its persons. */
  const decodeAround = (record: unknown, counted: RecordFaults): unknown => {
    if (records.around === records.person || typeof record !== "object" || record === null) return undefined;
    if (!cases.has(record)) cases.set(record, decodeFamily(record, counted));
    return cases.get(record);
  };

  return {
    organisation,
    records,
    notation,
    source: sections.source,
    settle: () => faults.throwIfAny(),
    toFamily: (record, counted) => {
      const part = decodeFamily(record, counted);
      const place = { part, record: part, person: undefined };
      return make<FamilyDossierData>(family, place, counted);
    },
    toPerson: (record, counted) => {
      const { around, person: own } = records.split(record);
      const part = decodePerson(own, counted);
      const place = { part, record: decodeAround(around, counted) ?? part, person: part };
      return make<PersonDossierData>(person, place, counted);
    },
  };
}

/** Makes a dossier; at once where no expression has to be waited for. */
function make<Data>(
  compiled: (making: Making) => unknown,
  place: Place,
  faults: RecordFaults,
): Data | Promise<Data> {
  const making: Making = { place, faults, later: [], last: [] };
  const dossier = compiled(making) as Data;
  const finish = (): Data => {
    for (const step of making.last) step();
    return dossier;
  };
  if (making.later.length === 0) return finish();
  return (async () => {
    while (making.later.length > 0) await Promise.all(making.later.splice(0));
    return finish();
  })();
}

function oneOf<T>(
  entry: Entry | undefined,
  what: string,
  choices: Readonly<Record<string, T>>,
): T | undefined {
  const chosen = entry?.text(what);
  if (chosen === undefined) return undefined;
  if (Object.hasOwn(choices, chosen)) return choices[chosen];
  return entry?.fault(`${what} is one of ${Object.keys(choices).join(", ")}`);
}
