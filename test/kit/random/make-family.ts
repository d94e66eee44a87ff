// Makes up a household: who belong to it, who has authority, which organisations know it and by which key.

import type { Organisation } from "../../../shared/region/region";
import type { AuthorityRow, FamilyRow, InvolvementRow, PersonRow, PseudonymRow } from "../../oracle/world";
import type { Chance } from "./chance";
import { dayFrom, termOf, type Present } from "./moments";

/** A household, before anything happened to it. */
export interface MadeFamily {
  readonly family: FamilyRow;
  readonly persons: readonly PersonRow[];
  readonly authority: readonly AuthorityRow[];
  readonly involvement: readonly InvolvementRow[];
  readonly pseudonyms: readonly PseudonymRow[];
}

/** Keys say whose they are, so that one that strays is seen: a case reference of an organisation. */
export const caseReferenceOf = (organisation: string, familyId: string): string =>
  `case~${organisation}~${familyId}`;
/** The pseudonym of a person at an organisation. */
export const pseudonymOf = (organisation: string, personId: string): string =>
  `name~${organisation}~${personId}`;

/** Birth dates by which somebody is of a band; `years` and a day more or less, where a band begins. */
function birthDateOf(chance: Chance, present: Present, least: number, most: number): string {
  const years = chance.whole(least, most - 1);
  const edge = chance.weighted([
    [6, -chance.whole(1, 364)],
    // Turns so old today, or tomorrow.
    [1, 0],
    [1, 1],
  ]);
  const birth = dayFrom(present, edge);
  const date = `${String(Number(birth.slice(0, 4)) - years).padStart(4, "0")}${birth.slice(4)}`;
  return date.endsWith("-02-29") ? `${date.slice(0, 5)}03-01` : date;
}

function childsBirth(chance: Chance, present: Present): string | null {
  return chance.weighted([
    [1, null],
    [0.5, dayFrom(present, chance.whole(1, 200))],
    [5, birthDateOf(chance, present, 0, 12)],
    [4, birthDateOf(chance, present, 12, 16)],
    [4, birthDateOf(chance, present, 16, 18)],
    [1, birthDateOf(chance, present, 18, 23)],
  ]);
}

function makePersons(chance: Chance, present: Present, familyId: string): PersonRow[] {
  const roles: PersonRow["role"][] = chance.percent(3)
    ? []
    : [
        ...Array.from(
          {
            length: chance.weighted([
              [0.3, 0],
              [4, 1],
              [5, 2],
              [0.5, 3],
            ]),
          },
          () => "PARENT" as const,
        ),
        ...Array.from(
          {
            length: chance.weighted([
              [5, 1],
              [3, 2],
              [1, 3],
            ]),
          },
          () => "CHILD" as const,
        ),
        ...(chance.percent(15) ? (["OTHER"] as const) : []),
      ];
  return roles.map((role, index) => ({
    id: `${familyId}-${index + 1}`,
    familyId,
    role,
    birthDate:
      role === "CHILD"
        ? childsBirth(chance, present)
        : chance.percent(10)
          ? null
          : birthDateOf(chance, present, 20, 60),
    able: chance.percent(90),
  }));
}

/** Authority of parents, and now and then of somebody else, over the children of a household. */
export function makeAuthority(
  chance: Chance,
  adults: readonly PersonRow[],
  children: readonly PersonRow[],
): AuthorityRow[] {
  return adults.flatMap((adult) =>
    children.flatMap((child): AuthorityRow[] => {
      const authority = chance.weighted([
        [adult.role === "PARENT" ? 14 : 0.5, "YES"],
        [adult.role === "PARENT" ? 2 : 0.5, "NO"],
        [1.5, "UNKNOWN"],
        [adult.role === "PARENT" ? 2.5 : 10, undefined],
      ] as const);
      if (authority === undefined || adult.id === child.id) return [];
      return [{ parentId: adult.id, childId: child.id, authority, since: null }];
    }),
  );
}

/** Makes up the household with this id. */
export function makeFamily(
  chance: Chance,
  present: Present,
  id: string,
  organisations: readonly Organisation[],
): MadeFamily {
  const isClosed = chance.percent(8);
  const persons = makePersons(chance, present, id);
  const adults = persons.filter((one) => one.role !== "CHILD");
  const children = persons.filter((one) => one.role === "CHILD");
  const known = chance.some(organisations, 75);
  return {
    family: {
      id,
      status: isClosed ? "CLOSED" : "OPEN",
      inflow: "SAVE",
      outcome: isClosed ? "MOVED" : null,
      openedOn: dayFrom(present, -500),
      closedOn: isClosed ? dayFrom(present, -20) : null,
    },
    persons,
    authority: makeAuthority(chance, adults, children),
    involvement: known.map(({ code }) => {
      const { from, until } = termOf(chance, present);
      return {
        familyId: id,
        organisation: code,
        caseReference: caseReferenceOf(code, id),
        beganOn: from,
        endedOn: until,
        drang: chance.percent(30),
      };
    }),
    pseudonyms: persons.flatMap((person) =>
      chance.some(organisations, 80).map(({ code }) => ({
        personId: person.id,
        organisation: code,
        pseudonym: pseudonymOf(code, person.id),
        keyVersion: 1,
      })),
    ),
  };
}
