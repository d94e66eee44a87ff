// Makes up who works where: workers and their teams, assignments, emergencies, and what reviewers read before.

import type { WorkerFunction } from "../../../shared/kernel/codes";
import type { Organisation } from "../../../shared/region/region";
import type { Asker, AssignmentRow, EmergencyRow, LogEntryRow, TeamMemberRow } from "../../oracle/world";
import type { Chance } from "./chance";
import { dayFrom, momentFrom, termOf, uuidOf, type Present } from "./moments";

/** In which functions an organisation of a kind employs people; one that no rule names, in none that asks. */
const FUNCTIONS: Readonly<Record<string, readonly WorkerFunction[]>> = {
  LOCAL_TEAM: ["WORKER", "WORKER", "WORKER", "DUO_MEMBER", "PRIVACY_OFFICER"],
  SAFE_HOME: ["ASSESSOR", "ASSESSOR", "ASSESSOR", "ADVISOR", "DUO_MEMBER"],
  CERTIFIED_AGENCY: [
    "GUARDIAN",
    "GUARDIAN",
    "VOLUNTARY_WORKER",
    "VOLUNTARY_WORKER",
    "PROBATION_OFFICER",
    "DUO_MEMBER",
  ],
  CHILD_PROTECTION_BOARD: ["INVESTIGATOR", "INVESTIGATOR", "DUO_MEMBER", "REVIEWER"],
};

/** Somebody who can ask in one of some functions. */
export interface Worker {
  readonly id: string;
  readonly organisation: Organisation;
  readonly functions: readonly WorkerFunction[];
}

const TEAMS = ["north", "south"];
/** Workers of each organisation in a world. */
const WORKERS = 5;

/**
 * The workers of a world. One id is used by every organisation: employers number their own people. A reviewer asks in no
 * other function, so that nothing that is asked here becomes an earlier reading.
 */
export function makeWorkers(world: number, organisations: readonly Organisation[]): Worker[] {
  return organisations.flatMap((organisation) => {
    const functions = FUNCTIONS[organisation.kind] ?? [];
    if (functions.length === 0) return [];
    const others = functions.filter((one) => one !== "REVIEWER");
    const ids = Array.from({ length: WORKERS - 1 }, (_, number) => `${organisation.code}.${world}-${number}`);
    const workers = [...ids, `shared.${world}`].map((id) => ({ id, organisation, functions: others }));
    const reviewers = ids.map((id) => ({ id: `${id}-r`, organisation, functions: ["REVIEWER"] as const }));
    return functions.includes("REVIEWER") ? [...workers, ...reviewers.slice(0, 2)] : workers;
  });
}

/** The worker as the token says, in one of the functions. */
export function askerOf({ id, organisation }: Worker, workerFunction: WorkerFunction): Asker {
  const { code, kind, legalEntity } = organisation;
  return { worker: id, organisation: code, kind, legalEntity, workerFunction };
}

/** Who belongs to which team, of this world alone. */
export function makeTeams(
  chance: Chance,
  present: Present,
  world: number,
  workers: readonly Worker[],
): TeamMemberRow[] {
  return chance.some(workers, 60).map(({ id, organisation }) => {
    const { from, until } = termOf(chance, present);
    const isEnded = chance.percent(10);
    return {
      id: uuidOf(chance),
      organisation: organisation.code,
      team: `${chance.pick(TEAMS)}-${world}`,
      workerId: id,
      fromOn: from,
      untilOn: until,
      endedAt: isEnded ? momentFrom(present, -2) : null,
      endedBy: isEnded ? "someone" : null,
      recordedBy: "someone",
    };
  });
}

