// One line of the export -> what the contract says of a person.

import type { PersonDossierData } from "../../../shared/contract/dossiers/person-dossier";
import type { Health } from "../../../shared/contract/values/health";
import { textOfCode } from "../../../shared/sources/code-text";
import { scoreOf } from "../../../shared/sources/dossier-item";
import type { RecordFaults } from "../../../shared/sources/record-faults";
import type { ExportLine } from "../source/records";
import { GOAL_STATES, ROLES } from "./code-lists";
import { originOf, toMeasures } from "./items";
import { Line } from "./line";

/** Every category that the export holds of a person; it has no police information and no shielded addresses. */
export function toPersonDossier(record: ExportLine, faults: RecordFaults): PersonDossierData {
  const line = new Line(record, faults);
  const code = line.text("rol");
  const role = code !== null && Object.hasOwn(ROLES, code) ? ROLES[code] : undefined;
  return {
    identity: {
      ...originOf(line),
      name: line.text("naam"),
      birthDate: line.date("geboortedatum"),
      dueDate: line.date("uitgerekende_datum"),
      language: line.text("taal"),
      phone: line.text("telefoon"),
      address: line.text("adres"),
    },
    householdRole: {
      ...originOf(line),
      roleCode: role?.code ?? null,
      role: role?.text ?? textOfCode({}, code),
      authority: role?.authority ?? null,
      livesWith: line.text("verblijft_bij"),
    },
    goals: line.parts("doelen").map(([text, state, ...more]) => ({
      ...originOf(line, "doelen_datum"),
      text: [text, ...more].filter(Boolean).join(" | "),
      status: textOfCode(GOAL_STATES, state),
    })),
    safetyAssessments: toSafetyAssessments(line),
    childHealth: toHealth(line, "kind_gezondheid", "kind_diagnoses"),
    parentHealth: toHealth(line, "ouder_gezondheid", "ouder_diagnoses"),
    criminalRecords: [],
    education: toEducation(line),
    measures: toMeasures(line),
    secretAddress: null,
  };
}

function toSafetyAssessments(line: Line): PersonDossierData["safetyAssessments"] {
  const score = line.number("veiligheidscijfer");
  const sentence = line.text("veiligheid_toelichting");
  if (score === null && sentence === null) return [];
  return [
    {
      ...originOf(line, "veiligheid_datum"),
      ...scoreOf(score, sentence),
      instrument: "schaalvraag",
      assessedOn: line.date("veiligheid_datum"),
    },
  ];
}

function toHealth(line: Line, summary: keyof ExportLine, diagnoses: keyof ExportLine): Health | null {
  const text = line.text(summary);
  const known = line.list(diagnoses);
  if (text === null && known.length === 0) return null;
  return {
    ...originOf(line, "gezondheid_datum"),
    summary: text ?? "geen tekst vastgelegd",
    diagnoses: known,
  };
}

function toEducation(line: Line): PersonDossierData["education"] {
  const [school, attendance, support] = [
    line.text("school"),
    line.text("verzuim"),
    line.text("schoolondersteuning"),
  ];
  if (school === null && attendance === null && support === null) return null;
  return { ...originOf(line, "school_datum"), school, attendance, support };
}
