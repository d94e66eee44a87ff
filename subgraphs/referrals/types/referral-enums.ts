// The code lists of referrals as GraphQL enums.

import { registerEnumType } from "type-graphql";
import { NormSource } from "../../../shared/region/referral-norms";
import {
  AskedUrgency,
  CompletionOutcome,
  ConsentBasis,
  ConsultationOutcome,
  ConsultationState,
  DeliveryState,
  FamilyInformed,
  InformationItem,
  ObjectionReason,
  Party,
  ReferralMode,
  ReferralReason,
  ReferralState,
  TransferReason,
  Urgency,
  WithdrawalReason,
} from "../source/referral-codes";
import type { AskedReferralType } from "../source/list-types";
import { NOT_CARRIED, NOT_CARRIED_TYPES } from "../source/not-carried";
import { REFERRAL_TYPES, ROUTES, type ReferralType } from "../source/routes";
import { ACTIONS, type Action } from "../source/transitions";

function asEnum<T extends object>(list: T, name: string, description: string): T {
  registerEnumType(list, { name, description });
  return list;
}

const keysOf = <T extends string>(keys: readonly T[]): { readonly [K in T]: K } =>
  Object.fromEntries(keys.map((key) => [key, key])) as { readonly [K in T]: K };

const terms = REFERRAL_TYPES.map((type) => `${type} ${ROUTES[type].term}`).join(", ");

export const ReferralTypeCode = asEnum<{ readonly [K in ReferralType]: K }>(
  keysOf(REFERRAL_TYPES),
  "ReferralType",
  `Kind of referral (soort verwijzing): ${terms}.`,
);
const otherTerms = NOT_CARRIED_TYPES.map((type) => `${type} ${NOT_CARRIED[type].term}`).join(", ");

export const AskedReferralTypeCode = asEnum<{ readonly [K in AskedReferralType]: K }>(
  keysOf([...REFERRAL_TYPES, ...NOT_CARRIED_TYPES]),
  "AskedReferralType",
  `Kind of referral (soort verwijzing): ${terms}. Not carried by the hub: ${otherTerms}.`,
);
export const NormSourceCode = asEnum(
  NormSource,
  "NormSource",
  "How sure a norm is: CONFIRMED read in its source, UNCONFIRMED not read yet, PROPOSED for the region to settle, SETTLED by the region.",
);
export const ReferralStepCode = asEnum<{ readonly [K in Action]: K }>(
  keysOf(ACTIONS),
  "ReferralStep",
  "A step that can be taken with a referral (stap).",
);
export const ReferralStateCode = asEnum(
  ReferralState,
  "ReferralState",
  "SUBMITTED ingediend, RECEIVED ontvangen, IN_REVIEW in beoordeling, INFORMATION_REQUESTED aanvulling gevraagd, IN_CONSULTATION in overleg, WAITLISTED wachtrij, ACCEPTED geaccepteerd, IN_PROGRESS in uitvoering, COMPLETED afgerond, WITHDRAWN ingetrokken. None sends it back.",
);
export const ReferralModeCode = asEnum(
  ReferralMode,
  "ReferralMode",
  "JOIN erbij halen: you stay responsible for the family; TRANSFER overdragen.",
);
export const TransferReasonCode = asEnum(
  TransferReason,
  "TransferReason",
  "Why a family changes hands (reden van overdracht).",
);
export const AskedUrgencyCode = asEnum(
  AskedUrgency,
  "AskedUrgency",
  "NORMAL gewoon, URGENT spoed, CRISIS acuut gevaar: that is no referral, you are told whom to call (Veilig Thuis 0800-2000, or 112).",
);
export const UrgencyCode = asEnum(
  Urgency,
  "Urgency",
  "Urgency (spoed). Crisis is no referral: call Veilig Thuis 0800-2000 or 112.",
);
export const ReferralReasonCode = asEnum(ReferralReason, "ReferralReason", "Why it is asked (aanleiding).");
export const ConsentBasisCode = asEnum(
  ConsentBasis,
  "ConsentBasis",
  "CONSENT_GIVEN toestemming, SAFETY_TASK taak van Veilig Thuis of meldrecht (Wmo 2015), INQUIRY_REQUEST verzoek tot onderzoek (Jeugdwet 2.4), MEASURE maatregel (Jeugdwet 7.3.11(4)).",
);
export const FamilyInformedCode = asEnum(
  FamilyInformed,
  "FamilyInformed",
  "How the family was informed (gezin geïnformeerd); NOT_YET_UNSAFE: not yet, because telling would cause serious harm.",
);
export const InformationItemCode = asEnum(
  InformationItem,
  "InformationItem",
  "What a receiver can ask for (gevraagde aanvulling).",
);
export const ObjectionReasonCode = asEnum(
  ObjectionReason,
  "ObjectionReason",
  "Why a receiver objects (reden van bezwaar).",
);
export const ConsultationOutcomeCode = asEnum(
  ConsultationOutcome,
  "ConsultationOutcome",
  "ASSIGN toewijzen, ASSIGN_TOGETHER samen toewijzen, MERGE samenvoegen, WITHDRAWN ingetrokken door de verzender.",
);
export const ConsultationStateCode = asEnum(
  ConsultationState,
  "ConsultationState",
  "OPEN lopend, RESOLVED afgerond.",
);
export const WithdrawalReasonCode = asEnum(
  WithdrawalReason,
  "WithdrawalReason",
  "Why a sender withdraws (reden van intrekking).",
);
export const CompletionOutcomeCode = asEnum(
  CompletionOutcome,
  "CompletionOutcome",
  "How a referral that was taken up ended (uitkomst).",
);
export const PartyCode = asEnum(
  Party,
  "ReferralParty",
  "SENDER verzender, RECEIVER ontvanger, CO_OWNER mede-eigenaar, PARTICIPANT deelnemer aan het overleg, CHAIR voorzitter, HUB bezorging.",
);
export const DeliveryStateCode = asEnum(
  DeliveryState,
  "DeliveryState",
  "PENDING te bezorgen, DELIVERED bezorgd, DEAD onbestelbaar: the sender has to act, CANCELLED ingetrokken voor bezorging.",
);
