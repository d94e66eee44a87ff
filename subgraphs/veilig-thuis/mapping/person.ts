// A person in a case of Veilig Thuis -> what the contract says of a person.

import type { PersonDossierData } from "../../../shared/contract/dossiers/person-dossier";
import type { Health } from "../../../shared/contract/values/health";
import { textOfCode } from "../../../shared/sources/code-text";
import type { DocumentPart } from "../../../shared/sources/document-part";
import { scoreOf } from "../../../shared/sources/dossier-item";
import type { RecordFaults } from "../../../shared/sources/record-faults";
import type { HealthPart, InvolvedRecord } from "../source/records";
import { INSTRUMENTS, ROLES } from "./code-lists";
import { documentOf, NO_TEXT, originOf, toCriminalRecord } from "./items";

/** Every category that the document holds of a person; Veilig Thuis sets no goals and keeps no measures. */
export function toPersonDossier(record: InvolvedRecord, faults: RecordFaults): PersonDossierData {
  const document = documentOf(record, faults);
  const person = document.part("persoon");
  const code = person?.text("rol") ?? null;
  const role = code !== null && Object.hasOwn(ROLES, code) ? ROLES[code] : undefined;
  const school = person?.part("onderwijs");
  const shielded = person?.part("afgeschermdVerblijf");
  return {
    identity: person && {
      ...originOf(person),
      name: [person.text("roepnaam"), person.text("achternaam")].filter(Boolean).join(" ") || null,
      birthDate: person.date("geboren"),
      dueDate: person.date("uitgerekend"),
      language: person.text("taal"),
      phone: person.text("telefoon"),
      // Whoever stays at a shielded address has no other, whatever the document says.
      address: person.has("afgeschermdVerblijf") ? null : person.text("adres"),
    },
    householdRole: person && {
      ...originOf(person),
      roleCode: role?.code ?? null,
      role: role?.text ?? textOfCode({}, code),
      authority: role?.authority ?? null,
      livesWith: person.text("verblijftBij"),
    },
    goals: [],
    safetyAssessments: document.list("veiligheidsbeoordeling").map((one) => ({
      ...originOf(one),
      ...scoreOf(one.number("cijfer"), one.text("toelichting")),
      instrument: textOfCode(INSTRUMENTS, one.text("instrument")),
      assessedOn: one.date("datum"),
    })),
    childHealth: toHealth(person?.part("gezondheidKind")),
    parentHealth: toHealth(person?.part("gezondheidOuder")),
    criminalRecords: document.list("politie").map(toCriminalRecord),
    education: school
      ? {
          ...originOf(school),
          school: school.text("school"),
          attendance: school.text("verzuim"),
          support: school.text("ondersteuning"),
        }
      : null,
    measures: [],
    secretAddress: shielded
      ? { ...originOf(shielded), place: shielded.text("soort"), address: shielded.text("adres") }
      : null,
  };
}

function toHealth(part: DocumentPart<HealthPart> | null | undefined): Health | null {
  if (!part) return null;
  return {
    ...originOf(part),
    summary: part.text("tekst") ?? NO_TEXT,
    diagnoses: part.texts("diagnoses"),
  };
}
