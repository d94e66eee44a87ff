// Makes up a world: some dozens of families and the people who work with them. Equal seeds make equal worlds.

import type { Organisation } from "../../../shared/region/region";
import type { SecondHouseholdRow, World, WorldRows } from "../../oracle/world";
import { chanceOf, type Chance } from "./chance";
import { makeConsents } from "./make-consents";
import {
  makeDisclosures,
  makeInvestigations,
  makeMeasures,
  makeMeetings,
  makeParticipation,
  makeReferralChildren,
  makeReferralContent,
  makeReferrals,
} from "./make-facts";
import { makeAuthority, makeFamily, type MadeFamily } from "./make-family";
import {
  makeAssignments,
  makeEmergencies,
  makeLogEntries,
  makeTeams,
  makeWorkers,
  type Worker,
} from "./make-workers";
import { dayFrom, termOf, type Present } from "./moments";

/** Families in one world. */
export const FAMILIES_PER_WORLD = 40;

/** A world with the people who can ask. */
export interface MadeWorld {
  readonly world: World;
  readonly workers: readonly Worker[];
}

/** Children that also live with another family of the world, where somebody may have authority over them as well. */
function makeSecondHouseholds(chance: Chance, present: Present, families: readonly MadeFamily[]) {
  const authority = families.flatMap((one) => one.authority);
  const households: SecondHouseholdRow[] = [];
  for (const [index, { persons }] of families.entries()) {
    const child = persons.find((one) => one.role === "CHILD");
    const host = families[index + 1];
    if (!child || !host || !chance.percent(25)) continue;
    const { from, until } = termOf(chance, present);
    households.push({ personId: child.id, familyId: host.family.id, fromOn: from, untilOn: until });
    const isThere = from <= present.day && (until === null || until >= present.day);
    const parents = host.persons.filter((one) => one.role === "PARENT");
    if (isThere) authority.push(...makeAuthority(chance, parents, [child]));
  }
  return { authority, households };
}

/** Makes world number `number` of a seed. */
export function makeWorld(
  seed: string,
  number: number,
  present: Present,
  organisations: readonly Organisation[],
): MadeWorld {
  const chance = chanceOf(`${seed}/world/${number}`);
  const agencies = organisations.filter((one) => one.kind === "CERTIFIED_AGENCY").map((one) => one.code);
  const workers = makeWorkers(number, organisations);
  const families = Array.from({ length: FAMILIES_PER_WORLD }, (_, index) =>
    makeFamily(chance.part(index), present, `RND-${number}-${String(index).padStart(3, "0")}`, organisations),
  );
  const { authority, households } = makeSecondHouseholds(chance.part("second"), present, families);
  const of = <T>(name: string, make: (part: Chance, family: MadeFamily) => T[]): T[] =>
    families.flatMap((family, index) => make(chance.part(`${name}/${index}`), family));
  const ids = families.map((one) => one.family.id);
  const everybody = families.flatMap((one) => one.persons);
  const referral = of("referrals", (part, { family }) =>
    makeReferrals(part, present, family.id, organisations),
  );
  const rows: WorldRows = {
    family: families.map((one) => one.family),
    person: everybody,
    authority,
    involvement: families.flatMap((one) => one.involvement),
    personPseudonym: families.flatMap((one) => one.pseudonyms),
    assignment: of("assignments", (part, { family }) =>
      makeAssignments(part, present, number, family.id, workers),
    ),
    teamMember: makeTeams(chance.part("teams"), present, number, workers),
    consent: of("consents", (part, { persons }) =>
      makeConsents(part, present, persons, authority, organisations),
    ),
    measure: of("measures", (part, { persons }) => makeMeasures(part, present, persons, agencies)),
    investigation: of("investigations", (part, { family }) => makeInvestigations(part, present, family.id)),
    participation: of("participation", (part, { family }) => makeParticipation(part, present, family.id)),
    meeting: of("meetings", (part, { family }) => makeMeetings(part, present, family.id, organisations)),
    emergency: makeEmergencies(chance.part("emergencies"), present, workers, ids),
    disclosure: of("disclosures", (part, { family, persons }) =>
      makeDisclosures(part, present, family.id, persons, organisations),
    ),
    referral,
    referralChild: makeReferralChildren(chance.part("referral-children"), referral, everybody),
    referralContent: makeReferralContent(chance.part("referral-content"), referral, everybody),
    secondHousehold: households,
    logEntry: makeLogEntries(chance.part("log"), workers, ids),
  };
  return {
    world: { rows, day: dayFrom(present, 0), now: present.now.toISOString() },
    workers,
  };
}
