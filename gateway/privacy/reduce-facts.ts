// Reduces a requester, a purpose and the dated records of a family to the facts of one decision. Pure.

import {
  Category,
  isCode,
  type OrganisationKind,
  type Purpose,
  type Relation,
} from "../../shared/kernel/codes";
import type { MemberKind } from "../../shared/kernel/member-kinds";
import type { PlainDate } from "../../shared/kernel/plain-date";
import type { Requester, Subject } from "../../shared/kernel/requester";
import type { FamilyRecord, PersonRecord } from "../../shared/database/family-records";
import { ageBandOn } from "../../shared/kernel/age-band";
import { consentState, type ConsentAnswer } from "./consent-state";
import { exchangeOf } from "./exchange-facts";
import { commonNumber, type CategoryFacts, type CommonFacts, type Facts, type Resource } from "./facts";
import {
  drangAt,
  earlierInvolvementOf,
  emergencyStateOf,
  hasOpenExamination,
  isDuoPartner,
  participatesOn,
  relationOf,
} from "./involvement-facts";
import { compulsoryFor, EXECUTED_MEASURES, measureBearing, measuresOf } from "./measure-facts";

/** Who holds the data: an organisation of the region, or the hub. Only its code, kind and legal entity matter to the rules. */
export interface Holder {
  readonly code: string;
  readonly kind: MemberKind;
  readonly legalEntity: string;
  /** Who holds it after a day: the organisation that continues the work of this one. */
  readonly after?: { readonly day: PlainDate; readonly holder: Holder };
}

/** Who holds it on a day. */
export const holderOn = (holder: Holder, day: PlainDate): Holder =>
  holder.after !== undefined && day > holder.after.day ? holder.after.holder : holder;

interface AskerAndHolder {
  readonly requester: Pick<Requester, "kind">;
  readonly holder: Pick<Holder, "kind">;
}

/** Do the rules know the kinds of who asks and who holds? Without that there are no facts, and all stays closed. */
export const areKnown = ({ requester, holder }: AskerAndHolder): boolean =>
  requester.kind !== "OTHER" && holder.kind !== "OTHER";

/** A kind as a fact; throws a RangeError for one that the rules do not know: nothing outside the lists is decided on. */
export function asFact<Kind extends OrganisationKind>(kind: Kind): Exclude<Kind, "OTHER"> {
  if (kind === "OTHER") throw new RangeError("The rules do not know this kind of organisation.");
  return kind as Exclude<Kind, "OTHER">;
}

/** The hub as holder of its own registers. */
export const HUB_HOLDER: Holder = Object.freeze({ code: "hub", kind: "HUB", legalEntity: "hub" });

/** What is reduced to facts. `record` is undefined for a family that the hub does not have. */
export interface FactsInput {
  readonly requester: Requester;
  readonly purpose: Purpose;
  readonly record: FamilyRecord | undefined;
  readonly subjectPersonId: string;
  /** What was asked about: the person, or the household that the person is a member of. */
  readonly subject: Subject;
  readonly holder: Holder;
  readonly category: Resource;
  readonly today: PlainDate;
  /** An emergency of this requester, for whichever family, ended and was not reviewed. */
  readonly unreviewedEmergency: boolean;
  /** The requester was given something about this family before, in another function than reviewer. */
  readonly readBefore: boolean;
}

const NO_CONSENT: ConsentAnswer = { state: "ABSENT", explicit: false };

/** Who asks whom, for what and when: what does not depend on the person or the category. */
export type Between = Omit<FactsInput, "category" | "subject" | "subjectPersonId">;

/** Somebody of a family with which the requester has a relation. */
export interface KnownPerson {
  readonly record: FamilyRecord;
  readonly subject: PersonRecord;
  readonly facts: CommonFacts;
  /** What these facts add to the number of a combination. */
  readonly number: number;
}

/** What is the same for everything that is asked of one holder about one person. */
export interface ReducedPerson {
  /** Undefined for a stranger to the family, or a family that is not there. */
  readonly known: KnownPerson | undefined;
}

const STRANGER: ReducedPerson = Object.freeze({ known: undefined });

/**
 * Reduces what does not depend on the category, so that it is done once for a person and a holder.
 * For a family that is not there, and for one with which the requester has no relation, it is the same:
 * nothing of a family's records reaches a decision for a stranger.
 */
