// When something stands out. Proposals of the region: its organisations can set others, and say so here.

import type { WorkerFunction } from "../../../../shared/kernel/codes";

/** Working hours on working days, where an organisation set none: most visits and calls fall between 8 and 18, and people start early. */
export const DEFAULT_HOURS = { opens: "07:00", closes: "19:00" } as const;
/** Functions that work around the clock, where an organisation named none: Veilig Thuis takes reports day and night (Wmo 4.1.1). */
export const DEFAULT_EXCEPTED_FUNCTIONS: readonly WorkerFunction[] = ["ASSESSOR"];

/** Days that a function's usual number of families a day is taken from: four whole weeks, so that each day of the week counts alike. */
export const VOLUME_DAYS = 28;
/** Of twenty worker days, the busiest one is left out of what is usual: a crisis is not the measure. */
export const VOLUME_PERCENTILE = 0.95;
/** A day stands out above so many times the usual: twice is a busy day, or a colleague's families taken over. */
export const VOLUME_TIMES = 3;
/** And with at least so many families: below that somebody may do a colleague's round, whatever the usual is. */
export const VOLUME_LEAST = 10;

/** Hours after a refusal in which getting it for another purpose stands out: one working day and the night after it. */
export const ASKED_AGAIN_HOURS = 24;

/** Minutes by which a relation may have ended before the entry: an access is decided a moment before it is written. */
export const GRACE_MINUTES = 1;
/** Hours that an emergency lasts (noodprocedure); its later accesses come to the review that is open. */
export const EMERGENCY_HOURS = 4;
/** Days back over which accesses are compared with the registers once a day: an end is often recorded weeks later. */
export const REGISTER_LOOK_BACK_DAYS = 28;
