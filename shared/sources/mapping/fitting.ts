// Whether what a mapping gives is of the kind that the contract has: told before as far as the layout tells, and of each value.

import { toPlainDate } from "../../kernel/plain-date";
import type { RecordFaults } from "../record-faults";
import type { ValueKind } from "./contract";
import type { Value } from "./values";

/** Kind of the contract -> kinds of values that can stand there. */
const FITTING: Readonly<Record<ValueKind, readonly Value["kind"][]>> = {
  text: ["text", "number"],
  date: ["date"],
  flag: ["flag"],
  score: ["number"],
  texts: ["texts"],
};

/** Whether a value of this kind can stand there; one of which the kind is not known is judged when it comes. */
export const fits = (kind: ValueKind, given: Value["kind"]): boolean =>
  given === undefined || FITTING[kind].includes(given);

/** The value as the contract has it; null when there is none, and null and counted when it is of another kind. */
export function fitting(kind: ValueKind, value: unknown, faults: RecordFaults): unknown {
  if (value === undefined || value === null || value === "") return null;
  switch (kind) {
    case "text":
      if (typeof value === "string") return value;
      return typeof value === "number" ? String(value) : unfit("text", faults);
    case "date":
      return isDate(value) ? value : unfit("date", faults);
    case "flag":
      return typeof value === "boolean" ? value : unfit("flag", faults);
    case "score":
      return typeof value === "number" ? value : unfit("number", faults);
    case "texts": {
      const list = Array.isArray(value) ? (value as unknown[]) : [value];
      return list.flatMap((one) => fitting("text", one, faults) ?? []);
    }
  }
}

function unfit(kind: "text" | "date" | "flag" | "number", faults: RecordFaults): null {
  faults.add(kind);
  return null;
}

function isDate(value: unknown): boolean {
  try {
    return typeof value === "string" && toPlainDate(value) === value;
  } catch {
    return false;
  }
}
