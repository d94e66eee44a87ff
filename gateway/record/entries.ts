// Turns what happened in a request into access-log entries: one per subject x source.

import type {
  AccessOutcome,
  NewAccessLogEntry,
  ProcessingContext,
} from "../../shared/access-log/access-log-entry";
import type { FamilyRecord } from "../../shared/database/family-records";
import type { ErrorCode } from "../../shared/kernel/errors";
import type { FamilyId } from "../../shared/kernel/ids";
import type { RequestState } from "../federate/request-state";
import { teamOf } from "../privacy/involvement-facts";
import type { Access } from "./ledger";
import { reliedOnOf } from "./relied-on";

function outcomeOf(access: Access, failedWith: ErrorCode | undefined): AccessOutcome {
  if (access.refusedWith) return "REFUSED";
  if (access.failed && access.delivered.size === 0) return "UNAVAILABLE";
  // A change was made, whether or not its answer arrives.
  const isChange = access.act === "CREATE" || access.act === "UPDATE";
  if (failedWith && !isChange) return "FAILED";
  if (access.delivered.size > 0) return access.withheld.size > 0 || access.failed ? "PARTIAL" : "DELIVERED";
  return access.withheld.size > 0 ? "WITHHELD" : "DELIVERED";
}

/** What the entries of a request are made out of. */
export type Recorded = Pick<RequestState, "asking" | "ledger" | "knownRecord">;

/** The entries of one request. `failedWith` says that no answer was given after all: then nothing was delivered. */
export function entriesOf(state: Recorded, policySet: string, failedWith?: ErrorCode): NewAccessLogEntry[] {
  const { requester, purpose, traceId, origin, today } = state.asking;
  const teams = new Map<FamilyRecord, string | undefined>();
  const teamIn = (record: FamilyRecord): string | undefined => {
    if (!teams.has(record)) teams.set(record, teamOf(record, requester, today));
    return teams.get(record);
  };
  return state.ledger.accesses.map((access) => {
    const record = access.subject && state.knownRecord(access.subject);
    const outcome = outcomeOf(access, failedWith);
    const gave = outcome === "DELIVERED" || outcome === "PARTIAL";
    return {
      traceId,
      act: access.act,
      outcome,
      operation: access.operation,
      worker: requester.worker,
      organisation: requester.organisation,
      team: (record && teamIn(record)) ?? requester.team ?? null,
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
      reliedOn: gave ? reliedOnOf(state.asking, access, record) : [],
      errorCode: access.refusedWith ?? failedWith ?? null,
      origin,
    };
  });
}

/** What the processing record needs to know of the request: when it came, from which span, and who the families are. */
export function processingContextOf(state: Recorded): ProcessingContext {
  const { startedAt, callerSpanId } = state.asking;
  const members = new Map<string, readonly string[]>();
  for (const { subject } of state.ledger.accesses) {
    const record = subject?.type === "Family" ? state.knownRecord(subject) : undefined;
    if (record)
      members.set(
        record.id,
        record.members.map(({ id }) => id),
      );
  }
  return {
    members,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(callerSpanId === undefined ? {} : { callerSpanId }),
  };
}
