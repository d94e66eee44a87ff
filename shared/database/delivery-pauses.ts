// How long to wait between attempts, and how often to try: the same for every kind of delivery.

/** First pause between attempts; doubled each time. */
const FIRST_PAUSE_SECONDS = 2;
/** Longest pause between attempts. */
const LONGEST_PAUSE_SECONDS = 6 * 3600;
/** A pause is longer by up to this share, at random: what failed together is not tried together. */
const JITTER = 0.2;
/** With these pauses the last attempt is at least 75 hours after the first, longer than a long weekend. */
export const MOST_ATTEMPTS = 26;

/** SQL: the pause after attempt number `attempt`, an expression, from 1. */
export const pauseAfter = (attempt: string): string => `make_interval(secs => (1 + ${JITTER} * random())
  * least(${FIRST_PAUSE_SECONDS} * power(2, least(${attempt} - 1, 30)), ${LONGEST_PAUSE_SECONDS}))`;
