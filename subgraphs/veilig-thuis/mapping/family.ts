// A case of Veilig Thuis -> what the contract says of a household.

import type { FamilyDossierData } from "../../../shared/contract/dossiers/family-dossier";
import { textOfCode, YOUTH_CARE_ROLES } from "../../../shared/sources/code-text";
import type { DocumentPart } from "../../../shared/sources/document-part";
import type { RecordFaults } from "../../../shared/sources/record-faults";
import type { CaseRecord, SafetyPlanPart } from "../source/records";
import { DECISIONS, INQUIRY_STATES, KINDS_OF_CONTACT, PHASES, WAYS_OF_REPORTING } from "./code-lists";
import { documentOf, NO_TEXT, originOf, toCriminalRecord } from "./items";

/**
 * Every category that the document holds; Veilig Thuis keeps no plan of help and no measures. Police messages about
 * one of its persons stand on that person.
 */
export function toFamilyDossier(record: CaseRecord, faults: RecordFaults): FamilyDossierData {
  const document = documentOf(record, faults);
  const safetyPlan = document.part("veiligheidsplan");
  const persons = new Set<number | null>(document.numbers("persoonnummers"));
  return {
    ...toHead(document),
    carePlan: null,
    contactNotes: document.list("ketenhistorie").map((contact) => ({
      ...originOf(contact),
      text: contact.text("tekst") ?? NO_TEXT,
      occurredOn: contact.date("datum"),
      kind: textOfCode(KINDS_OF_CONTACT, contact.text("soort")),
    })),
    safetyPlan: safetyPlan && toSafetyPlan(safetyPlan),
    concernReports: document.list("meldingen").map((report) => ({
      ...originOf(report),
      reportedOn: report.date("ontvangen"),
      kind: textOfCode(WAYS_OF_REPORTING, report.text("wijze")),
      summary: report.text("inhoud") ?? NO_TEXT,
      outcome: sentence(textOfCode(DECISIONS, report.text("besluit")), report.text("toelichtingBesluit")),
    })),
    reporters: document.list("melders").map((reporter) => ({
      ...originOf(reporter),
      name: reporter.text("naam"),
      relation: sentence(textOfCode(YOUTH_CARE_ROLES, reporter.text("rol")), reporter.text("relatie")),
      phone: reporter.text("telefoon"),
      anonymous: reporter.flag("anoniem"),
    })),
    criminalRecords: document
      .list("politie")
      .filter((message) => !persons.has(message.number("persoon")))
      .map(toCriminalRecord),
    investigationReports: document.list("onderzoek").map((inquiry) => ({
      ...originOf(inquiry),
      title: inquiry.text("titel") ?? NO_TEXT,
      finishedOn: inquiry.date("afgerond"),
      conclusion: inquiry.text("conclusie"),
      status: textOfCode(INQUIRY_STATES, inquiry.text("stand")),
    })),
    measures: [],
  };
}

function toHead(
  document: DocumentPart<CaseRecord>,
): Pick<FamilyDossierData, "involvement" | "household" | "livingSituation"> {
  const head = document.part("casus");
  const handler = head?.part("behandelaar");
  const family = document.part("gezin");
  const living = document.part("leefsituatie");
  return {
    involvement: head && {
      ...originOf(head),
      since: head.date("aangemaakt"),
      until: head.date("afgesloten"),
      contactName: handler?.text("naam") ?? null,
      contactPhone: handler?.text("telefoon") ?? null,
      kind: textOfCode(PHASES, head.text("fase")),
    },
    household: family && {
      ...originOf(family),
      composition: family.text("samenstelling"),
      separated: family.flag("gescheiden"),
      authority: family.text("gezag"),
    },
    livingSituation: living && {
      ...originOf(living),
      housing: living.text("wonen"),
      income: living.text("inkomen"),
      debts: living.text("schulden"),
    },
  };
}

function toSafetyPlan(plan: DocumentPart<SafetyPlanPart>): FamilyDossierData["safetyPlan"] {
  return {
    ...originOf(plan),
    summary: plan.text("samenvatting"),
    agreements: plan.texts("afspraken"),
    sightOnSafety: plan.text("zichtOpVeiligheid"),
  };
}

const sentence = (head: string | null, detail: string | null): string | null =>
  [head, detail].filter(Boolean).join(": ") || null;
