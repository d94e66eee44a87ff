// Pieces that a message has in the same form for a household and for one person.

import type { CriminalRecord } from "../../../shared/contract/values/criminal-record";
import type { Measure } from "../../../shared/contract/values/measure";
import { knownText, textOfCode } from "../../../shared/sources/code-text";
import { STUF_DATES } from "../../../shared/sources/date-notation";
import { DocumentPart } from "../../../shared/sources/document-part";
import { itemsOf, type ItemOrigin } from "../../../shared/sources/dossier-item";
import type { RecordFaults } from "../../../shared/sources/record-faults";
import type { JudicialEntry, MeasurePart, Registered } from "../source/records";
import { FUNCTIONS, KINDS_OF_JUDICIAL_ENTRY, KINDS_OF_MEASURE, MEASURE_STATES } from "./code-lists";

const item = itemsOf("rvdk");

/** What stands where a piece must say something and the message does not. */
export const NO_TEXT = "geen tekst vastgelegd";

/** A record as a document in which nothing is taken for granted. */
export function documentOf<T extends object>(record: T, faults: RecordFaults): DocumentPart<T> {
  return new DocumentPart<T>(record, { dates: STUF_DATES, faults });
}

/** Origin of a piece: its author's function in words, and the day of registration. */
export function originOf(piece: DocumentPart<Registered> | null): ItemOrigin {
  const registered = piece?.part("registratie");
  return item(textOfCode(FUNCTIONS, registered?.text("functie")), registered?.date("datum") ?? null);
}

export function toCriminalRecord(entry: DocumentPart<JudicialEntry>): CriminalRecord {
  return {
    ...originOf(entry),
    summary: entry.text("tekst") ?? NO_TEXT,
    occurredOn: entry.date("datum"),
    kind: textOfCode(KINDS_OF_JUDICIAL_ENTRY, entry.text("soort")),
  };
}

export function toMeasure(measure: DocumentPart<MeasurePart>): Measure {
  return {
    ...originOf(measure),
    kind: knownText(KINDS_OF_MEASURE, measure.text("soort")),
    number: measure.text("beschikking"),
    startsOn: measure.date("ingang"),
    endsOn: measure.date("einde"),
    status: textOfCode(MEASURE_STATES, measure.text("status")),
  };
}
