// Every error code that can leave the hub, in one list. A code never changes meaning; texts hold nothing personal.

interface ErrorDefinition {
  readonly status: number;
  readonly message: string;
}

const define = <T extends Record<string, ErrorDefinition>>(list: T): T => Object.freeze(list);

/** Code -> HTTP status and the safe sentence that goes with it. */
export const ERROR_CODES = define({
  TOKEN_REQUIRED: { status: 401, message: "Send a bearer token in the Authorization header." },
  TOKEN_INVALID: { status: 401, message: "The token could not be verified." },
  TOKEN_EXPIRED: { status: 401, message: "The token has expired. Ask a new one." },
  SESSION_ENDED: { status: 401, message: "This session has ended. Sign in again." },
  ISSUER_UNKNOWN: { status: 401, message: "The token comes from an issuer that is not part of this region." },
  ISSUER_UNREACHABLE: {
    status: 503,
    message: "The keys of the issuer could not be fetched. Try again shortly.",
  },
  PURPOSE_REQUIRED: { status: 400, message: "Send a Purpose header with one code." },
  PURPOSE_NOT_OPEN: { status: 403, message: "This purpose is not open to your function." },
  REQUEST_MALFORMED: { status: 400, message: "The request is not valid JSON with a GraphQL query." },
  REQUEST_TOO_LARGE: { status: 413, message: "The request body is larger than is accepted." },
  ORIGIN_NOT_ALLOWED: { status: 403, message: "Pages of this origin may not ask the hub." },
  OPERATION_NOT_ALLOWED: {
    status: 403,
    message: "This operation is not on the list of those that your function may ask here.",
  },
  RATE_LIMITED: { status: 429, message: "Too many requests. Try again after the time that is given." },
  GATEWAY_BUSY: { status: 503, message: "The gateway has all that it can do. Try again shortly." },
  INPUT_TOO_DEEP: { status: 400, message: "The JSON of the request is nested deeper than is accepted." },
  INPUT_TOO_LARGE: { status: 400, message: "The input has more parts than are accepted." },
  QUERY_TOO_COSTLY: {
    status: 400,
    message:
      "The query could bring more, from more places, than one request may. Ask shorter lists, or in parts.",
  },
  ANSWER_TOO_LARGE: {
    status: 400,
    message: "The answer is larger than is given at once. Ask shorter lists, or in parts.",
  },
  QUERY_INVALID: { status: 400, message: "The query does not fit the schema." },
  QUERY_TOO_DEEP: { status: 400, message: "The query is nested deeper than is accepted." },
  QUERY_TOO_LARGE: { status: 400, message: "The query has more parts than are accepted." },
  INPUT_INVALID: { status: 400, message: "The input is not valid." },
  FAMILY_NOT_FOUND: {
    status: 200,
    message: "You have no active involvement with a family under this id, or there is none.",
  },
  CASE_NOT_FOUND: {
    status: 200,
    message: "Your organisation's own system has no case about somebody with this number.",
  },
  BIRTH_DATE_DIFFERS: {
    status: 200,
    message:
      "Your organisation's own system has another birth date of this person. See which of the two is right.",
  },
  PERSON_IS_NO_CHILD: {
    status: 200,
    message:
      "Your organisation's own system has this person as a parent or carer; a case is opened about a child.",
  },
  CASE_ALREADY_OPEN: {
    status: 200,
    message: "Your organisation has this case in the hub already; ask the colleague who works with it.",
  },
  SEARCH_LIMIT_REACHED: {
    status: 429,
    message:
      "You, or your organisation, searched by a citizen's number more often than is accepted in an hour. It is on record.",
  },
  REFERRAL_NOT_FOUND: { status: 200, message: "There is no referral under this id that concerns you." },
  ACCESS_DENIED: { status: 200, message: "This is not open to your function." },
  SECOND_FACTOR_REQUIRED: { status: 403, message: "This needs a second factor. Sign in again with one." },
  IDEMPOTENCY_KEY_REUSED: {
    status: 200,
    message: "This idempotency key was used before for something else.",
  },
  TRANSITION_NOT_ALLOWED: {
    status: 200,
    message: "This step is not possible in the present state of the referral, or not for you.",
  },
  REFERRAL_NOT_CARRIED: {
    status: 200,
    message: "The hub does not carry this; the answer says what to do instead.",
  },
  REVIEWER_NOT_INDEPENDENT: {
    status: 200,
    message:
      "A review is for somebody who had no part in the family's case before; ask a colleague who had none.",
  },
  CRISIS_IS_NO_REFERRAL: {
    status: 200,
    message:
      "A referral is not watched day and night, so nothing was sent. Call Veilig Thuis 0800-2000, or 112 in direct danger.",
  },
  REFERRAL_ROUTE_UNKNOWN: { status: 200, message: "This type of referral does not go to that organisation." },
  MEASURE_NOT_FOUND: { status: 200, message: "There is no measure under this id that concerns you." },
  ASSIGNMENT_NOT_FOUND: {
    status: 200,
    message: "There is no assignment under this id that concerns you.",
  },
  TEAM_NOT_FOUND: { status: 200, message: "There is no team or membership that you can see or change." },
  INVESTIGATION_NOT_FOUND: {
    status: 200,
    message: "There is no examination under this id that concerns you.",
  },
  TASK_NOT_FOUND: { status: 200, message: "There is no task under this id that concerns you." },
  MAINTENANCE_NOT_FOUND: {
    status: 200,
    message: "No maintenance of your organisation that is to come or runs has this id.",
  },
  CONSENT_NOT_FOUND: { status: 200, message: "There is no consent under this id that concerns you." },
  DISCLOSURE_NOT_FOUND: {
    status: 200,
    message: "There is no request for disclosure under this id that concerns you.",
  },
  DISCLOSURE_NOT_POSSIBLE: {
    status: 200,
    message: "This is not for the holder to decide: it is open to you already, closed, or not there.",
  },
  DISCLOSURE_ALREADY_ASKED: {
    status: 200,
    message: "Your organisation asked the holder for this already; the request is still open.",
  },
  DISCLOSURE_ALREADY_DECIDED: {
    status: 200,
    message: "This request for disclosure is not open any more: it was decided on or withdrawn.",
  },
  EMERGENCY_NOT_OPEN: {
    status: 200,
    message:
      "The emergency procedure is not open to you here. Call Veilig Thuis 0800-2000, or 112 in direct danger.",
  },
  EMERGENCY_REVIEW_OPEN: {
    status: 200,
    message: "An earlier emergency of yours waits for its review; until then there is no second one.",
  },
  EMERGENCY_NOT_FOUND: { status: 200, message: "There is no emergency under this id that concerns you." },
  EMERGENCY_ALREADY_REVIEWED: { status: 200, message: "This emergency was reviewed before." },
  REVIEW_NOT_FOUND: { status: 200, message: "There is no review under this id that concerns you." },
  REVIEW_STEP_NOT_POSSIBLE: {
    status: 200,
    message: "This step is not possible in the present state of the review, or not for you.",
  },
  MANDATE_NOT_FOUND: { status: 200, message: "There is no mandate under this id that concerns you." },
  MANDATE_EXPIRED: { status: 200, message: "This mandate has expired; it opens nothing any more." },
  ENTRY_NOT_FOUND: {
    status: 200,
    message: "There is no access of your organisation under this id that can be held back.",
  },
  HOLD_BACK_NOT_FOUND: {
    status: 200,
    message: "Nothing that your organisation holds back, or asks to hold back, has this id.",
  },
  HOLD_BACK_NOT_POSSIBLE: {
    status: 200,
    message: "This was ended, is past its last day, or was proposed by yourself.",
  },
  SOURCE_UNAVAILABLE: { status: 200, message: "A source did not answer." },
  SOURCE_REFUSED: { status: 200, message: "The source refused this by a rule of its own." },
  GRANT_REQUIRED: { status: 401, message: "This source answers requests of the gateway only." },
  GRANT_INVALID: { status: 401, message: "The grant of the gateway could not be verified." },
  GRANT_EXPIRED: { status: 401, message: "The grant of the gateway has expired." },
  GRANT_REPLAYED: { status: 401, message: "The grant of the gateway was used before." },
  GRANTS_TOO_MANY: {
    status: 503,
    message: "More grants came than this source can keep apart. Try again shortly.",
  },
  CLIENT_NOT_ALLOWED: {
    status: 403,
    message: "This is not open to the client that the certificate of this connection names.",
  },
  LOG_UNAVAILABLE: {
    status: 503,
    message: "The access log cannot be written, so no data can be given. Try again shortly.",
  },
  RECORD_UNAVAILABLE: { status: 503, message: "The hub's own record cannot be read. Try again shortly." },
  ENFORCEMENT_FAILED: {
    status: 500,
    message: "The answer held something that was not decided on, so it was not given.",
  },
  INTERNAL: { status: 500, message: "Something went wrong in the hub. Quote the trace id to the operator." },
});

/** A code out of the one list. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** Codes that say that something could not be done, not that it would not: later it may be. */
export const COULD_NOT: readonly ErrorCode[] = ["INTERNAL", "RECORD_UNAVAILABLE", "SOURCE_UNAVAILABLE"];

/** Is `value` a code of the list? */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && Object.hasOwn(ERROR_CODES, value);
}

/** An error that may be shown: its text comes from the list, `details` hold nothing personal. */
export class SchakelError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, details: Readonly<Record<string, unknown>> = {}, options?: ErrorOptions) {
    super(ERROR_CODES[code].message, options);
    this.name = "SchakelError";
    this.code = code;
    this.details = details;
  }

  /** HTTP status that goes with the code. */
  get status(): number {
    return ERROR_CODES[this.code].status;
  }
}
