// The contract as a mapping sees it: what a dossier holds, under which category, and of what kind each value is.
// A test compares it with the schema that the subgraphs serve.

import type { FamilyDossierData } from "../../contract/dossiers/family-dossier";
import type { PersonDossierData } from "../../contract/dossiers/person-dossier";
import type { Category } from "../../kernel/codes";

/** Kind of a value of the contract. */
export type ValueKind = "text" | "date" | "flag" | "score" | "texts";

/** A value that must be there; where the source has none, it says so in words. */
type Needed = "text!";

/** Name of the value -> its kind. */
export type ItemFields = Readonly<Record<string, ValueKind | Needed>>;

/** One field of a dossier. */
export interface DossierField {
  readonly category: Category;
  readonly many: boolean;
  readonly fields: ItemFields;
}

const CRIMINAL_RECORD = { summary: "text!", occurredOn: "date", kind: "text" } as const;
const MEASURE = {
  kind: "text!",
  number: "text",
  startsOn: "date",
  endsOn: "date",
  status: "text",
} as const;
const HEALTH = { summary: "text!", diagnoses: "texts" } as const;

const one = (category: Category, fields: ItemFields): DossierField => ({ category, many: false, fields });
const many = (category: Category, fields: ItemFields): DossierField => ({ category, many: true, fields });

/** Values of every item beside its own (DossierItem); the organisation follows from the file. */
export const ORIGIN_FIELDS: ItemFields = { authorRole: "text", recordedOn: "date" };

/** What stands where an item must say something and the record does not. */
export const NO_TEXT = "geen tekst vastgelegd";

export const FAMILY_FIELDS: Readonly<Record<Exclude<keyof FamilyDossierData, "marks">, DossierField>> = {
  involvement: one("INVOLVEMENT", {
    since: "date",
    until: "date",
    contactName: "text",
    contactPhone: "text",
    kind: "text",
  }),
  household: one("HOUSEHOLD", { composition: "text", separated: "flag", authority: "text" }),
  carePlan: one("CARE_PLAN", { summary: "text", agreements: "texts", coordinator: "text", status: "text" }),
  contactNotes: many("CARE_PLAN", { text: "text!", occurredOn: "date", kind: "text" }),
  safetyPlan: one("SAFETY", { summary: "text", agreements: "texts", sightOnSafety: "text" }),
  concernReports: many("CONCERN_REPORT", {
    reportedOn: "date",
    kind: "text",
    summary: "text!",
    outcome: "text",
  }),
  reporters: many("REPORTER", { name: "text", relation: "text", phone: "text", anonymous: "flag" }),
  criminalRecords: many("CRIMINAL", CRIMINAL_RECORD),
  livingSituation: one("LIVING_SITUATION", { housing: "text", income: "text", debts: "text" }),
  measures: many("MEASURE", MEASURE),
  investigationReports: many("INVESTIGATION_REPORT", {
    title: "text!",
    finishedOn: "date",
    conclusion: "text",
    status: "text",
  }),
};

export const PERSON_FIELDS: Readonly<Record<Exclude<keyof PersonDossierData, "marks">, DossierField>> = {
  identity: one("IDENTITY", {
    name: "text",
    birthDate: "date",
    dueDate: "date",
    language: "text",
    phone: "text",
    address: "text",
  }),
  householdRole: one("HOUSEHOLD", {
    roleCode: "text",
    role: "text",
    authority: "text",
    livesWith: "text",
  }),
  goals: many("CARE_PLAN", { text: "text!", status: "text" }),
  safetyAssessments: many("SAFETY", {
    score: "score",
    sentence: "text",
    instrument: "text",
    assessedOn: "date",
  }),
  childHealth: one("CHILD_HEALTH", HEALTH),
  parentHealth: one("PARENT_HEALTH", HEALTH),
  criminalRecords: many("CRIMINAL", CRIMINAL_RECORD),
  education: one("EDUCATION", { school: "text", attendance: "text", support: "text" }),
  measures: many("MEASURE", MEASURE),
  secretAddress: one("SECRET_ADDRESS", { place: "text", address: "text" }),
};
