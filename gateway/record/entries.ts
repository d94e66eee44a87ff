// Turns what happened in a request into access-log entries: one per subject x source.

import type { AccessOutcome, NewAccessLogEntry } from "../../shared/access-log/access-log-entry";
import type { FamilyId } from "../../shared/kernel/ids";
import type { Asking } from "../federate/request-state";
import type { Access } from "./ledger";

function outcomeOf(access: Access): AccessOutcome {
  if (access.refusedWith) return "REFUSED";
  if (!access.available) return "UNAVAILABLE";
  if (access.withheld.size === 0) return "DELIVERED";
  return access.delivered.size > 0 ? "PARTIAL" : "WITHHELD";
}

/** The entries of one request. `failed` says that the answer was not given after all: then nothing was delivered. */
export function entriesOf(
  asking: Asking,
  accesses: readonly Access[],
  policySet: string,
  failed: boolean,
): NewAccessLogEntry[] {
  const { requester, purpose, traceId, origin } = asking;
  return accesses.map((access) => ({
    traceId,
    act: access.act,
    outcome: failed ? "FAILED" : outcomeOf(access),
    operation: access.operation,
    worker: requester.worker,
    organisation: requester.organisation,
    workerFunction: requester.workerFunction,
    purpose,
    subjectType: access.subject ? (access.subject.type === "Family" ? "FAMILY" : "PERSON") : "NONE",
    subjectId: access.subject?.id ?? null,
    familyId: (access.subject?.familyId ?? null) as FamilyId | null,
    source: access.source,
    categoriesDelivered: failed ? [] : [...access.delivered].toSorted(),
    categoriesWithheld: [...access.withheld].toSorted(),
    rules: [...access.rules].toSorted(),
    policySet,
    errorCode: access.refusedWith ?? null,
    origin,
  }));
}