export function reducePerson(input: Between, personId: string): ReducedPerson {
  const { requester, purpose, record, holder, today } = input;
  const subject = record?.members.find((one) => one.id === personId);
  if (record === undefined || subject === undefined) return STRANGER;
  const relation = relationOf(record, subject, requester, purpose, today);
  if (relation === "NONE") return STRANGER;
  const compulsory = compulsoryFor(record, subject, today);
  const byHolder = measureBearing(record, subject, holder.code, EXECUTED_MEASURES, today);
  const facts = {
    subjectRole: subject.role,
    ageBand: ageBandOn(subject, today),
    framework: compulsory ? ("COMPULSORY" as const) : ("VOLUNTARY" as const),
    drang: !compulsory && drangAt(record, requester.organisation, today),
    measureByRequester: measureBearing(
      record,
      subject,
      requester.organisation,
      measuresOf(requester.workerFunction),
      today,
    ),
    measureByHolder: byHolder !== "NONE" && byHolder !== "SIBLING",
    investigation: hasOpenExamination(record, requester.organisation, purpose, today),
    relation,
    earlierInvolvement: earlierInvolvementOf(record, requester, input.readBefore, today),
    participation: participatesOn(record, today),
    duoPartner: isDuoPartner(record, requester, holder.code, today),
    emergency: emergencyStateOf(record, requester, input.unreviewedEmergency),
    // Last on purpose: with the spread first, V8 takes some 25 µs for this object, else under one.
    ...requestOf(requester, purpose, holder),
  };
  return { known: { record, subject, facts, number: commonNumber(facts) } };
}

/** The facts of one decision about one person. */
export function reduceFacts(input: FactsInput): Facts {
  const { known } = reducePerson(input, input.subjectPersonId);
  return known ? togetherOf(known.facts, reduceCategory(input, known)) : factsOfStranger(input);
}

/** The facts that depend on the category asked, about somebody who was reduced. */
export function reduceCategory(
  input: Between & Pick<FactsInput, "category" | "subject">,
  { record, subject, facts }: KnownPerson,
): CategoryFacts {
  const consent = consentBetween(input, record, subject);
  return {
    category: input.category,
    consent: consent.state,
    consentExplicit: consent.explicit,
    exchange: exchangeBetween(input, facts.relation, record, subject),
    disclosure: isDisclosed(input, record),
  };
}

/** All facts of a decision. */
export const togetherOf = (common: CommonFacts, byCategory: CategoryFacts): Facts => ({
  ...common,
  ...byCategory,
});

/** The facts of someone who has no relation to the family, whether it exists or not. */
export function factsOfStranger({
  requester,
  purpose,
  holder,
  category,
}: Pick<FactsInput, "requester" | "purpose" | "holder" | "category">): Facts {
  return {
    subjectRole: "OTHER",
    ageBand: "ADULT",
    framework: "VOLUNTARY",
    drang: false,
    measureByRequester: "NONE",
    measureByHolder: false,
    investigation: false,
    consent: "ABSENT",
    consentExplicit: false,
    relation: "NONE",
    earlierInvolvement: false,
    participation: false,
    duoPartner: false,
    exchange: "NONE",
    emergency: "NONE",
    disclosure: false,
    category,
    ...requestOf(requester, purpose, holder),
  };
}

/**
 * Was exactly this granted: the subject asked about, the category, to this organisation, for this purpose? A member of
 * the family has no colleagues: what was granted to one is not the others'.
 */
function isDisclosed(
  {
    requester,
    purpose,
    holder,
    category,
    subject,
    today,
  }: Between & Pick<FactsInput, "category" | "subject">,
  record: FamilyRecord,
) {
  if (record.disclosures.length === 0) return false;
  const personId = subject.type === "Person" ? subject.id : null;
  return record.disclosures.some(
    (one) =>
      one.personId === personId &&
      (one.holder as string) === holder.code &&
      one.recipient === requester.organisation &&
      (requester.kind !== "FAMILY" || one.recipientWorker === requester.worker) &&
      one.purpose === purpose &&
      one.categories.some((granted) => granted === category) &&
      today <= one.grantedUntil,
  );
}

function exchangeBetween(
  { requester, purpose, holder, category, today }: Between & Pick<FactsInput, "category">,
  relation: Relation,
  record: FamilyRecord,
  { id: personId }: PersonRecord,
) {
  const { organisation: recipient } = requester;
  return exchangeOf(record, { holder: holder.code, recipient, purpose, personId, category, relation }, today);
}

/** The facts that depend on neither family nor category. */
function requestOf(requester: Requester, purpose: Purpose, holder: Holder) {
  return {
    requesterKind: asFact(requester.kind),
    requesterFunction: requester.workerFunction,
    holderKind: asFact(holder.kind),
    sameOrganisation: requester.organisation === holder.code,
    sameLegalEntity: requester.legalEntity === holder.legalEntity,
    purpose,
  };
}

/** Consent lifts confidentiality between two organisations; within one, and for the hub's registers, none is looked at. */
function consentBetween(
  input: Between & Pick<FactsInput, "category">,
  record: FamilyRecord,
  subject: PersonRecord,
): ConsentAnswer {
  const { requester, purpose, holder, category, today } = input;
  if (holder.kind === "HUB" || holder.code === requester.organisation) return NO_CONSENT;
  if (!isCode(Category, category)) return NO_CONSENT;
  return consentState({
    record,
    subject,
    holder: holder.code,
    recipient: requester.organisation,
    category,
    purpose,
    today,
  });
}
