// What the source of Lokalis has of everybody in these tests.

import type { FamilyDossierData } from "../../../shared/contract/dossiers/family-dossier";
import type { PersonDossierData } from "../../../shared/contract/dossiers/person-dossier";

const item = { organisation: "lokalis", authorRole: null, recordedOn: "2026-01-05" };
/** Words of the dossiers that are nowhere but in the message. */
export const WORDS = ["Geheimzinnig plan", "Veilig bij oma"];

/** The dossier of a person. */
export function personData(name: string, roleCode: string, birthDate: string): PersonDossierData {
  return {
    identity: { ...item, name, birthDate, dueDate: null, language: null, phone: null, address: "Straat 1" },
    householdRole: { ...item, roleCode, role: "rol", authority: null, livesWith: null },
    goals: [],
    safetyAssessments: [],
    childHealth: { ...item, summary: "Astma", diagnoses: null },
    parentHealth: null,
    criminalRecords: [],
    education: null,
    measures: [],
    secretAddress: null,
  };
}

/** The dossier of a household. */
export const familyData = {
  involvement: null,
  household: null,
  carePlan: { ...item, summary: WORDS[0], agreements: null, coordinator: null, status: null },
  contactNotes: [],
  safetyPlan: { ...item, summary: WORDS[1], agreements: null, sightOnSafety: null },
  concernReports: [],
  reporters: [],
  criminalRecords: [],
  livingSituation: null,
  measures: [],
  investigationReports: [],
} as unknown as FamilyDossierData;
