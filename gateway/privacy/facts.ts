// What the rules know of a request: a small, closed set of finite facts. Ids, dates and names never get this far.

import {
  AgeBand,
  Category,
  ConsentState,
  EmergencyState,
  Exchange,
  FamilyRole,
  Framework,
  HOLDER_KINDS,
  HubResource,
  MeasureBearing,
  OrganisationKind,
  Purpose,
  Relation,
  WorkerFunction,
  type HolderKind,
} from "../../shared/kernel/codes";
import type { KnownKind } from "../../shared/kernel/member-kinds";

/** What can be decided on: a kind of information about people, or something of the hub itself. */
export type Resource = Category | HubResource;

/** The facts of one decision. The Cedar schema lists the same, a test compares. */
export interface Facts {
  readonly requesterKind: KnownKind;
  readonly requesterFunction: WorkerFunction;
  readonly holderKind: HolderKind;
  readonly sameOrganisation: boolean;
  /** Also true for one and the same organisation. */
  readonly sameLegalEntity: boolean;
  readonly category: Resource;
  readonly purpose: Purpose;
  readonly subjectRole: FamilyRole;
  readonly ageBand: AgeBand;
  /** COMPULSORY when a measure is in force on the subject, or on a child of this parent. */
  readonly framework: Framework;
  /** The requester's organisation guides under pressure; never beside COMPULSORY. */
  readonly drang: boolean;
  /** How a measure in force that the requester's organisation executes bears on the subject. */
  readonly measureByRequester: MeasureBearing;
  /** The holder executes a measure in force on the subject, or on a child of this parent. */
  readonly measureByHolder: boolean;
  /** An examination of the kind that goes with the purpose is open at the requester's organisation. */
  readonly investigation: boolean;
  /** ABSENT within one organisation and for the hub's registers: no consent is looked at there. */
  readonly consent: ConsentState;
  /** Everyone who had to consent did so explicitly; false unless consent is GIVEN. */
  readonly consentExplicit: boolean;
  readonly relation: Relation;
  /** For a reviewer: worked with this family in another role, or read about it before. False for every other function. */
  readonly earlierInvolvement: boolean;
  /** The family takes part in the pilot (deelname): a key to nothing by itself. */
  readonly participation: boolean;
  /** The holder is the organisation of the other member of the requester's duo. */
  readonly duoPartner: boolean;
  /** What is under way between holder and requester for this purpose. */
  readonly exchange: Exchange;
  readonly emergency: EmergencyState;
  /** The holder granted disclosure of this category about this subject to the requester's organisation, for this purpose. */
  readonly disclosure: boolean;
}

const BOTH = [false, true] as const;
const codes = <T extends Record<string, string>>(list: T) => Object.keys(list) as (keyof T & string)[];

/** Every value that each fact can have; with this every combination can be visited. */
export const FACT_VALUES: { readonly [Name in keyof Facts]: readonly Facts[Name][] } = Object.freeze({
  requesterKind: codes(OrganisationKind).filter((kind) => kind !== "OTHER"),
  requesterFunction: codes(WorkerFunction),
  holderKind: HOLDER_KINDS,
  sameOrganisation: BOTH,
  sameLegalEntity: BOTH,
  category: [...codes(Category), ...codes(HubResource)],
  purpose: codes(Purpose),
  subjectRole: codes(FamilyRole),
  ageBand: codes(AgeBand),
  framework: codes(Framework),
  drang: BOTH,
  measureByRequester: codes(MeasureBearing),
  measureByHolder: BOTH,
  investigation: BOTH,
  consent: codes(ConsentState),
  consentExplicit: BOTH,
  relation: codes(Relation),
  earlierInvolvement: BOTH,
  participation: BOTH,
  duoPartner: BOTH,
  exchange: codes(Exchange),
  emergency: codes(EmergencyState),
  disclosure: BOTH,
});

/** The names of the facts, in a fixed order. */
export const FACT_NAMES = Object.freeze(Object.keys(FACT_VALUES) as (keyof Facts)[]);

/** The facts that depend on the category that is asked; all others are the same for a person and a holder. */
const CATEGORY_FACTS = ["category", "consent", "consentExplicit", "exchange", "disclosure"] as const;
export type CategoryFacts = Pick<Facts, (typeof CATEGORY_FACTS)[number]>;
export type CommonFacts = Omit<Facts, keyof CategoryFacts>;

// The place of each value in the list of its fact: the digits of a number with a base per fact.
const DIGITS = FACT_NAMES.map((name, position) => ({
  name,
  base: FACT_VALUES[name].length,
  weight: FACT_NAMES.slice(position + 1).reduce((product, one) => product * FACT_VALUES[one].length, 1),
  places: new Map<unknown, number>(FACT_VALUES[name].map((value, place) => [value, place])),
}));
const isCategoryFact = (name: keyof Facts): boolean => CATEGORY_FACTS.some((one) => one === name);
const CATEGORY_DIGITS = DIGITS.filter(({ name }) => isCategoryFact(name));
const COMMON_DIGITS = DIGITS.filter(({ name }) => !isCategoryFact(name));

/** How many combinations of facts there are; MUST stay a safe integer, so that each has a number of its own. */
export const COMBINATIONS = DIGITS.reduce((product, { base }) => product * base, 1);

/**
 * The number of a combination, 0 to COMBINATIONS - 1: equal facts, and only those, have equal numbers.
 * Throws a RangeError that names the fact when a value is not one of its list: nothing outside the set is decided on.
 */
export const factsNumber = (facts: Facts): number => commonNumber(facts) + categoryNumber(facts);

/** What the facts that do not depend on a category add to the number of a combination; throws as `factsNumber` does. */
export const commonNumber = (facts: CommonFacts): number => sumOf(COMMON_DIGITS, facts);

/** What the facts that depend on the category add to it; throws as `factsNumber` does. */
export const categoryNumber = (facts: CategoryFacts): number => sumOf(CATEGORY_DIGITS, facts);

function sumOf(digits: typeof DIGITS, facts: Partial<Facts>): number {
  let number = 0;
  for (const { name, weight, places } of digits) {
    const place = places.get(facts[name]);
    if (place === undefined) throw new RangeError(`The fact ${name} has a value outside its list.`);
    number += place * weight;
  }
  return number;
}

/** The combination with this number. */
export function factsOfNumber(number: number): Facts {
  const facts: Record<string, unknown> = {};
  let rest = number;
  for (const { name, base } of DIGITS.toReversed()) {
    facts[name] = FACT_VALUES[name][rest % base];
    rest = Math.floor(rest / base);
  }
  return facts as unknown as Facts;
}
