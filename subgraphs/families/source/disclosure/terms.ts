// The figures of requests for disclosure. All are proposals of the region; the law has none.

import type { TextLength } from "../check-text";

/** Working days in which the holder decides. */
export const WORKING_DAYS_TO_DECIDE = 2;
/** How long a disclosure can last, counted from the day on which it is asked. */
export const LONGEST_DISCLOSURE_DAYS = 90;
/** How far ahead the day can lie on which it is looked at again whether the family can be told. */
export const LONGEST_NOT_YET_DAYS = 90;
/** Why it is needed: one sentence. */
export const NECESSITY: TextLength = { least: 20, most: 500 };
/** What was weighed against what. */
export const WEIGHING: TextLength = { least: 20, most: 1000 };
