// What the rules know of a request: a small, closed set of finite facts. Ids, dates and names never get this far.

import {
  AgeBand,
  Category,
  ConsentState,
  FamilyRole,
  Framework,
  MeasureBearing,
  OrganisationKind,
  Purpose,
  Relation,
  WorkerFunction,
} from "../../shared/kernel/codes";

/** The facts of one decision. The Cedar schema lists the same, a test compares. */
export interface Facts {
  readonly requesterKind: OrganisationKind;
  readonly requesterFunction: WorkerFunction;
  readonly holderKind: OrganisationKind;
  readonly sameOrganisation: boolean;
  /** Also true for one and the same organisation. */
  readonly sameLegalEntity: boolean;
  readonly category: Category;
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
  /** For a reviewer: worked with this family in another role. False for every other function. */
  readonly earlierInvolvement: boolean;
}

const BOTH = [false, true] as const;
const codes = <T extends Record<string, string>>(list: T) => Object.keys(list) as (keyof T & string)[];

/** Every value that each fact can have; with this every combination can be visited. */
export const FACT_VALUES: { readonly [Name in keyof Facts]: readonly Facts[Name][] } = Object.freeze({
  requesterKind: codes(OrganisationKind),
  requesterFunction: codes(WorkerFunction),
  holderKind: codes(OrganisationKind),
  sameOrganisation: BOTH,
  sameLegalEntity: BOTH,
  category: codes(Category),
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
});

/** The names of the facts, in a fixed order. */
export const FACT_NAMES = Object.freeze(Object.keys(FACT_VALUES) as (keyof Facts)[]);

/**
 * One string per combination of facts: equal facts, and only those, have equal keys.
 * Written out, because it is made for every decision; a test changes each fact and compares.
 */
export function factsKey(facts: Facts): string {
  const f = facts;
  return (
    `${f.requesterKind},${f.requesterFunction},${f.holderKind},${f.category},${f.purpose},${f.subjectRole},` +
    `${f.ageBand},${f.framework},${f.measureByRequester},${f.consent},${f.relation},` +
    `${f.sameOrganisation},${f.sameLegalEntity},${f.drang},${f.measureByHolder},${f.investigation},` +
    `${f.consentExplicit},${f.earlierInvolvement}`
  );
}

/** Throws a RangeError that names the fact when a value is not one of its list: nothing outside the set is decided on. */
export function checkFacts(facts: Facts): void {
  for (const name of FACT_NAMES) {
    const values: readonly unknown[] = FACT_VALUES[name];
    if (!values.includes(facts[name])) throw new RangeError(`The fact ${name} has a value outside its list.`);
  }
}
