// The gateways that are compared. All three are the real one; what is left out of two of them is left out here alone.

/** `on`: as it runs. `off`: nothing is evaluated. `bare`: nothing is evaluated, read or written. */
export const VARIANTS = ["on", "off", "bare"] as const;
export type Variant = (typeof VARIANTS)[number];

/** What stands in the place of the rules, and what of them remains. For the report. */
export const WHAT_IS_LEFT_OUT: Readonly<Record<Variant, string>> = {
  on: "enforcement on: the gateway as it runs, with the durable access log",
  off:
    "enforcement off: every decision is PERMIT without looking at its facts, so no facts are numbered, nothing is " +
    "remembered or evaluated, and nothing follows for people. Still there: the facts are read and reduced for each " +
    "request, fetches are grouped and reduced by permission, grants signed, the answer walked, the access log written",
  bare:
    "off, and no records and no log: the records of the family are read once and kept, no access log is written. " +
    "Still there: facts are reduced, fetches grouped, grants signed, the answer walked",
};
