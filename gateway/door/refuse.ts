// The answer to a request that is refused before it is GraphQL: a code, its sentence, the number allowed; never more.

import type { ErrorRequestHandler, Response } from "express";
import { SchakelError } from "../../shared/kernel/errors";
import type { Logger } from "../../shared/kernel/logger";

/** Answers with an error; with `retry-after` where the error says when to come back. */
export function refuse(response: Response, { status, message, code, details }: SchakelError): void {
  const { retryAfterSeconds } = details;
  if (typeof retryAfterSeconds === "number") response.set("retry-after", String(retryAfterSeconds));
  response.status(status).json({ errors: [{ message, extensions: { code, ...details } }] });
}

/** An error before GraphQL: ours as it is, what is wrong with the request as such; anything else is the hub's own. */
export function refusalOf(error: unknown): SchakelError {
  if (error instanceof SchakelError) return error;
  const { status = 500 } = error as { status?: number };
  return new SchakelError(status < 500 ? "REQUEST_MALFORMED" : "INTERNAL");
}

/** Answers with the error; what is the hub's own goes to its log. */
export function answerErrors(log: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const refusal = refusalOf(error);
    if (refusal.code === "INTERNAL") log.error({ error }, "request failed");
    if (response.headersSent) next(error);
    else refuse(response, refusal);
  };
}
