// How much a gateway takes on at once. What is beyond is told at once to come back; nothing queues up in memory.

import type { RequestHandler, Response } from "express";
import { SchakelError } from "../../shared/kernel/errors";
import type { Requester } from "../../shared/kernel/requester";
import { addressGroup } from "./address-group";
import { RateLimitedError } from "./rate-limits";

/** Requests at once, counted from when they are read. */
export interface ProgressLimits {
  /** Of one gateway. */
  readonly requests: number;
  /** Of those, for one address. */
  readonly requestsPerAddress: number;
  /** Of those, for one worker. */
  readonly requestsPerWorker: number;
}

export const DEFAULT_PROGRESS_LIMITS: ProgressLimits = {
  requests: 300,
  requestsPerAddress: 150,
  // As many as a browser opens connections.
  requestsPerWorker: 6,
};

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

/** Counts by name what is open; a name with nothing open is not kept. */
class Open {
  readonly #open = new Map<string, number>();

  /** Counts one more, until the response ends; false, and nothing counted, when there are `most` already. */
  enter(name: string, most: number, response: Response): boolean {
    const many = this.#open.get(name) ?? 0;
    if (many >= most) return false;
    this.#open.set(name, many + 1);
    response.once("close", () => {
      const left = (this.#open.get(name) ?? 1) - 1;
      if (left > 0) this.#open.set(name, left);
      else this.#open.delete(name);
    });
    return true;
  }
}

/** Bounds what goes on at once. */
export interface Progress {
  /** Lets so many requests go on, until their answers are taken; others get GATEWAY_BUSY. */
  readonly bound: RequestHandler;
  /** Counts a request of a worker. Throws RATE_LIMITED when too many of them go on. */
  readonly worker: (requester: Requester, response: Response) => void;
}

/** Bounds by these numbers, of one gateway. */
export function createProgress(limits: ProgressLimits): Progress {
  const addresses = new Open();
  const workers = new Open();
  const all = new Open();
  return {
    bound: ({ ip = "" }, response, next) => {
      const isIn =
        addresses.enter(addressGroup(ip), limits.requestsPerAddress, response) &&
        all.enter("all", limits.requests, response);
      if (isIn) endWhenNotTaken(response);
      next(isIn ? undefined : new SchakelError("GATEWAY_BUSY", { retryAfterSeconds: 1 }));
    },
    worker: ({ organisation, worker }, response) => {
      const most = limits.requestsPerWorker;
      if (!workers.enter(`${organisation} ${worker}`, most, response)) {
        throw new RateLimitedError("worker at once", most, 1, false);
      }
    },
  };
}
