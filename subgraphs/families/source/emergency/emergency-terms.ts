// The figures of the emergency procedure. Four hours, the next working day and 28 days are the region's decision table
// (rows 58 and 59).

import type { TextLength } from "../check-text";

/** How long an emergency opens the minimum set. */
export const EMERGENCY_HOURS = 4;
/** Working days in which a second person reviews it, and in which the holders are alerted. */
export const WORKING_DAYS_TO_REVIEW = 1;
/** Days in which the family is told. */
export const DAYS_TO_INFORM_FAMILY = 28;
/** The rule by which an emergency opens the minimum set; the tasks that follow from it name it. */
export const EMERGENCY_RULE = "emergency-minimum-set";
/** Why: enough to review it by. */
export const REASON: TextLength = { least: 20, most: 500 };
/** What the reviewer notes. */
export const NOTE: TextLength = { least: 1, most: 500 };
