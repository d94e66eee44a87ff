// Pieces that SAVE has in the same form for a case and for one person.

import type { CriminalRecord } from "../../../shared/contract/values/criminal-record";
import type { Measure } from "../../../shared/contract/values/measure";
import { knownText, textOfCode } from "../../../shared/sources/code-text";
import { itemsOf, type ItemOrigin } from "../../../shared/sources/dossier-item";
import type { JusticeRow, OrderRow, Registered } from "../source/records";
import { FUNCTIONS, KINDS_OF_JUSTICE, KINDS_OF_ORDER, ORDER_STATES } from "./code-lists";

const item = itemsOf("save");

/** Origin of a row: its author's function in words, and the day of registration. */
export function originOf(row: Registered): ItemOrigin {
  return item(textOfCode(FUNCTIONS, row.functie_code), row.reg_dt);
}

export function toCriminalRecord(row: JusticeRow): CriminalRecord {
  return {
    ...originOf(row),
    summary: row.tekst,
    occurredOn: row.dt,
    kind: textOfCode(KINDS_OF_JUSTICE, row.soort_code),
  };
}

export function toMeasure(order: OrderRow): Measure {
  return {
    ...originOf(order),
    kind: knownText(KINDS_OF_ORDER, order.soort_code),
    number: order.nr,
    startsOn: order.dt_in,
    endsOn: order.dt_uit,
    status: textOfCode(ORDER_STATES, order.status_code),
  };
}
