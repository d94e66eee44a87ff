// How much a gateway takes on at once. What is beyond is told at once to come back; nothing queues up in memory.

import type { RequestHandler, Response } from "express";
import { SchakelError } from "../../shared/kernel/errors";
import { addressGroup } from "./address-group";

/** Requests at once. */
export interface ProgressLimits {
  /** Of one gateway. */
  readonly requests: number;
  /** Of those, for one address. */
  readonly requestsPerAddress: number;
}

export const DEFAULT_PROGRESS_LIMITS: ProgressLimits = { requests: 300, requestsPerAddress: 150 };

/** Milliseconds within which a client must have taken its answer. */
const TAKE_WITHIN_MS = 15_000;

/** Ends the connection of who does not take its answer: what waits for it lies in memory. */
function endWhenNotTaken(response: Response): void {
  response.once("prefinish", () => {
    const timer = setTimeout(() => response.destroy(), TAKE_WITHIN_MS);
    timer.unref();
    response.once("close", () => {
      clearTimeout(timer);
    });
  });
}

/** Lets in so many requests at once, reading and answering included; others get GATEWAY_BUSY. */
export function boundProgress(limits: ProgressLimits): RequestHandler {
  const perAddress = new Map<string, number>();
  let inAll = 0;
  return ({ ip = "" }, response, next) => {
    const address = addressGroup(ip);
    const many = perAddress.get(address) ?? 0;
    if (inAll >= limits.requests || many >= limits.requestsPerAddress) {
      next(new SchakelError("GATEWAY_BUSY", { retryAfterSeconds: 1 }));
      return;
    }
    inAll += 1;
    perAddress.set(address, many + 1);
    endWhenNotTaken(response);
    response.once("close", () => {
      inAll -= 1;
      const left = (perAddress.get(address) ?? 1) - 1;
      if (left > 0) perAddress.set(address, left);
      else perAddress.delete(address);
    });
    next();
  };
}
