// Why an organisation's system did not answer, in words that hold nothing of its data.

import { SchakelError } from "../kernel/errors";

/** Cause of a failure, as far as a caller needs it. */
export type SourceFailureCause = "TIMEOUT" | "UNREACHABLE" | "FAILED";

const UNREACHABLE =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT|EPIPE|08...|28...|3D000|53300|57P0.)$/;

/** SQLSTATE of a statement that passed its deadline. */
const STATEMENT_TIMEOUT = "57014";

/** Cause and code of a driver's error; its message and detail are left behind, for they may quote data. */
export function describeFailure(error: unknown): { cause: SourceFailureCause; sqlState: string | null } {
  const code: unknown = error instanceof Error ? (error as Error & { code?: unknown }).code : undefined;
  const sqlState = typeof code === "string" ? code : null;
  if (sqlState === STATEMENT_TIMEOUT) return { cause: "TIMEOUT", sqlState };
  if (sqlState !== null) return { cause: UNREACHABLE.test(sqlState) ? "UNREACHABLE" : "FAILED", sqlState };
  const message = error instanceof Error ? error.message : "";
  if (/timeout/i.test(message)) return { cause: "TIMEOUT", sqlState };
  return { cause: /terminated|closed/i.test(message) ? "UNREACHABLE" : "FAILED", sqlState };
}

/** The error that a source throws: SOURCE_UNAVAILABLE with its cause, and nothing of the driver's error. */
export function sourceUnavailable(cause: SourceFailureCause): SchakelError {
  return new SchakelError("SOURCE_UNAVAILABLE", { cause });
}
