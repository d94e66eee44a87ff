// The lines of a case of the William Schrikker Stichting -> what the contract says of a household.

import type { FamilyDossierData } from "../../../shared/contract/dossiers/family-dossier";
import { textOfCode } from "../../../shared/sources/code-text";
import type { RecordFaults } from "../../../shared/sources/record-faults";
import type { ExportLine } from "../source/records";
import {
  KINDS_OF_CONTACT,
  KINDS_OF_SIGNAL,
  KINDS_OF_TRAJECTORY,
  PLAN_STATES,
  REPORT_STATES,
} from "./code-lists";
import { originOf, toMeasures } from "./items";
import { Line } from "./line";

/**
 * Every category that the export holds; it has no reporters and no police information. What concerns the case is read
 * from its first line, the measures from all of them.
 */
export function toFamilyDossier(record: readonly ExportLine[], faults: RecordFaults): FamilyDossierData {
  const line = new Line(record[0] ?? {}, faults);
  return {
    involvement: {
      ...originOf(line),
      since: line.date("traject_start"),
      until: line.date("traject_eind"),
      contactName: line.text("begeleider"),
      contactPhone: line.text("begeleider_telefoon"),
      kind: textOfCode(KINDS_OF_TRAJECTORY, line.text("traject")),
    },
    household: {
      ...originOf(line),
      composition: line.text("gezin"),
      separated: line.flag("gescheiden"),
      authority: line.text("gezag"),
    },
    ...toPlans(line),
    contactNotes: line.dated("contacten").map(({ date, code, text, more }) => ({
      ...originOf(line),
      ...(date === null ? {} : { recordedOn: date }),
      text: more === null ? text : `${text} | ${more}`,
      occurredOn: date,
      kind: textOfCode(KINDS_OF_CONTACT, code),
    })),
    concernReports: line.dated("signalen").map(({ date, code, text, more }) => ({
      ...originOf(line),
      ...(date === null ? {} : { recordedOn: date }),
      reportedOn: date,
      kind: textOfCode(KINDS_OF_SIGNAL, code),
      summary: text,
      outcome: more,
    })),
    reporters: [],
    criminalRecords: [],
    livingSituation: given(line, ["wonen", "inkomen", "schulden"])
      ? {
          ...originOf(line, "leefsituatie_datum"),
          housing: line.text("wonen"),
          income: line.text("inkomen"),
          debts: line.text("schulden"),
        }
      : null,
    measures: record.flatMap((one) => toMeasures(new Line(one, faults))),
    investigationReports: toReports(line),
  };
}

function toPlans(line: Line): Pick<FamilyDossierData, "carePlan" | "safetyPlan"> {
  return {
    carePlan: given(line, ["plan", "plan_afspraken"])
      ? {
          ...originOf(line, "plan_datum"),
          summary: line.text("plan"),
          agreements: line.list("plan_afspraken"),
          coordinator: line.text("begeleider"),
          status: textOfCode(PLAN_STATES, line.text("plan_stand")),
        }
      : null,
    safetyPlan: given(line, ["veiligheidsplan", "veiligheidsafspraken"])
      ? {
          ...originOf(line, "veiligheidsplan_datum"),
          summary: line.text("veiligheidsplan"),
          agreements: line.list("veiligheidsafspraken"),
          sightOnSafety: line.text("zicht_op_veiligheid"),
        }
      : null,
  };
}

function toReports(line: Line): FamilyDossierData["investigationReports"] {
  const title = line.text("rapport_titel");
  if (title === null) return [];
  return [
    {
      ...originOf(line, "rapport_datum"),
      title,
      finishedOn: line.date("rapport_datum"),
      conclusion: line.text("rapport_conclusie"),
      status: textOfCode(REPORT_STATES, line.text("rapport_stand")),
    },
  ];
}

const given = (line: Line, columns: readonly (keyof ExportLine)[]): boolean =>
  columns.some((column) => line.text(column) !== null);
