// Checks on what a worker sends; each failure names the argument and what is expected, never the value.

import { SchakelError } from "../../../shared/kernel/errors";
import { toFamilyId, toWorkerId, type WorkerId } from "../../../shared/kernel/ids";
import { toPlainDate, type PlainDate } from "../../../shared/kernel/plain-date";
import type { Region } from "../../../shared/region/region";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The error for one argument. */
export function invalid(argument: string, expected: string): SchakelError {
  return new SchakelError("INPUT_INVALID", { argument, expected });
}

/** A calendar date, or the error that names the argument. */
export function dateOf(argument: string, value: string): PlainDate {
  try {
    return toPlainDate(value);
  } catch (cause) {
    throw new SchakelError("INPUT_INVALID", { argument, expected: "a calendar date, YYYY-MM-DD" }, { cause });
  }
}

/** The same for a date that may be left out. */
export function optionalDateOf(argument: string, value: string | null | undefined): PlainDate | null {
  return value == null ? null : dateOf(argument, value);
}

/** A day that must not be past. */
export function notBefore(argument: string, value: PlainDate | null, day: PlainDate): void {
  if (value !== null && value < day) throw invalid(argument, "today or a later day");
}

/** The id of a worker, or the error that names the argument. */
export function workerIdOf(argument: string, value: string): WorkerId {
  try {
    return toWorkerId(value);
  } catch {
    throw invalid(argument, "the id of a worker as your organisation's issuer names them");
  }
}

/** The code of an organisation of the region. */
export function checkOrganisation(region: Region, argument: string, code: string): void {
  if (!region.organisations.some((one) => one.code === code)) {
    const known = region.organisations.map((one) => one.code).join(", ");
    throw invalid(argument, `an organisation of the region: ${known}`);
  }
}

/** Can it be the id of a family? Anything else is not asked about. */
export function isFamilyId(value: string): boolean {
  try {
    toFamilyId(value);
    return true;
  } catch {
    return false;
  }
}

/** Is it the id of something in a register? Anything else is not asked about. */
export const isRegisterId = (value: string): boolean => UUID.test(value);

/** The day `months` later, or the last day of that month when it has no such day. */
export function addMonths(day: PlainDate, months: number): PlainDate {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last)))
    .toISOString()
    .slice(0, 10) as PlainDate;
}