/** Assignments to a family: of workers, whole teams and duos. */
export function makeAssignments(
  chance: Chance,
  present: Present,
  world: number,
  familyId: string,
  workers: readonly Worker[],
): AssignmentRow[] {
  const made = (
    { id, organisation }: Worker,
    relation: AssignmentRow["relation"],
    ofTeam = false,
  ): AssignmentRow => {
    const { from, until } = termOf(chance, present, relation !== "ASSIGNED");
    return {
      id: uuidOf(chance),
      familyId,
      organisation: organisation.code,
      workerId: ofTeam ? null : id,
      relation,
      team: ofTeam || chance.percent(20) ? `${chance.pick(TEAMS)}-${world}` : null,
      fromOn: from,
      untilOn: until,
      endedAt: chance.percent(6) ? momentFrom(present, -3) : null,
    };
  };
  const alone = chance.some(workers, 22).map((worker) =>
    made(
      worker,
      chance.weighted([
        [6, "ASSIGNED"],
        [2, "STAND_IN"],
        [1, "DUO"],
      ] as const),
    ),
  );
  const teams = chance.some(workers, 5).map((worker) => made(worker, "ASSIGNED", true));
  const duo = chance.percent(50)
    ? chance
        .shuffled(workers)
        .slice(0, 3)
        .map((worker) => made(worker, "DUO"))
    : [];
  return [...alone, ...teams, ...duo];
}

/** Who can declare an emergency. */
const DECLARING: readonly WorkerFunction[] = ["WORKER", "ASSESSOR", "GUARDIAN", "INVESTIGATOR"];

/** Emergencies: running, over, reviewed or not; of each worker at most one that waits for its review. */
export function makeEmergencies(
  chance: Chance,
  present: Present,
  workers: readonly Worker[],
  familyIds: readonly string[],
): EmergencyRow[] {
  return workers.flatMap((worker): EmergencyRow[] => {
    const workerFunction = worker.functions.find((one) => DECLARING.includes(one));
    if (workerFunction === undefined || chance.percent(35)) return [];
    let mayWait = true;
    return chance
      .shuffled(familyIds)
      .slice(0, chance.whole(1, 4))
      .map((familyId) => {
        const isRunning = chance.percent(60);
        const waits = mayWait && chance.percent(60);
        if (waits) mayWait = false;
        return {
          id: uuidOf(chance),
          familyId,
          organisation: worker.organisation.code,
          workerId: worker.id,
          workerFunction,
          reason: "A reason of twenty characters or more.",
          withHealth: chance.percent(50),
          declaredAt: momentFrom(present, isRunning ? -0.5 : -50),
          // Long enough for any number of operations.
          endsAt: momentFrom(present, isRunning ? 24 : -40),
          reviewDueOn: dayFrom(present, 2),
          reviewedAt: waits ? null : momentFrom(present, -0.1),
          reviewedBy: waits ? null : "somebody-else",
          reviewOutcome: waits ? null : chance.percent(80) ? "JUSTIFIED" : "NOT_JUSTIFIED",
        };
      });
  });
}

/** What reviewers were given, or were not given, about families before, in this function or another. */
export function makeLogEntries(
  chance: Chance,
  workers: readonly Worker[],
  familyIds: readonly string[],
): LogEntryRow[] {
  const reviewers = workers.filter((one) => one.functions.includes("REVIEWER"));
  return reviewers.flatMap((reviewer) =>
    chance.some(familyIds, 15).map((familyId): LogEntryRow => {
      const outcome = chance.pick(["DELIVERED", "PARTIAL", "WITHHELD", "REFUSED"] as const);
      const gave = outcome === "DELIVERED" || outcome === "PARTIAL";
      const workerFunction = chance.pick(["INVESTIGATOR", "INVESTIGATOR", "REVIEWER"] as const);
      return {
        id: uuidOf(chance),
        traceId: "0af7651916cd43dd8448eb211c80319c",
        act: "READ",
        outcome,
        operation: "view",
        worker: reviewer.id,
        organisation: chance.percent(90) ? reviewer.organisation.code : "wss",
        workerFunction,
        purpose: workerFunction === "REVIEWER" ? "INDEPENDENT_REVIEW" : "INVESTIGATION",
        subjectType: "FAMILY",
        subjectId: familyId,
        familyId,
        source: "lokalis",
        categoriesDelivered: gave ? ["CARE_PLAN"] : [],
        categoriesWithheld: gave ? [] : ["CARE_PLAN"],
        rules: [],
      };
    }),
  );
}
