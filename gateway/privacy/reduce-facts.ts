// Reduces a requester, a purpose and the dated records of a family to the facts of one decision. Pure.

import type { Category, OrganisationKind, Purpose } from "../../shared/kernel/codes";
import type { PlainDate } from "../../shared/kernel/plain-date";
import type { Requester } from "../../shared/kernel/requester";
import type { FamilyRecord, PersonRecord } from "../../shared/database/family-records";
import { ageBandOn } from "../../shared/kernel/age-band";
import { consentState, type ConsentAnswer } from "./consent-state";
import type { Facts } from "./facts";
import { drangAt, earlierInvolvementOf, hasOpenExamination, relationOf } from "./involvement-facts";
import { compulsoryFor, measureBearing } from "./measure-facts";

/** Who holds the data: an organisation of the region, or the hub. Only these three matter to the rules. */
export interface Holder {
  readonly code: string;
  readonly kind: OrganisationKind;
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
  readonly holder: Holder;
  readonly category: Category;
  readonly today: PlainDate;
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
  const relation = record === undefined ? "NONE" : relationOf(record, requester, today);
  if (record === undefined || subject === undefined || relation === "NONE") return factsOfStranger(input);
  const compulsory = compulsoryFor(record, subject, today);
  const consent = consentBetween(input, record, subject);
  const byHolder = measureBearing(record, subject, holder.code, today);
  return {
    ...askedOf(requester, purpose, holder, category),
    subjectRole: subject.role,
    ageBand: ageBandOn(subject, today),
    framework: compulsory ? "COMPULSORY" : "VOLUNTARY",
    drang: !compulsory && drangAt(record, requester.organisation, today),
    measureByRequester: measureBearing(record, subject, requester.organisation, today),
    measureByHolder: byHolder === "SUBJECT" || byHolder === "CARER",
    investigation: hasOpenExamination(record, requester.organisation, purpose, today),
    consent: consent.state,
    consentExplicit: consent.explicit,
    relation,
    earlierInvolvement: earlierInvolvementOf(record, requester, today),
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
    ...askedOf(requester, purpose, holder, category),
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
  };
}

/** The facts that do not depend on the family. */
function askedOf(requester: Requester, purpose: Purpose, holder: Holder, category: Category) {
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
