// How long what the demo issuers give is valid, in seconds.

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;

/** A token for the hub: short, since a stolen one cannot be called back without ending the session. */
export const ACCESS_TOKEN_S = 15 * MINUTE_S;
/** A working day: after it one signs in anew. */
export const SESSION_S = 8 * HOUR_S;
/** To type a password and a code. */
export const SIGN_IN_S = 10 * MINUTE_S;
/** Between the browser's return and the program's exchange (RFC 6749, 4.1.2: at most ten minutes). */
export const AUTHORIZATION_CODE_S = MINUTE_S;
/** A system asks again. */
export const SYSTEM_TOKEN_S = 5 * MINUTE_S;
