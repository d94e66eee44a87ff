// The combined view over the five organisations that rules name, and what can be said of any answer to it.

import type { Answer } from "./hub";

/** What every organisation holds about a household. */
export const FAMILY_PARTS = `
  involvement { since until contactName contactPhone kind organisation authorRole recordedOn }
  household { composition separated authority }
  carePlan { summary agreements coordinator status }
  contactNotes(first: 5) { edges { node { text kind occurredOn } } totalCount }
  safetyPlan { summary agreements sightOnSafety }
  concernReports { edges { node { summary kind outcome reportedOn } } totalCount }
  reporters { name relation phone anonymous }
  criminalRecords { summary kind }
  livingSituation { housing income debts }
  measures { kind number startsOn endsOn status }
  investigationReports { title conclusion status }
`;

/** What every organisation holds about a person. */
export const PERSON_PARTS = `
  identity { name birthDate address }
  householdRole { roleCode role authority }
  goals { text status }
  safetyAssessments { score sentence }
  childHealth { summary diagnoses }
  parentHealth { summary diagnoses }
  criminalRecords { summary }
  education { school attendance }
  measures { kind number status }
  secretAddress { place address }
`;

/** The fields that the five organisations that rules name add to Family and Person. */
export const ORGANISATION_FIELDS = ["lokalis", "veiligThuis", "save", "rvdk", "wss"] as const;

/** The view of one family as the organisations of these fields know it. */
export const familyViewOf = (fields: readonly string[]): string => `
  query View($id: ID!) {
    family(id: $id) {
      id
      ${fields.map((field) => `${field} { ...FamilyParts }`).join("\n")}
      members {
        id role ageBand
        ${fields.map((field) => `${field} { ...PersonParts }`).join("\n")}
      }
    }
  }
  fragment FamilyParts on FamilyDossier { ${FAMILY_PARTS} }
  fragment PersonParts on PersonDossier { ${PERSON_PARTS} }
`;

/** One family as five organisations know it. */
export const FAMILY_VIEW = familyViewOf(ORGANISATION_FIELDS);

/** The category of each dossier field, written here apart from the gateway's own reading of the schema. */
export const CATEGORY_OF: Readonly<Record<string, string>> = {
  involvement: "INVOLVEMENT",
  household: "HOUSEHOLD",
  householdRole: "HOUSEHOLD",
  carePlan: "CARE_PLAN",
  contactNotes: "CARE_PLAN",
  goals: "CARE_PLAN",
  safetyPlan: "SAFETY",
  safetyAssessments: "SAFETY",
  concernReports: "CONCERN_REPORT",
  reporters: "REPORTER",
  criminalRecords: "CRIMINAL",
  livingSituation: "LIVING_SITUATION",
  measures: "MEASURE",
  investigationReports: "INVESTIGATION_REPORT",
  identity: "IDENTITY",
  childHealth: "CHILD_HEALTH",
  parentHealth: "PARENT_HEALTH",
  education: "EDUCATION",
  secretAddress: "SECRET_ADDRESS",
};

/** A line of `extensions.withheld`. */
export interface WithheldLine {
  readonly path: readonly (string | number)[];
  readonly subject: { readonly type: string; readonly id: string };
  readonly organisation: string;
  readonly category: string;
  readonly outcome: string;
  readonly rule: string;
  readonly citation: string;
  readonly reason: { readonly nl: string; readonly en: string };
  readonly next: readonly string[];
}

/** The explanations of an answer. */
export function withheldOf(answer: Answer): WithheldLine[] {
  return (answer.body.extensions?.["withheld"] ?? []) as WithheldLine[];
}

/** The value at a path of an answer's data; undefined when there is none. */
export function at(answer: Answer, path: readonly (string | number)[]): unknown {
  let value: unknown = answer.body.data;
  for (const step of path) {
    value =
      typeof value === "object" && value !== null ? (value as Record<string, unknown>)[step] : undefined;
  }
  return value;
}

/** The paths of everything that is null in an answer. */
export function nullsOf(answer: Answer): string[] {
  const found: string[] = [];
  const look = (value: unknown, path: string): void => {
    if (value === null) found.push(path);
    else if (Array.isArray(value)) value.forEach((one, index) => look(one, `${path}.${index}`));
    else if (typeof value === "object" && value !== null) {
      for (const [key, one] of Object.entries(value)) look(one, path === "" ? key : `${path}.${key}`);
    }
  };
  look(answer.body.data ?? {}, "");
  return found;
}
