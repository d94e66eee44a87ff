// The one place where an error becomes what a caller may see: a code of the list, its safe sentence, nothing else.

import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { ERROR_CODES, SchakelError, isErrorCode, type ErrorCode } from "./errors";

/** The SchakelError inside an error, however deep it was wrapped. */
export function schakelErrorIn(error: unknown): SchakelError | undefined {
  let inner: unknown = error;
  for (let depth = 0; depth < 10 && inner instanceof Error; depth += 1) {
    if (inner instanceof SchakelError) return inner;
    inner = inner instanceof GraphQLError ? inner.originalError : inner.cause;
  }
  return undefined;
}

/** The code that an error carries, or that Apollo's own code stands for; INTERNAL when there is none. */
export function errorCodeOf(formatted: GraphQLFormattedError, error: unknown): ErrorCode {
  const own = schakelErrorIn(error);
  if (own) return own.code;
  const code = formatted.extensions?.["code"];
  if (isErrorCode(code)) return code;
  switch (code) {
    case "GRAPHQL_PARSE_FAILED":
    case "GRAPHQL_VALIDATION_FAILED":
    case "OPERATION_RESOLUTION_FAILURE":
      return "QUERY_INVALID";
    case "BAD_USER_INPUT":
      return "INPUT_INVALID";
    case "BAD_REQUEST":
      return "REQUEST_MALFORMED";
    default:
      return "INTERNAL";
  }
}

const SAFE_REASON =
  /^(Cannot query field|Unknown (argument|type|directive|fragment)|Field "\w+" (argument "\w+" of type|must have|must not have|of type "[\w![\]]+" must have)|Variable "\$\w+" (is not defined|is never used))/;

/** What a validation message may say: names out of the schema or the query, never a value. */
function reasonOf(message: string): string | undefined {
  // Behind its first words a syntax error repeats what stands there, which may be anything.
  if (message.startsWith("Syntax Error")) return /^Syntax Error: [A-Za-z ]*[A-Za-z]/.exec(message)?.[0];
  return SAFE_REASON.test(message) ? message : undefined;
}

/** Formats an error: code, safe sentence, details of ours, the path; never a stack, a value or another's message. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const code = errorCodeOf(formatted, error);
  const own = schakelErrorIn(error);
  const passedOn = formatted.extensions?.["details"];
  const details = own?.details ?? (typeof passedOn === "object" ? passedOn : undefined);
  const reason = code === "QUERY_INVALID" && !own ? reasonOf(formatted.message) : undefined;
  return {
    message: ERROR_CODES[code].message,
    ...(formatted.locations && code === "QUERY_INVALID" ? { locations: formatted.locations } : {}),
    ...(formatted.path ? { path: formatted.path } : {}),
    extensions: { code, ...(reason ? { reason } : {}), ...details },
  };
}

/** A GraphQLError that carries a SchakelError and its HTTP status through Apollo Server. */
export function toGraphQLError(error: SchakelError): GraphQLError {
  const { retryAfterSeconds } = error.details;
  const headers =
    typeof retryAfterSeconds === "number"
      ? { headers: new Map([["retry-after", String(retryAfterSeconds)]]) }
      : {};
  return new GraphQLError(error.message, {
    originalError: error,
    extensions: { code: error.code, ...error.details, http: { status: error.status, ...headers } },
  });
}
