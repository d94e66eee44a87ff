// Turns what happened in a request into access-log entries: one per subject x source.

import type { AccessOutcome, NewAccessLogEntry } from "../../shared/access-log/access-log-entry";
import type { ErrorCode } from "../../shared/kernel/errors";
import type { FamilyId } from "../../shared/kernel/ids";
import type { Asking } from "../federate/request-state";
import type { Access } from "./ledger";

function outcomeOf(access: Access, failedWith: ErrorCode | undefined): AccessOutcome {
  if (access.refusedWith) return "REFUSED";
  if (access.failed && access.delivered.size === 0) return "UNAVAILABLE";
  // A change was made, whether or not its answer arrives.
  const isChange = access.act === "CREATE" || access.act === "UPDATE";
  if (failedWith && !isChange) return "FAILED";
  if (access.delivered.size > 0) return access.withheld.size > 0 || access.failed ? "PARTIAL" : "DELIVERED";
  return access.withheld.size > 0 ? "WITHHELD" : "DELIVERED";
}

/** The entries of one request. `failedWith` says that no answer was given after all: then nothing was delivered. */
export function entriesOf(
  asking: Asking,
  accesses: readonly Access[],
  policySet: string,
  failedWith?: ErrorCode,
): NewAccessLogEntry[] {
  const { requester, purpose, traceId, origin } = asking;
  return accesses.map((access) => {
    const outcome = outcomeOf(access, failedWith);
    const gave = outcome === "DELIVERED" || outcome === "PARTIAL";
    return {
      traceId,
      act: access.act,
      outcome,
      operation: access.operation,
      worker: requester.worker,
      organisation: requester.organisation,
      workerFunction: requester.workerFunction,
      purpose,
      subjectType: access.subject ? (access.subject.type === "Family" ? "FAMILY" : "PERSON") : "NONE",
      subjectId: access.subject?.id ?? null,
      familyId: (access.subject?.familyId ?? null) as FamilyId | null,
      source: access.source,
      categoriesDelivered: gave ? [...access.delivered].toSorted() : [],
      categoriesWithheld: [...access.withheld].toSorted(),
      rules: [...access.rules].toSorted(),
      policySet,
      errorCode: access.refusedWith ?? failedWith ?? null,
      origin,
    };
  });
}
