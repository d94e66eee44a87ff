// Pieces that a file of Lokalis has in the same form for a household and for one client.

import type { CriminalRecord } from "../../../shared/contract/values/criminal-record";
import type { Measure } from "../../../shared/contract/values/measure";
import { knownText, textOfCode } from "../../../shared/sources/code-text";
import { itemsOf, type ItemOrigin } from "../../../shared/sources/dossier-item";
import type { MeasureRow, PoliceReport, Recorded } from "../source/records";
import { FUNCTIONS, KINDS_OF_MEASURE, KINDS_OF_POLICE_REPORT, MEASURE_STATES } from "./code-lists";

const item = itemsOf("lokalis");

/** Origin of a row: its author's function in words, and the day of recording. */
export function originOf(row: Recorded): ItemOrigin {
  return item(textOfCode(FUNCTIONS, row.functie), row.vastgelegd_op);
}

export function toCriminalRecord(report: PoliceReport): CriminalRecord {
  return {
    ...originOf(report),
    summary: report.samenvatting,
    occurredOn: report.gebeurd_op,
    kind: textOfCode(KINDS_OF_POLICE_REPORT, report.soort),
  };
}

export function toMeasure(measure: MeasureRow): Measure {
  return {
    ...originOf(measure),
    kind: knownText(KINDS_OF_MEASURE, measure.soort),
    number: measure.beschikkingsnummer,
    startsOn: measure.van,
    endsOn: measure.tot,
    status: textOfCode(MEASURE_STATES, measure.stand),
  };
}
