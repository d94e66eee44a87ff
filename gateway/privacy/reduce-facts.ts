// Reduces a requester, a purpose and the dated records of a family to the facts of one decision. Pure.

import { Category, isCode, type HolderKind, type Purpose, type Relation } from "../../shared/kernel/codes";
import type { PlainDate } from "../../shared/kernel/plain-date";
import type { Requester, Subject } from "../../shared/kernel/requester";
import type { FamilyRecord, PersonRecord } from "../../shared/database/family-records";
import { ageBandOn } from "../../shared/kernel/age-band";
import { consentState, type ConsentAnswer } from "./consent-state";
import { exchangeOf } from "./exchange-facts";
import type { Facts, Resource } from "./facts";
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

/** Who holds the data: an organisation of the region, or the hub. Only these three matter to the rules. */
export interface Holder {
  readonly code: string;
  readonly kind: HolderKind;
  readonly legalEntity: string;
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

/**
 * The facts of one decision about one person.
 * For a family that is not there, and for one with which the requester has no relation, they are the same:
 * nothing of a family's records reaches a decision for a stranger.
 */
export function reduceFacts(input: FactsInput): Facts {
  const { requester, purpose, record, holder, category, today } = input;
  const subject = record?.members.find((one) => one.id === input.subjectPersonId);
  if (record === undefined || subject === undefined) return factsOfStranger(input);
  const relation = relationOf(record, subject, requester, purpose, today);
  if (relation === "NONE") return factsOfStranger(input);
  const compulsory = compulsoryFor(record, subject, today);
  const consent = consentBetween(input, record, subject);
  const byHolder = measureBearing(record, subject, holder.code, EXECUTED_MEASURES, today);
  return {
    subjectRole: subject.role,
    ageBand: ageBandOn(subject, today),
    framework: compulsory ? "COMPULSORY" : "VOLUNTARY",
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
    consent: consent.state,
    consentExplicit: consent.explicit,
    relation,
    earlierInvolvement: earlierInvolvementOf(record, requester, input.readBefore, today),
    participation: participatesOn(record, today),
    duoPartner: isDuoPartner(record, requester, holder.code, today),
    exchange: exchangeBetween(input, relation, record, subject),
    emergency: emergencyStateOf(record, requester, input.unreviewedEmergency),
    disclosure: isDisclosed(input, record),
    // Last on purpose: with the spread first, V8 takes some 25 µs for this object, else under one; a view makes hundreds.
    ...askedOf(requester, purpose, holder, category),
  };
}

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
    ...askedOf(requester, purpose, holder, category),
  };
}

/**
 * Was exactly this granted: the subject asked about, the category, to this organisation, for this purpose? A member of
 * the family has no colleagues: what was granted to one is not the others'.
 */
function isDisclosed(
  { requester, purpose, holder, category, subject, today }: FactsInput,
  record: FamilyRecord,
) {
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
  { requester, purpose, holder, category, today }: FactsInput,
  relation: Relation,
  record: FamilyRecord,
  { id: personId }: PersonRecord,
) {
  const { organisation: recipient } = requester;
  return exchangeOf(record, { holder: holder.code, recipient, purpose, personId, category, relation }, today);
}

/** The facts that do not depend on the family. */
function askedOf(requester: Requester, purpose: Purpose, holder: Holder, category: Resource) {
  return {
    requesterKind: requester.kind,
    requesterFunction: requester.workerFunction,
    holderKind: holder.kind,
    sameOrganisation: requester.organisation === holder.code,
    sameLegalEntity: requester.legalEntity === holder.legalEntity,
    category,
    purpose,
  };
}

/** Consent lifts confidentiality between two organisations; within one, and for the hub's registers, none is looked at. */
function consentBetween(input: FactsInput, record: FamilyRecord, subject: PersonRecord): ConsentAnswer {
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
