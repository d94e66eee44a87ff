// What a conformance check finds: a code, how it ended, the cause, and what to do about it.

/** Every check, in the order in which it is told, with what it looks at. */
export const CHECKS = {
  REACHABLE: "the address answers",
  TLS: "the connection is encrypted, by a certificate that holds",
  CLIENT_CERTIFICATE: "who has no certificate of the gateway gets nothing",
  METHOD: "only POST is answered",
  BODY: "what is no request is refused",
  GRANT_MISSING: "without a grant nothing is given",
  GRANT_UNSIGNED: "a grant that nobody signed is refused",
  GRANT_FORGED: "a grant of another key is refused",
  GRANT_EXPIRED: "a grant that has expired is refused",
  GRANT_LIFETIME: "a grant that is valid for too long is refused",
  GRANT_TYPE: "another token of the gateway's key is refused",
  GRANT_ISSUER: "a grant of another issuer is refused",
  GRANT_AUDIENCE: "a grant for another source is refused",
  GRANT_REQUEST: "a grant for another request is refused",
  GRANT_ACCEPTED: "a good grant is accepted",
  GRANT_REPLAYED: "a grant is accepted once",
  SCHEMA_READABLE: "the schema can be read",
  SCHEMA_FIELDS: "Family and Person each have the organisation's field",
  SCHEMA_INTERFACES: "the dossiers have every field of the contract",
  SCHEMA_ROOTS: "there are no root fields",
  SCHEMA_COMPOSES: "the schema composes with those of the others, categorised and nullable",
  SCHEMA_CHANGES: "the operations that are used go on working",
  REFERENCES: "references are answered together, in their order",
  VALUES: "the values are what the contract says",
  UNKNOWN_SUBJECT: "who is not known gives nothing, and no error",
  OUTSIDE_SUBJECT: "who is not in the grant gives nothing",
  OUTSIDE_CATEGORY: "a category that is not in the grant gives nothing",
  VETO: "what the organisation itself refuses says so",
  DEADLINE: "the answer comes in time, also for many at once",
  NO_CITIZENS_NUMBER: "no citizen's number comes out",
  QUIET_ERRORS: "an error repeats nothing and shows nothing of the inside",
} as const;
export type CheckCode = keyof typeof CHECKS;

/** How a check ended. A warning is for later; what was not checked says what is missing. */
export type Level = "PASSED" | "WARNING" | "FAILED" | "NOT_CHECKED";

/** The end of one check. */
export interface Finding {
  readonly check: CheckCode;
  readonly level: Level;
  /** What was seen, in words without anything personal; null when all is well. */
  readonly cause: string | null;
  /** What to do about it; null when there is nothing to do. */
  readonly remedy: string | null;
}

/** A check that ended well. */
export const passed = (check: CheckCode): Finding => ({ check, level: "PASSED", cause: null, remedy: null });

/** A check that found something that must be mended before the organisation is connected. */
export const failed = (check: CheckCode, cause: string, remedy: string): Finding => ({
  check,
  level: "FAILED",
  cause,
  remedy,
});

/** A check that found something to mend later. */
export const warned = (check: CheckCode, cause: string, remedy: string): Finding => ({
  check,
  level: "WARNING",
  cause,
  remedy,
});

/** A check that could not be made, and what it takes. */
export const notChecked = (check: CheckCode, cause: string, remedy: string): Finding => ({
  check,
  level: "NOT_CHECKED",
  cause,
  remedy,
});

const MOST_TOLD = 10;

/** The first of several faults, and how many more there are. */
export const told = (faults: readonly string[]): string =>
  faults.slice(0, MOST_TOLD).join("; ") +
  (faults.length > MOST_TOLD ? `; and ${faults.length - MOST_TOLD} more` : "");

/** A check that found these faults, or none. */
export const judged = (check: CheckCode, faults: readonly string[], remedy: string): Finding =>
  faults.length === 0 ? passed(check) : failed(check, `${told(faults)}.`, remedy);
