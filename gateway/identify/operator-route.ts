// GET /operator: says to a command whose token it was given, when that is somebody who administers the hub.

import type { RequestHandler } from "express";
import { SchakelError } from "../../shared/kernel/errors";
import type { Requester } from "../../shared/kernel/requester";
import { HUB_ISSUER } from "../../shared/region/issuers";
import { REQUESTER } from "../record/record-refusals";
import { clientCertificateOf } from "./client-certificate";
import { identifyRequester } from "./identify";
import type { SignIn } from "./sign-in";

/** Throws ACCESS_DENIED for who does not administer the hub, SECOND_FACTOR_REQUIRED for who signed in without one. */
function demandOperator({ organisation, workerFunction, secondFactor }: Requester): void {
  if (organisation !== HUB_ISSUER || workerFunction !== "OPERATOR") throw new SchakelError("ACCESS_DENIED");
  if (secondFactor !== true) throw new SchakelError("SECOND_FACTOR_REQUIRED");
}

/** The handler: 200 with `operator`, or the code of the refusal, which is on record as those of requests are. */
export function operatorRoute(signIn: Pick<SignIn, "verifyToken" | "refuseEnded">): RequestHandler {
  return async ({ headers }, response) => {
    const signedIn = await identifyRequester(headers, signIn.verifyToken, clientCertificateOf(response));
    response.locals[REQUESTER] = signedIn.requester;
    await signIn.refuseEnded(signedIn);
    demandOperator(signedIn.requester);
    response.json({ operator: signedIn.requester.worker });
  };
}
