// A household as the oracle sees it: its rows put together, and who belongs to it today.

import type { AuthorityRow, PersonRow, World, WorldRows } from "./world";

/** Rows that name a family. */
type OfFamily = Pick<
  WorldRows,
  | "involvement"
  | "assignment"
  | "investigation"
  | "participation"
  | "meeting"
  | "emergency"
  | "disclosure"
  | "referral"
>;
/** Rows that name a person. */
type OfPerson = Pick<WorldRows, "consent" | "measure">;

/** One household with all that is on record about it. */
export interface Household extends OfFamily, OfPerson {
  readonly id: string;
  /** Who live there, children with a second household here among them; in order of id. */
  readonly members: readonly PersonRow[];
  /** Of anyone over a member. */
  readonly authority: readonly AuthorityRow[];
}

/** Whom something is about. */
export interface About {
  readonly type: "Person" | "Family";
  readonly id: string;
}

/** Does a period hold on a day? The last day is included; no last day means that it goes on. */
export const holds = (day: string, first: string, last: string | null): boolean =>
  first <= day && (last ?? "9999-12-31") >= day;

/** The households of a world. */
export class Register {
  readonly world: World;
  readonly #households = new Map<string, Household>();
  readonly #persons: ReadonlyMap<string, PersonRow>;

  constructor(world: World) {
    this.world = world;
    this.#persons = new Map(world.rows.person.map((one) => [one.id, one]));
    for (const { id } of world.rows.family) this.#households.set(id, this.#read(id));
  }

  #read(id: string): Household {
    const { rows, day } = this.world;
    const staying = new Set(
      rows.secondHousehold
        .filter((one) => one.familyId === id && holds(day, one.fromOn, one.untilOn))
        .map((one) => one.personId),
    );
    const members = rows.person
      .filter((one) => one.familyId === id || staying.has(one.id))
      .toSorted((one, other) => (one.id < other.id ? -1 : 1));
    const isMember = new Set(members.map((one) => one.id));
    const ofFamily = <T extends { readonly familyId: string }>(list: readonly T[]): T[] =>
      list.filter((one) => one.familyId === id);
    const ofMembers = <T extends { readonly personId: string }>(list: readonly T[]): T[] =>
      list.filter((one) => isMember.has(one.personId));
    return {
      id,
      members,
      authority: rows.authority.filter((one) => isMember.has(one.childId)),
      involvement: ofFamily(rows.involvement),
      assignment: ofFamily(rows.assignment),
      investigation: ofFamily(rows.investigation),
      participation: ofFamily(rows.participation),
      meeting: ofFamily(rows.meeting),
      emergency: ofFamily(rows.emergency),
      disclosure: ofFamily(rows.disclosure),
      referral: ofFamily(rows.referral),
      consent: ofMembers(rows.consent),
      measure: ofMembers(rows.measure),
    };
  }

  /** All households, in order of id. */
  get households(): readonly Household[] {
    return [...this.#households.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  }

  /** The household with this id. */
  household(id: string): Household | undefined {
    return this.#households.get(id);
  }

  /** The person with this id, wherever. */
  person(id: string): PersonRow | undefined {
    return this.#persons.get(id);
  }

  /** Where somebody belongs today: the own household first, then a second one. */
  householdsOf(personId: string): Household[] {
    const own = this.person(personId)?.familyId;
    return this.households
      .filter((one) => one.members.some((member) => member.id === personId))
      .toSorted((one, other) => Number(other.id === own) - Number(one.id === own));
  }
}
