// Which mutations can be a system's own: steps that an organisation takes in its own name, and that its own system can take
// for it. What makes somebody responsible for a family (to accept a referral), what a professional has to weigh, and what is
// asked of a person (an emergency), is not among them.

import type { WorkerFunction } from "../kernel/codes";

/** Mutations that an issuer's entry may give to a system. */
export const MACHINE_MUTATIONS: readonly string[] = [
  "reviewReferral",
  "waitlistReferral",
  "requestInformation",
  "startReferral",
  "completeReferral",
  "announceMaintenance",
  "endMaintenance",
];

/** Functions that no system has: to look after the log and to run the hub is for people; a family asks in person. */
const FOR_PEOPLE: readonly WorkerFunction[] = [
  "PRIVACY_OFFICER",
  "OPERATOR",
  "YOUNG_PERSON",
  "PARENT",
  "OFFICIAL",
];

/** Can a system be judged by this function? */
export const canBeSystem = (workerFunction: WorkerFunction): boolean => !FOR_PEOPLE.includes(workerFunction);
