// What the Raad investigated: inquiries, reports, and what informants approved, without who they are.

import type { InvestigationReport } from "../../../shared/contract/values/investigation-report";
import { knownText, textOfCode } from "../../../shared/sources/code-text";
import type { DocumentPart } from "../../../shared/sources/document-part";
import type { CaseRecord, Informant, Inquiry, Report } from "../source/records";
import { KINDS_OF_INQUIRY, REPORT_STATES, RESULTS, STATES } from "./code-lists";
import { NO_TEXT, originOf } from "./items";

/** The inquiries of a case, then its reports, then the texts of its informants. */
export function toInvestigationReports(document: DocumentPart<CaseRecord>): InvestigationReport[] {
  return [
    ...document.list("onderzoeken").map(toInquiry),
    ...document.list("rapporten").map(toReport),
    ...document.list("informanten").map(toInformantText),
  ];
}

function toInquiry(inquiry: DocumentPart<Inquiry>): InvestigationReport {
  const result = textOfCode(RESULTS, inquiry.text("resultaat"));
  return {
    ...originOf(inquiry),
    title: knownText(KINDS_OF_INQUIRY, inquiry.text("soort")),
    finishedOn: inquiry.date("einde"),
    conclusion: [result, inquiry.text("toelichting")].filter(Boolean).join(": ") || null,
    status: textOfCode(STATES, inquiry.text("status")),
  };
}

function toReport(report: DocumentPart<Report>): InvestigationReport {
  return {
    ...originOf(report),
    title: report.text("titel") ?? NO_TEXT,
    finishedOn: report.date("vastgesteldOp"),
    conclusion: report.text("conclusie"),
    status: textOfCode(REPORT_STATES, report.text("status")),
  };
}

/** MUST NOT give a text that its informant did not approve. */
function toInformantText(informant: DocumentPart<Informant>): InvestigationReport {
  const approvedOn = informant.date("akkoordOp");
  return {
    ...originOf(informant),
    title: "informatie van een informant",
    finishedOn: approvedOn,
    conclusion: approvedOn === null ? null : informant.text("tekst"),
    status: approvedOn === null ? "wacht op akkoord van de informant" : "goedgekeurd door de informant",
  };
}
