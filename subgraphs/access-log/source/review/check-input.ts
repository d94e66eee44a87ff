// Checks on what is sent about reviews; each failure names the argument and what is expected, never the value.

import { PAGE_LIMIT } from "../../../../shared/contract/values/connection";
import { SchakelError } from "../../../../shared/kernel/errors";
import { toWorkerId, type WorkerId } from "../../../../shared/kernel/ids";
import { toPlainDate, type PlainDate } from "../../../../shared/kernel/plain-date";
import type { Region } from "../../../../shared/region/region";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** An id of the hub has a digit; a name has none, and a citizen's number nothing else. */
const SUBJECT_ID = /^(?=.*\d)(?!\d(?:[._-]?\d){7,8}$)[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$/;

/** How many characters a question, a justification or a reason has: enough to say why, no room for a file. */
export const WORDS = { least: 20, most: 500 } as const;

/** The error for one argument. */
export const invalid = (argument: string, expected: string): SchakelError =>
  new SchakelError("INPUT_INVALID", { argument, expected });

/** Is it the id of something here? Anything else is not asked about. */
export const isId = (value: string): boolean => UUID.test(value);

/** How many items a page has: 1 to PAGE_LIMIT. */
export function checkFirst(first: number): void {
  if (!Number.isInteger(first) || first < 1 || first > PAGE_LIMIT) {
    throw invalid("first", `a whole number from 1 to ${PAGE_LIMIT}`);
  }
}

/** A calendar date, or the error that names the argument. */
export function dateOf(argument: string, value: string): PlainDate {
  try {
    return toPlainDate(value);
  } catch {
    throw invalid(argument, "a calendar date, YYYY-MM-DD");
  }
}

/** The id of a worker, or the error that names the argument. */
export function workerOf(argument: string, value: string): WorkerId {
  try {
    return toWorkerId(value);
  } catch {
    throw invalid(argument, "the id of a worker as your organisation's issuer names them");
  }
}

/** The id of a family or a person, or the error that names the argument. */
export function subjectIdOf(argument: string, value: string): string {
  if (!SUBJECT_ID.test(value)) throw invalid(argument, "an id of the hub, such as OVV-06");
  return value;
}

/** The code of an organisation of the region, or the error that names the argument. */
export function organisationOf(region: Region, argument: string, code: string): string {
  const known = region.organisations.map((one) => one.code as string);
  if (!known.includes(code)) throw invalid(argument, `an organisation of the region: ${known.join(", ")}`);
  return code;
}
