// The gateways that are compared. Each is the real one; what is left out of some of them is left out here alone.

/**
 * `on`: as it runs. `unlogged`: no access log is written. `off`: nothing is evaluated. `bare`: nothing is evaluated, read
 * or written.
 */
export const VARIANTS = ["on", "unlogged", "off", "bare"] as const;
export type Variant = (typeof VARIANTS)[number];

/** What a variant has of the real gateway. */
export interface VariantParts {
  readonly rules: boolean;
  readonly log: boolean;
  /** Are the records of a family read for each request, and tasks for people written? */
  readonly records: boolean;
}

export const PARTS_OF: Readonly<Record<Variant, VariantParts>> = {
  on: { rules: true, log: true, records: true },
  unlogged: { rules: true, log: false, records: true },
  off: { rules: false, log: true, records: true },
  bare: { rules: false, log: false, records: false },
};

/** What stands in the place of what is left out, and what remains. For the report. */
export const WHAT_IS_LEFT_OUT: Readonly<Record<Variant, string>> = {
  on: "enforcement on: the gateway as it runs, with the durable access log",
  unlogged:
    "no log: the gateway as it runs, but what it hands to the access log is thrown away. Still there: the rules, and " +
    "making the entries",
  off:
    "enforcement off: every decision is PERMIT without looking at its facts, so no facts are numbered, nothing is " +
    "remembered or evaluated, and nothing follows for people. Still there: the facts are read and reduced for each " +
    "request, fetches are grouped and reduced by permission, grants signed, the answer walked, the access log written",
  bare:
    "off, and no records and no log: the records of the family are read once and kept, no access log is written. " +
    "Still there: facts are reduced, fetches grouped, grants signed, the answer walked",
};
