// GET /operator: says to a command whose token it was given, when that is somebody who administers the hub.

import type { RequestHandler } from "express";
import { SchakelError } from "../../shared/kernel/errors";
import type { Logger } from "../../shared/kernel/logger";
import type { Requester } from "../../shared/kernel/requester";
import { HUB_ISSUER } from "../../shared/region/issuers";
import type { DoorRecord } from "../record/refused-at-door";
import { identifyRequester, traceIdOf } from "./identify";
import type { SignIn } from "./sign-in";

/** What the route stands on. */
export interface OperatorDeps {
  readonly signIn: Pick<SignIn, "verifyToken" | "refuseEnded">;
  readonly record: DoorRecord;
  readonly log: Logger;
}

/** Throws ACCESS_DENIED for who does not administer the hub, SECOND_FACTOR_REQUIRED for who signed in without one. */
function demandOperator({ organisation, workerFunction, secondFactor }: Requester): void {
  if (organisation !== HUB_ISSUER || workerFunction !== "OPERATOR") throw new SchakelError("ACCESS_DENIED");
  if (secondFactor !== true) throw new SchakelError("SECOND_FACTOR_REQUIRED");
}

/** The handler: 200 with `operator`, or the code of the refusal, which is on record as those of requests are. */
export function operatorRoute({ signIn, record, log }: OperatorDeps): RequestHandler {
  return async ({ headers, ip: origin = "unknown" }, response) => {
    let requester: Requester | undefined;
    try {
      const signedIn = await identifyRequester(headers, signIn.verifyToken);
      requester = signedIn.requester;
      await signIn.refuseEnded(signedIn);
      demandOperator(requester);
      response.json({ operator: requester.worker });
    } catch (error) {
      if (!(error instanceof SchakelError)) throw error;
      const traceId = traceIdOf(headers);
      try {
        await record.refused({ error, traceId, origin, requester });
      } catch (unrecorded) {
        log.error({ error: unrecorded, traceId }, "a refusal could not be recorded");
      }
      throw error;
    }
  };
}
