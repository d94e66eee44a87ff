// Decides on a subject of a request: a person, or a household as all its members at once.

import type { Outcome, Purpose } from "../../shared/kernel/codes";
import type { PlainDate } from "../../shared/kernel/plain-date";
import type { Requester, Subject } from "../../shared/kernel/requester";
import type { FamilyRecord } from "../../shared/database/family-records";
import type { Decider } from "./decide";
import type { Decision } from "./explain";
import { categoryNumber, type Resource } from "./facts";
import {
  areKnown,
  factsOfStranger,
  reduceCategory,
  reducePerson,
  togetherOf,
  type FactsInput,
  type Holder,
  type ReducedPerson,
} from "./reduce-facts";

export type { Holder } from "./reduce-facts";

/** People of records, reduced, by the code of the holder and then by id. */
export type ReducedPeople = WeakMap<FamilyRecord, Map<string, Map<string, ReducedPerson>>>;

/** What is asked of one holder about one subject. */
export interface SubjectQuestion {
  readonly decider: Decider;
  readonly requester: Requester;
  readonly purpose: Purpose;
  /** The family of the subject, or undefined when the hub has none. */
  readonly record: FamilyRecord | undefined;
  readonly subject: Subject;
  readonly holder: Holder;
  readonly category: Resource;
  readonly today: PlainDate;
  readonly unreviewedEmergency: boolean;
  readonly readBefore: boolean;
  /** What was reduced before by the same requester for the same purpose, out of the same records; it is added to. */
  readonly reduced?: ReducedPeople;
}

const STRICTNESS: Readonly<Record<Outcome, number>> = { PERMIT: 0, HOLD: 1, DENY: 2 };

/** The strictest of some decisions: DENY over HOLD over PERMIT, then the lowest order. Undefined for none. */
export function strictest(decisions: readonly Decision[]): Decision | undefined {
  let found: Decision | undefined;
  for (const one of decisions) {
    if (found === undefined) found = one;
    const by = STRICTNESS[one.outcome] - STRICTNESS[found.outcome];
    if (by > 0 || (by === 0 && one.order < found.order)) found = one;
  }
  return found;
}

/**
 * The decision on one subject, holder and category. A household's is the strictest over its members: what is about
 * all of them is as closed as for each. A subject that is not in the record, and a household without members, is
 * decided on as for someone who has no relation.
 */
export function decideSubject(question: SubjectQuestion): Decision {
  const { decider, record, subject } = question;
  if (!areKnown(question)) return decider.unknownKind;
  const people = peopleOf(question);
  if (subject.type === "Person") return decideOn(question, people, subject.id);
  const members = record?.id === subject.id ? record.members : [];
  return (
    strictest(members.map((one) => decideOn(question, people, one.id))) ??
    decider.decide(factsOfStranger(question))
  );
}

/** The decision on one person, who may be a member of the household that was asked about. */
function decideOn(
  question: SubjectQuestion,
  people: Map<string, ReducedPerson> | undefined,
  personId: string,
): Decision {
  let person = people?.get(personId);
  if (!person) {
    person = reducePerson(question, personId);
    people?.set(personId, person);
  }
  const { known } = person;
  if (!known) return question.decider.decide(factsOfStranger(question));
  const byCategory = reduceCategory(question, known);
  return question.decider.decideNumbered(known.number + categoryNumber(byCategory), () =>
    togetherOf(known.facts, byCategory),
  );
}

/** The decision about something in particular, or about nobody, for someone who has no relation to it. */
export const decideForStranger = (
  decider: Decider,
  asked: Pick<FactsInput, "requester" | "purpose" | "holder" | "category">,
): Decision => (areKnown(asked) ? decider.decide(factsOfStranger(asked)) : decider.unknownKind);

/** Who was reduced before out of this record for this holder: a person of two households is reduced for each of them. */
function peopleOf({ record, holder, reduced }: SubjectQuestion): Map<string, ReducedPerson> | undefined {
  if (!reduced || !record) return undefined;
  const holders = reduced.get(record) ?? new Map<string, Map<string, ReducedPerson>>();
  reduced.set(record, holders);
  const people = holders.get(holder.code) ?? new Map<string, ReducedPerson>();
  holders.set(holder.code, people);
  return people;
}
