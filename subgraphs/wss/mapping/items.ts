// Pieces that the export has in the same form for a household and for one person.

import type { Measure } from "../../../shared/contract/values/measure";
import { knownText, textOfCode } from "../../../shared/sources/code-text";
import { itemsOf, type ItemOrigin } from "../../../shared/sources/dossier-item";
import type { ExportLine } from "../source/records";
import { FUNCTIONS, KINDS_OF_MEASURE, MEASURE_STATES } from "./code-lists";
import type { Line } from "./line";

const item = itemsOf("wss");

/** Origin of a piece: the function of who registered the line, and the day of the piece, or else of the line. */
export function originOf(line: Line, day?: keyof ExportLine): ItemOrigin {
  const author = textOfCode(FUNCTIONS, line.text("geregistreerd_door"));
  return item(author, (day && line.date(day)) ?? line.date("geregistreerd"));
}

/** The measure on a line; none when the line has no kind of measure. */
export function toMeasures(line: Line): Measure[] {
  const kind = line.text("maatregel");
  if (kind === null) return [];
  return [
    {
      ...originOf(line),
      kind: knownText(KINDS_OF_MEASURE, kind),
      number: line.text("beschikkingsnummer"),
      startsOn: line.date("maatregel_start"),
      endsOn: line.date("maatregel_eind"),
      status: textOfCode(MEASURE_STATES, line.text("maatregel_stand")),
    },
  ];
}
