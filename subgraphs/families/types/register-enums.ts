// The code lists of the hub's registers as GraphQL enums.

import { registerEnumType } from "type-graphql";
import {
  AssignmentRelation,
  ConsentDecision,
  ConsentHow,
  FamilyStatus,
  InvestigationKind,
  MeasureKind,
} from "../../../shared/database/register-codes";
import { EarlierInvolvement } from "../source/independence";
import { Authority, Framework } from "../../../shared/kernel/codes";

function asEnum<T extends object>(list: T, name: string, description: string): T {
  registerEnumType(list, { name, description });
  return list;
}

export const EarlierInvolvementCode = asEnum(
  EarlierInvolvement,
  "EarlierInvolvement",
  "How somebody had to do with a family: ASSIGNMENT toewijzing, TEAM team dat het gezin had, INVESTIGATION onderzoek, MEETING overleg, REFERRAL verwijzing, EMERGENCY noodprocedure, DISCLOSURE verstrekking, CONSULT consult, READING gelezen in een andere functie.",
);
export const FamilyStatusCode = asEnum(
  FamilyStatus,
  "FamilyStatus",
  "Whether the hub still follows the family (open of gesloten).",
);
export const AssignmentRelationCode = asEnum(
  AssignmentRelation,
  "AssignmentRelation",
  "How a worker is assigned: ASSIGNED toegewezen, STAND_IN vervanger, DUO lid van het duo.",
);
export const ConsentDecisionCode = asEnum(
  ConsentDecision,
  "ConsentDecision",
  "GIVEN toestemming gegeven, REFUSED geweigerd.",
);
export const ConsentHowCode = asEnum(
  ConsentHow,
  "ConsentHow",
  "How it was asked: WRITTEN schriftelijk, SPOKEN in gesprek, TELEPHONE telefonisch, DIGITAL digitaal.",
);
export const MeasureKindCode = asEnum(
  MeasureKind,
  "MeasureKind",
  "OTS ondertoezichtstelling, VOTS voorlopige OTS, GUARDIANSHIP voogdij, PLACEMENT machtiging uithuisplaatsing, PROBATION jeugdreclassering.",
);
export const InvestigationKindCode = asEnum(
  InvestigationKind,
  "InvestigationKind",
  "ASSESSMENT veiligheidsbeoordeling, INVESTIGATION onderzoek, REVIEW onafhankelijke toets.",
);
export const FrameworkCode = asEnum(
  Framework,
  "Framework",
  "Legal frame (kader): VOLUNTARY vrijwillig, COMPULSORY gedwongen.",
);
export const AuthorityCode = asEnum(
  Authority,
  "Authority",
  "Whether a parent has authority (gezag): YES gezag, NO geen gezag, UNKNOWN niet te bepalen.",
);
