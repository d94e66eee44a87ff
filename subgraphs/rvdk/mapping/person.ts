// A client or interested party in a case of the Raad -> what the contract says of a person.

import type { PersonDossierData } from "../../../shared/contract/dossiers/person-dossier";
import { textOfCode, YOUTH_CARE_ROLES } from "../../../shared/sources/code-text";
import type { DocumentPart } from "../../../shared/sources/document-part";
import { scoreOf } from "../../../shared/sources/dossier-item";
import type { RecordFaults } from "../../../shared/sources/record-faults";
import type { InvolvedRecord } from "../source/records";
import { AUTHORITY_OF_ROLE } from "./code-lists";
import { documentOf, NO_TEXT, originOf, toCriminalRecord, toMeasure } from "./items";

type Details = Pick<PersonDossierData, "identity" | "householdRole" | "education">;

/** Every category that the message holds of a person; the Raad sets no goals and keeps no shielded addresses. */
export function toPersonDossier(record: InvolvedRecord, faults: RecordFaults): PersonDossierData {
  const document = documentOf(record, faults);
  const involved = document.part("betrokkene");
  const healthPart = involved?.part("gezondheid");
  const health = healthPart
    ? {
        ...originOf(healthPart),
        summary: healthPart.text("tekst") ?? NO_TEXT,
        diagnoses: healthPart.texts("kenmerken"),
      }
    : null;
  const isClient = document.flag("client") === true;
  return {
    ...toDetails(involved),
    goals: [],
    safetyAssessments: document.list("veiligheid").map((one) => ({
      ...originOf(one),
      ...scoreOf(one.number("cijfer"), one.text("toelichting")),
      instrument: "schaalvraag",
      assessedOn: one.date("datum"),
    })),
    // The clients of the Raad are the children; whoever else it names counts as an adult.
    childHealth: isClient ? health : null,
    parentHealth: isClient ? null : health,
    criminalRecords: document.list("jdr").map(toCriminalRecord),
    measures: document.list("maatregelen").map(toMeasure),
    secretAddress: null,
  };
}

function toDetails(involved: DocumentPart<InvolvedRecord["betrokkene"]> | null): Details {
  if (!involved) return { identity: null, householdRole: null, education: null };
  const person = involved.part("persoon");
  const contact = involved.part("contact");
  const school = involved.part("onderwijs");
  const role = involved.text("rol");
  const name = [person?.text("voornamen"), person?.text("voorvoegsel"), person?.text("geslachtsnaam")];
  return {
    identity: {
      ...originOf(involved),
      name: name.filter(Boolean).join(" ") || null,
      birthDate: person?.date("geboortedatum") ?? null,
      dueDate: person?.date("uitgerekendeDatum") ?? null,
      language: person?.text("taal") ?? null,
      phone: contact?.text("telefoon") ?? null,
      address: contact?.text("adres") ?? null,
    },
    householdRole: {
      ...originOf(involved),
      roleCode: role,
      role: textOfCode(YOUTH_CARE_ROLES, role),
      authority:
        role !== null && Object.hasOwn(AUTHORITY_OF_ROLE, role) ? (AUTHORITY_OF_ROLE[role] ?? null) : null,
      livesWith: involved.text("verblijf"),
    },
    education: school && {
      ...originOf(school),
      school: school.text("school"),
      attendance: school.text("verzuim"),
      support: school.text("ondersteuning"),
    },
  };
}
