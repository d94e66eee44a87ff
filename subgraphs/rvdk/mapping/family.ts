// A case of the Raad -> what the contract says of a household.

import type { FamilyDossierData } from "../../../shared/contract/dossiers/family-dossier";
import { textOfCode, YOUTH_CARE_ROLES } from "../../../shared/sources/code-text";
import type { DocumentPart } from "../../../shared/sources/document-part";
import type { RecordFaults } from "../../../shared/sources/record-faults";
import type { CaseRecord } from "../source/records";
import { CASE_TYPES, KINDS_OF_AUTHORITY, KINDS_OF_REQUEST, RESULTS, STATES, STEPS } from "./code-lists";
import { documentOf, NO_TEXT, originOf, toCriminalRecord, toMeasure } from "./items";
import { toInvestigationReports } from "./reports";

const SEPARATED: Readonly<Record<string, boolean>> = { J: true, N: false };

/**
 * Every category that the message holds; the Raad keeps no plan of help, no safety plan and no living situation.
 * Judicial entries about one of its persons stand on that person.
 */
export function toFamilyDossier(record: CaseRecord, faults: RecordFaults): FamilyDossierData {
  const document = documentOf(record, faults);
  const persons = new Set<number | null>(document.numbers("volgnummers"));
  return {
    ...toHead(document),
    carePlan: null,
    contactNotes: document.list("processtappen").map((step) => ({
      ...originOf(step),
      text: step.text("tekst") ?? NO_TEXT,
      occurredOn: step.date("datum"),
      kind: textOfCode(STEPS, step.text("stap")),
    })),
    safetyPlan: null,
    concernReports: document.list("verzoeken").map((request) => ({
      ...originOf(request),
      reportedOn: request.date("ontvangen"),
      kind: textOfCode(KINDS_OF_REQUEST, request.text("soort")),
      summary: request.text("inhoud") ?? NO_TEXT,
      outcome: textOfCode(RESULTS, request.text("resultaat")),
    })),
    reporters: document.list("informanten").map((informant) => ({
      ...originOf(informant),
      name: informant.text("naam"),
      relation: joined(textOfCode(YOUTH_CARE_ROLES, "392"), informant.text("relatie")),
      phone: informant.text("telefoon"),
      anonymous: false,
    })),
    criminalRecords: document
      .list("jdr")
      .filter((entry) => !persons.has(entry.number("volgnummer")))
      .map(toCriminalRecord),
    livingSituation: null,
    measures: document.list("maatregelen").map(toMeasure),
    investigationReports: toInvestigationReports(document),
  };
}

function toHead(document: DocumentPart<CaseRecord>): Pick<FamilyDossierData, "involvement" | "household"> {
  const executor = document.part("heeftAlsUitvoerende");
  const family = document.part("gezin");
  const authority = family?.part("gezag");
  return {
    involvement: {
      ...originOf(executor),
      since: document.date("startdatum"),
      until: document.date("einddatum"),
      contactName: executor?.text("naam") ?? null,
      contactPhone: executor?.text("telefoon") ?? null,
      kind: joined(
        textOfCode(CASE_TYPES, document.text("zaaktype")),
        textOfCode(STATES, document.text("status")),
      ),
    },
    household: family && {
      ...originOf(family),
      composition: family.text("samenstelling"),
      separated: SEPARATED[family.text("gescheiden") ?? ""] ?? null,
      authority: joined(
        textOfCode(KINDS_OF_AUTHORITY, authority?.text("type")),
        authority?.text("toelichting") ?? null,
      ),
    },
  };
}

const joined = (head: string | null, detail: string | null): string | null =>
  [head, detail].filter(Boolean).join(": ") || null;
