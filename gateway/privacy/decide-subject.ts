// Decides on a subject of a request: a person, or a household as all its members at once.

import type { Outcome, Purpose } from "../../shared/kernel/codes";
import type { PlainDate } from "../../shared/kernel/plain-date";
import type { Requester, Subject } from "../../shared/kernel/requester";
import type { FamilyRecord } from "../../shared/database/family-records";
import type { Decider } from "./decide";
import type { Decision } from "./explain";
import type { Resource } from "./facts";
import {
  areKnown,
  factsOfStranger,
  reduceFacts,
  reducePerson,
  type FactsInput,
  type Holder,
  type ReducedPerson,
} from "./reduce-facts";

export type { Holder } from "./reduce-facts";

/** People of records, reduced, by holder and id. */
export type ReducedPeople = WeakMap<FamilyRecord, Map<string, ReducedPerson>>;

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
  const decideOn = (subjectPersonId: string) => {
    const input = inputOf(question, subjectPersonId);
    return decider.decide(reduceFacts(input, personOf(input, question.reduced)));
  };
  if (subject.type === "Person") return decideOn(subject.id);
  const members = record?.id === subject.id ? record.members : [];
  return strictest(members.map((one) => decideOn(one.id))) ?? decider.decide(factsOfStranger(question));
}

/** The decision about something in particular, or about nobody, for someone who has no relation to it. */
export const decideForStranger = (
  decider: Decider,
  asked: Pick<FactsInput, "requester" | "purpose" | "holder" | "category">,
): Decision => (areKnown(asked) ? decider.decide(factsOfStranger(asked)) : decider.unknownKind);

function inputOf(question: SubjectQuestion, subjectPersonId: string): FactsInput {
  const { requester, purpose, record, subject, holder, category, today } = question;
  const { unreviewedEmergency, readBefore } = question;
  return {
    requester,
    purpose,
    record,
    subjectPersonId,
    subject,
    holder,
    category,
    today,
    unreviewedEmergency,
    readBefore,
  };
}

/** A person of two households is reduced for each of them. */
function personOf(input: FactsInput, reduced: ReducedPeople | undefined): ReducedPerson {
  const { record, subjectPersonId, holder } = input;
  if (!reduced || !record) return reducePerson(input);
  const people = reduced.get(record) ?? new Map<string, ReducedPerson>();
  reduced.set(record, people);
  const key = `${holder.code}|${subjectPersonId}`;
  const known = people.get(key);
  if (known) return known;
  const made = reducePerson(input);
  people.set(key, made);
  return made;
}
