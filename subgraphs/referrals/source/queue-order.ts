// In which order a receiver takes what waits for it: one SQL expression, for the inbox, the place that is shown and the queue.

import type { ReferralType } from "./routes";

/** Types that are about safety now: a report, what Veilig Thuis asks or hands over because of one, and an urgent inquiry. */
export const SAFETY_TYPES: readonly ReferralType[] = [
  "REPORT",
  "KNOWN_HERE_CHECK",
  "CASE_INFORMATION",
  "HANDOVER_AFTER_ASSESSMENT",
  "URGENT_INQUIRY_REQUEST",
];

/** Days by which an urgent referral goes ahead; a proposal of the region. */
export const URGENT_AHEAD_DAYS = 10;
/** Days by which one about safety goes ahead: its type, or its reason. */
export const SAFETY_AHEAD_DAYS = 4;
/**
 * The most that one can go ahead of another. So nothing starves: what was sent this many days earlier comes first,
 * whatever the later one is.
 */
export const MOST_AHEAD_DAYS = URGENT_AHEAD_DAYS + SAFETY_AHEAD_DAYS;

/** States in which a referral stands in its receiver's queue, place kept: until it is accepted or has ended. */
export const QUEUED_STATES = [
  "RECEIVED",
  "IN_REVIEW",
  "INFORMATION_REQUESTED",
  "IN_CONSULTATION",
  "WAITLISTED",
] as const;

const literals = (codes: readonly string[]): string => codes.map((code) => `'${code}'`).join(", ");

/**
 * SQL: the moment that a referral is ordered by, earliest first; on equal moments by id. It is the moment of sending,
 * which nothing resets, less what the referral goes ahead. It does not depend on the time of day, so the order of two
 * referrals never changes. `alias` names the row of hub.referral.
 */
export const queueMoment = (alias = "r"): string => `(${alias}.created_at
  - case when ${alias}.urgency = 'URGENT' then interval '${URGENT_AHEAD_DAYS * 24} hours' else interval '0' end
  - case when ${alias}.type in (${literals(SAFETY_TYPES)}) or ${alias}.reason_code = 'SAFETY_CONCERN'
      then interval '${SAFETY_AHEAD_DAYS * 24} hours' else interval '0' end)`;

/** SQL: does a referral stand in its receiver's queue? */
export const isQueued = (alias = "r"): string => `${alias}.state in (${literals(QUEUED_STATES)})`;
