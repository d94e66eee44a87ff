// Requesters for tests: the workers of the demo, as the gateway would have identified them.

import type { Purpose, WorkerFunction } from "../../shared/kernel/codes";
import { toTraceId, toWorkerId } from "../../shared/kernel/ids";
import type { Grant, Requester } from "../../shared/kernel/requester";
import { getOrganisation, loadRegion } from "../../shared/region/region";

export const UTRECHT = loadRegion("utrecht");

/**
 * A requester such as `aRequester("lokalis.worker", "WORKER")`: the part before the point is the employer. They signed in
 * with a second factor, as the people of the demo do.
 */
export function aRequester(worker: string, workerFunction: WorkerFunction): Requester {
  const { code, kind, legalEntity } = getOrganisation(UTRECHT, worker.split(".")[0] ?? "");
  return {
    worker: toWorkerId(worker),
    organisation: code,
    kind,
    legalEntity,
    workerFunction,
    secondFactor: true,
  };
}

/** A grant of the gateway for this requester. */
export function aGrant(requester: Requester, purpose: Purpose): Grant {
  return { requester, purpose, traceId: toTraceId("0af7651916cd43dd8448eb211c80319c"), subjects: [] };
}
