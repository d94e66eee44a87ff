// Why an organisation's system did not answer, in words that hold nothing of its data.

import { SchakelError } from "../kernel/errors";

/** Cause of a failure, as far as a caller needs it. BUSY: more was asked than its limits allow, so it was not asked. */
export type SourceFailureCause = "TIMEOUT" | "UNREACHABLE" | "BUSY" | "FAILED";

/**
 * A failure that our own readers find: the cause, and a word for the operator's log. Neither MUST hold anything that the
 * system sent.
 */
export class SourceFailed extends Error {
  readonly failure: SourceFailureCause;
  readonly code: string | null;
  constructor(failure: SourceFailureCause, code: string | null = null) {
    super(code ?? failure);
    this.name = "SourceFailed";
    this.failure = failure;
    this.code = code;
  }
}

const UNREACHABLE =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT|EPIPE|EAI_AGAIN|PROTOCOL_CONNECTION_LOST|ER_ACCESS_DENIED_ERROR|ER_BAD_DB_ERROR|ER_CON_COUNT_ERROR|UND_ERR_SOCKET|UND_ERR_CLOSED|ENOENT|ENOTDIR|EACCES|EIO|ESTALE|EHOSTDOWN|08...|28...|3D000|53300|57P0.)$/;

/** Codes of a statement or a request that passed its deadline, per driver. */
const TIMEOUT =
  /^(57014|ER_STATEMENT_TIMEOUT|ER_QUERY_TIMEOUT|PROTOCOL_SEQUENCE_TIMEOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT|UND_ERR_ABORTED)$/;

/** MariaDB's number for a statement that passed its deadline, for which its driver has no word. */
const MARIADB_TIMEOUT = 1969;

/** Cause and code of a driver's error; its message and detail are left behind, for they may quote data. */
export function describeFailure(error: unknown): { cause: SourceFailureCause; code: string | null } {
  if (error instanceof SourceFailed) return { cause: error.failure, code: error.code };
  const { code: given, errno, message: said } = (error ?? {}) as Record<string, unknown>;
  const code = typeof given === "string" && given !== "" ? given : null;
  if (errno === MARIADB_TIMEOUT) return { cause: "TIMEOUT", code };
  if (code !== null && TIMEOUT.test(code)) return { cause: "TIMEOUT", code };
  if (code !== null) return { cause: UNREACHABLE.test(code) ? "UNREACHABLE" : "FAILED", code };
  const message = typeof said === "string" ? said : "";
  if (/timeout|timed out/i.test(message)) return { cause: "TIMEOUT", code };
  return { cause: /terminated|closed/i.test(message) ? "UNREACHABLE" : "FAILED", code };
}

/** The error that a source throws: SOURCE_UNAVAILABLE with its cause, and nothing of the driver's error. */
export function sourceUnavailable(cause: SourceFailureCause): SchakelError {
  return new SchakelError("SOURCE_UNAVAILABLE", { cause });
}
