// Which purposes are open to which function (doelbinding). The rule "purpose-not-open" says the same in Cedar; a test compares.

import type { OrganisationKind, Purpose, WorkerFunction } from "../../shared/kernel/codes";

const OPEN: Readonly<Record<WorkerFunction, readonly Purpose[]>> = {
  WORKER: ["CARE", "CONSULT", "REFERRAL", "ACUTE_SAFETY"],
  VOLUNTARY_WORKER: ["CARE", "CONSULT", "REFERRAL"],
  GUARDIAN: ["MEASURE_EXECUTION", "REFERRAL", "ACUTE_SAFETY"],
  ASSESSOR: ["SAFETY_ASSESSMENT", "INVESTIGATION", "REFERRAL", "ACUTE_SAFETY"],
  ADVISOR: ["CONSULT"],
  INVESTIGATOR: ["INVESTIGATION", "REFERRAL", "ACUTE_SAFETY"],
  REVIEWER: ["INDEPENDENT_REVIEW", "REFERRAL"],
  PRIVACY_OFFICER: ["OVERSIGHT"],
  OPERATOR: ["OVERSIGHT"],
  PROBATION_OFFICER: ["MEASURE_EXECUTION"],
  DUO_MEMBER: ["CARE", "REFERRAL"],
  YOUNG_PERSON: ["SUBJECT_RIGHTS"],
  PARENT: ["SUBJECT_RIGHTS"],
  PROCESS_LEAD: ["OVERSIGHT"],
  POLICY_STAFF: ["OVERSIGHT"],
  OFFICIAL: [],
};

const ORGANISATIONS = [
  "LOCAL_TEAM",
  "SAFE_HOME",
  "CERTIFIED_AGENCY",
  "CHILD_PROTECTION_BOARD",
] as const satisfies readonly OrganisationKind[];

const EMPLOYERS: Readonly<Record<WorkerFunction, readonly OrganisationKind[]>> = {
  WORKER: ["LOCAL_TEAM"],
  VOLUNTARY_WORKER: ["CERTIFIED_AGENCY"],
  GUARDIAN: ["CERTIFIED_AGENCY"],
  ASSESSOR: ["SAFE_HOME"],
  ADVISOR: ["SAFE_HOME"],
  INVESTIGATOR: ["CHILD_PROTECTION_BOARD"],
  REVIEWER: ["CHILD_PROTECTION_BOARD"],
  PRIVACY_OFFICER: ORGANISATIONS,
  OPERATOR: ["HUB"],
  PROBATION_OFFICER: ["CERTIFIED_AGENCY"],
  DUO_MEMBER: ORGANISATIONS,
  YOUNG_PERSON: ["FAMILY"],
  PARENT: ["FAMILY"],
  PROCESS_LEAD: ["MUNICIPALITY"],
  POLICY_STAFF: ["MUNICIPALITY"],
  OFFICIAL: ["AUTHORITY"],
};

/** The purposes for which someone in this function may ask; none for who has no function within the hub. */
export function purposesOpenTo(workerFunction: WorkerFunction): Purpose[] {
  return [...OPEN[workerFunction]];
}

/** Can an organisation of this kind employ someone in this function? A guardian works at a certified agency only. */
export function employs(kind: OrganisationKind, workerFunction: WorkerFunction): boolean {
  return EMPLOYERS[workerFunction].includes(kind);
}

/** The functions that an organisation of this kind can employ someone in. */
export function functionsAt(kind: OrganisationKind): WorkerFunction[] {
  return (Object.keys(EMPLOYERS) as WorkerFunction[]).filter((one) => employs(kind, one));
}
