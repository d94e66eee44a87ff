// Chooses who asks, for what, and about which families: mostly somebody who has to do with them.

import type { Purpose, WorkerFunction } from "../../../shared/kernel/codes";
import type { Asker, World } from "../../oracle/world";
import type { Chance } from "./chance";
import type { KnownIds } from "./compose-arguments";
import { FAMILY } from "./make-consents";
import type { MadeWorld } from "./make-world";
import { askerOf, type Worker } from "./make-workers";

/** Somebody, a purpose and some families. */
export interface Chosen {
  readonly asker: Asker;
  readonly purpose: Purpose;
  readonly ids: KnownIds;
}

/** For what somebody in a function can ask; the door refuses everything else. */
const PURPOSES: Readonly<Record<WorkerFunction, readonly Purpose[]>> = {
  WORKER: ["CARE", "CARE", "CARE", "CONSULT", "REFERRAL", "ACUTE_SAFETY"],
  VOLUNTARY_WORKER: ["CARE", "CONSULT", "REFERRAL"],
  GUARDIAN: ["MEASURE_EXECUTION", "MEASURE_EXECUTION", "REFERRAL", "ACUTE_SAFETY"],
  PROBATION_OFFICER: ["MEASURE_EXECUTION"],
  DUO_MEMBER: ["CARE", "CARE", "REFERRAL"],
  ASSESSOR: ["SAFETY_ASSESSMENT", "SAFETY_ASSESSMENT", "INVESTIGATION", "REFERRAL", "ACUTE_SAFETY"],
  ADVISOR: ["CONSULT"],
  INVESTIGATOR: ["INVESTIGATION", "INVESTIGATION", "REFERRAL", "ACUTE_SAFETY"],
  REVIEWER: ["INDEPENDENT_REVIEW", "REFERRAL"],
  PRIVACY_OFFICER: ["OVERSIGHT"],
  OPERATOR: ["OVERSIGHT"],
  YOUNG_PERSON: ["SUBJECT_RIGHTS"],
  PARENT: ["SUBJECT_RIGHTS"],
  PROCESS_LEAD: ["OVERSIGHT"],
  POLICY_STAFF: ["OVERSIGHT"],
  // Police, court and inspectorate have no purpose in the hub, so nothing they ask gets past the door.
  OFFICIAL: [],
};

/** Those who belong to no family and to none of the organisations. */
const OUTSIDE: readonly Asker[] = [
  {
    worker: "hub.operator",
    organisation: "hub",
    kind: "HUB",
    legalEntity: "hub",
    workerFunction: "OPERATOR",
  },
  ...(["PROCESS_LEAD", "POLICY_STAFF"] as const).map((workerFunction) => ({
    worker: "municipality.someone",
    organisation: "municipality",
    kind: "MUNICIPALITY" as const,
    legalEntity: "municipality",
    workerFunction,
  })),
];

/** Ids of nobody, and what is no id. */
const NOBODY = ["RND-0-999", "RND-999-000-1", "OVV-06", "0", "", "nobody"];

/** Workers who have to do with a family, by an assignment, a team, an emergency or a referral, now or not. */
function workersOf({ world, workers }: MadeWorld, familyId: string): Worker[] {
  const { rows } = world;
  const assigned = rows.assignment.filter((one) => one.familyId === familyId);
  const emergencies = rows.emergency.filter((one) => one.familyId === familyId);
  const referrals = rows.referral.filter((one) => one.familyId === familyId);
  const isIn = ({ id, organisation }: Worker, team: string | null): boolean =>
    rows.teamMember.some(
      (one) => one.team === team && one.workerId === id && one.organisation === organisation.code,
    );
  return workers.flatMap((worker) => {
    const { id, organisation } = worker;
    const here = (one: { readonly organisation: string }): boolean => one.organisation === organisation.code;
    const found = [
      ...assigned.filter(
        (one) => here(one) && (one.workerId === id || (one.workerId === null && isIn(worker, one.team))),
      ),
      ...emergencies.filter((one) => here(one) && one.workerId === id),
      ...(referrals.some((one) => one.receiverOrganisation === organisation.code) && id.endsWith("-0")
        ? [id]
        : []),
    ];
    return found.length > 0 ? [worker] : [];
  });
}

/** A member of a family, in one of the two functions in which members ask. */
function memberOf(chance: Chance, { rows }: World, familyId: string): Asker {
  const members = rows.person.filter((one) => one.familyId === familyId);
  const [somebody] = chance.shuffled(members);
  const usual: WorkerFunction = somebody?.role === "PARENT" ? "PARENT" : "YOUNG_PERSON";
  return {
    worker: somebody?.id ?? "RND-0-999-1",
    organisation: FAMILY,
    kind: "FAMILY",
    legalEntity: FAMILY,
    workerFunction: chance.percent(92) ? usual : chance.pick(["PARENT", "YOUNG_PERSON"] as const),
  };
}

/** The purpose of an emergency, or any other that is open. */
function purposeFor(chance: Chance, { rows }: World, asker: Asker, familyIds: readonly string[]): Purpose {
  const purposes = PURPOSES[asker.workerFunction];
  const declared = rows.emergency.some(
    (one) =>
      one.workerId === asker.worker &&
      one.organisation === asker.organisation &&
      (familyIds.includes(one.familyId) || one.reviewedAt === null),
  );
  return declared && purposes.includes("ACUTE_SAFETY") && chance.percent(45)
    ? "ACUTE_SAFETY"
    : chance.pick(purposes);
}

/** Somebody who asks about some families, whether or not they have to do with each other. */
function anybody(chance: Chance, made: MadeWorld): Chosen {
  const { world, workers } = made;
  const all = world.rows.family.map((one) => one.id);
  const families = chance.shuffled(all).slice(0, chance.whole(1, 3));
  const [first = ""] = families;
  const near = workersOf(made, first);
  const anyone = near.length > 0 && chance.percent(92) ? near : workers;
  const asker = chance.weighted<() => Asker>([
    [
      80,
      () => {
        const worker = chance.pick(anyone);
        return askerOf(worker, chance.pick(worker.functions));
      },
    ],
    [17, () => memberOf(chance, world, first)],
    [3, () => chance.pick(OUTSIDE)],
  ])();
  const persons = world.rows.person.map((one) => one.id);
  return {
    asker,
    purpose: purposeFor(chance, world, asker, families),
    ids: {
      families,
      others: [...NOBODY, ...chance.shuffled(all).slice(0, 3), ...chance.shuffled(persons).slice(0, 2)],
    },
  };
}

/** Of a hundred, how many are looked for until one of the families is open to who asks: behind it lies all the rest. */
const OPEN_SHARE = 85;
/** How long is looked. */
const MOST_LOOKS = 12;

/** Chooses; `isOpen` says whether a family is open to somebody. */
export function chooseAsker(
  chance: Chance,
  made: MadeWorld,
  isOpen: (asker: Asker, purpose: Purpose, familyId: string) => boolean,
): Chosen {
  const looks = chance.percent(OPEN_SHARE) ? MOST_LOOKS : 0;
  for (let look = 0; look < looks; look++) {
    const chosen = anybody(chance.part(look), made);
    const { asker, purpose, ids } = chosen;
    if (asker.kind === "FAMILY") return chosen;
    const open = ids.families.filter((id) => isOpen(asker, purpose, id));
    // An open one is asked more often than the others.
    if (open.length > 0) return { ...chosen, ids: { ...ids, families: [...ids.families, ...open, ...open] } };
  }
  return anybody(chance.part("any"), made);
}
