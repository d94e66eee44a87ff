// Access-log entries for tests: complete, and fictitious.

import type { NewAccessLogEntry } from "../../shared/access-log/access-log-entry";
import { toOrganisationCode, toTraceId, toWorkerId } from "../../shared/kernel/ids";

/** An entry of lokalis.worker who read a care plan of OVV-06 at SAVE; `change` says what is different. */
export function anEntry(change: Partial<NewAccessLogEntry> = {}): NewAccessLogEntry {
  return {
    traceId: toTraceId("0af7651916cd43dd8448eb211c80319c"),
    act: "READ",
    outcome: "DELIVERED",
    operation: "family",
    worker: toWorkerId("lokalis.worker"),
    organisation: toOrganisationCode("lokalis"),
    team: null,
    workerFunction: "WORKER",
    purpose: "CARE",
    subjectType: "FAMILY",
    subjectId: "OVV-06",
    familyId: "OVV-06",
    source: "save",
    categoriesDelivered: ["CARE_PLAN"],
    categoriesWithheld: [],
    rules: ["consent-given"],
    policySet: "2026-01-01",
    reliedOn: [],
    errorCode: null,
    origin: "127.0.0.1",
    ...change,
  };
}
