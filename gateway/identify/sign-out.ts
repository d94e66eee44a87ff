// POST /sign-out: where an issuer says that somebody signed out (OpenID Connect Back-Channel Logout 1.0, 2.5 to 2.8).

import { urlencoded, type Request, type RequestHandler, type Response } from "express";
import { SchakelError } from "../../shared/kernel/errors";
import type { Logger } from "../../shared/kernel/logger";
import type { DoorRecord } from "../record/refused-at-door";
import { traceIdOf } from "./identify";
import type { SignIn } from "./sign-in";
import { MOST_TOKEN_CHARACTERS } from "./token-text";

/** Room for one token and its name. */
const BODY_LIMIT = MOST_TOKEN_CHARACTERS + 1_024;
/** Seconds after which an issuer may try again when the hub could not tell. */
const RETRY_AFTER_S = 5;

/** What the route stands on. */
export interface SignOutDeps {
  readonly signIn: Pick<SignIn, "signOut">;
  readonly record: DoorRecord;
  readonly log: Logger;
}

/** As the standard wants it: `error` and `error_description`; the code of the hub stands beside them. */
function refuse(response: Response, error: SchakelError): void {
  const isOurs = error.status >= 500;
  if (isOurs) response.set("retry-after", String(RETRY_AFTER_S));
  const { code, details } = error;
  response.status(isOurs ? error.status : 400).json({
    error: isOurs ? "temporarily_unavailable" : "invalid_request",
    error_description: error.message,
    code,
    ...(typeof details["reason"] === "string" ? { reason: details["reason"] } : {}),
  });
}

async function signOut(
  { signIn, record, log }: SignOutDeps,
  request: Request,
  response: Response,
): Promise<void> {
  const { logout_token: token } = (request.body ?? {}) as { logout_token?: unknown };
  try {
    if (typeof token !== "string") throw new SchakelError("TOKEN_REQUIRED");
    // It holds before it is recorded. When it cannot be, the issuer hears that it is not whole, as anybody hears then, and its
    // next message with the same token is put on record.
    await signIn.signOut(token, async (ended) =>
      record.signedOut({ ended, traceId: traceIdOf(request.headers), origin: request.ip ?? "unknown" }),
    );
    response.status(200).end();
  } catch (error) {
    if (!(error instanceof SchakelError)) throw error;
    const traceId = traceIdOf(request.headers);
    try {
      await record.refused({ error, traceId, origin: request.ip ?? "unknown" });
    } catch (unrecorded) {
      log.error({ error: unrecorded, traceId }, "a refused sign-out could not be recorded");
    }
    refuse(response, error);
  }
}

/**
 * The handlers of the route: a form with `logout_token`. 200 once every gateway refuses the session and that is on record; 400 for a token that ends
 * nothing, which is on record as a refusal; 503 when that cannot be known now.
 */
export function signOutRoute(deps: SignOutDeps): RequestHandler[] {
  return [
    urlencoded({ extended: false, limit: BODY_LIMIT, inflate: false, parameterLimit: 10 }),
    async (request, response) => signOut(deps, request, response),
  ];
}
