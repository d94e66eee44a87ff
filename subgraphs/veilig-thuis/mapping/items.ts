// Pieces that a document has in the same form for a household and for one person.

import type { CriminalRecord } from "../../../shared/contract/values/criminal-record";
import { textOfCode } from "../../../shared/sources/code-text";
import { ISO_DATES } from "../../../shared/sources/date-notation";
import { DocumentPart } from "../../../shared/sources/document-part";
import { itemsOf, type ItemOrigin } from "../../../shared/sources/dossier-item";
import type { RecordFaults } from "../../../shared/sources/record-faults";
import type { PoliceMessage, Recorded } from "../source/records";
import { FUNCTIONS, KINDS_OF_POLICE_MESSAGE } from "./code-lists";

const item = itemsOf("veilig-thuis");

/** What stands where a piece must say something and the document does not. */
export const NO_TEXT = "geen tekst vastgelegd";

/** A record as a document in which nothing is taken for granted. */
export function documentOf<T extends object>(record: T, faults: RecordFaults): DocumentPart<T> {
  return new DocumentPart<T>(record, { dates: ISO_DATES, faults });
}

/** Origin of a piece: its author's function in words, and the day of recording. */
export function originOf(piece: DocumentPart<Recorded> | null): ItemOrigin {
  const recorded = piece?.part("vastgelegd");
  return item(textOfCode(FUNCTIONS, recorded?.text("functie")), recorded?.date("op") ?? null);
}

export function toCriminalRecord(message: DocumentPart<PoliceMessage>): CriminalRecord {
  return {
    ...originOf(message),
    summary: message.text("tekst") ?? NO_TEXT,
    occurredOn: message.date("datum"),
    kind: textOfCode(KINDS_OF_POLICE_MESSAGE, message.text("soort")),
  };
}
