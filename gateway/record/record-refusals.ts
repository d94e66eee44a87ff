// Refusals that are no GraphQL (by origin, by body, by a document that is not listed, by how often an address asks) go on record
// in one place, before they are answered.

import type { ErrorRequestHandler } from "express";
import { RateLimitedError } from "../door/rate-limits";
import { refusalOf } from "../door/refuse";
import { traceIdOf } from "../identify/identify";
import { SchakelError } from "../../shared/kernel/errors";
import type { Logger } from "../../shared/kernel/logger";
import type { Requester } from "../../shared/kernel/requester";
import type { DoorRecord } from "./refused-at-door";

/** Where a route leaves whom it identified, for the record of its refusal. */
export const REQUESTER = "requester";

/** From this status on it is the hub that cannot, not somebody who may not. */
const OF_THE_HUB = 500;

/** Is this to be put on record? Of who asks too often, the first refusal in a minute is; the rest would be a flood too. */
export const isForRecord = (error: SchakelError): boolean =>
  !(error instanceof RateLimitedError) || error.isFirst;

/** Puts a refusal on record and hands it on; one that cannot be recorded becomes LOG_UNAVAILABLE. */
export function recordRefusals(record: DoorRecord, log: Logger): ErrorRequestHandler {
  return async (error: unknown, { headers, ip: origin = "unknown" }, response, _next) => {
    const refusal = refusalOf(error);
    // What the hub cannot do is no refusal of who asks, and goes to its own log.
    if (refusal.status >= OF_THE_HUB || !isForRecord(refusal)) throw error;
    const traceId = traceIdOf(headers);
    const requester = response.locals[REQUESTER] as Requester | undefined;
    try {
      await record.refused({ error: refusal, traceId, origin, requester });
    } catch (unrecorded) {
      log.error({ error: unrecorded, traceId }, "a refusal could not be recorded");
      throw unrecorded instanceof SchakelError ? unrecorded : refusal;
    }
    throw refusal;
  };
}
