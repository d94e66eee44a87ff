// The documents of a request for inquiry, in Dutch, out of what its sender holds and may send. What may not is not in them.

import type { FamilyDossierData } from "../../contract/dossiers/family-dossier";
import type { PersonDossierData } from "../../contract/dossiers/person-dossier";
import type { Category } from "../../kernel/codes";
import type { InquiryDocument } from "../../stuf/inquiry";
import { writePdf, type Line } from "../../stuf/pdf";
import type { InquiryOrder } from "./inquiry-order";

/** A dossier, and which categories of it may be sent. */
export interface Sendable<Data> {
  readonly data: Data;
  readonly may: (category: Category) => boolean;
}

/** Reasons of a referral in Dutch. */
const REASONS: Readonly<Record<string, string>> = {
  SAFETY_CONCERN: "zorg over de veiligheid",
  EXPERTISE_NEEDED: "andere deskundigheid is nodig",
  HELP_NOT_ENOUGH: "de hulp is niet genoeg",
  FAMILY_REQUEST: "het gezin vraagt het",
  STEP_IN_PROCEDURE: "stap in een procedure",
  HELP_CAN_BE_LIGHTER: "lichtere hulp volstaat",
};

const heading = (text: string): Line => ({ text, heading: true });
const line = (label: string, value: string | number | null | undefined): Line[] =>
  value === null || value === undefined || value === "" ? [] : [{ text: `${label}: ${value}` }];

function section(title: string, lines: readonly Line[]): Line[] {
  return lines.length === 0 ? [] : [heading(title), ...lines, { text: "" }];
}

/** What is asked, and how the family was told of it. */
function requestLines(order: InquiryOrder, organisation: string): Line[] {
  return [
    heading("Verzoek tot onderzoek aan de Raad voor de Kinderbescherming"),
    { text: "" },
    ...line("Verzoeker", organisation),
    ...line("Zaaknummer", order.caseNumber),
    ...line("Datum", order.sentOn),
    ...line("Spoed", order.urgent ? "ja" : "nee"),
    ...line("Aanleiding", REASONS[order.reason] ?? order.reason),
    ...line("Gezin geïnformeerd", order.informed ? "ja" : "nog niet, omdat dat ernstig nadeel zou geven"),
    ...line("Aantal kinderen", order.children.length),
  ];
}

function familyLines({ data, may }: Sendable<FamilyDossierData>): Line[] {
  const { involvement, household, carePlan, safetyPlan } = data;
  return [
    ...section("Betrokkenheid", [
      ...(may("INVOLVEMENT") ? line("Soort", involvement?.kind) : []),
      ...(may("INVOLVEMENT") ? line("Sinds", involvement?.since) : []),
    ]),
    ...section("Gezin", [
      ...(may("HOUSEHOLD") ? line("Samenstelling", household?.composition) : []),
      ...(may("HOUSEHOLD") ? line("Gezag", household?.authority) : []),
    ]),
    ...section("Plan en hulpverlening", [
      ...(may("CARE_PLAN") ? line("Samenvatting", carePlan?.summary) : []),
      ...(may("CARE_PLAN") ? (carePlan?.agreements ?? []).flatMap((one) => line("Afspraak", one)) : []),
    ]),
    ...section("Veiligheid", [
      ...(may("SAFETY") ? line("Samenvatting", safetyPlan?.summary) : []),
      ...(may("SAFETY") ? (safetyPlan?.agreements ?? []).flatMap((one) => line("Afspraak", one)) : []),
    ]),
    ...section("Meldingen", may("CONCERN_REPORT") ? data.concernReports.flatMap(reportOf) : []),
    ...section(
      "Onderzoek",
      may("INVESTIGATION_REPORT")
        ? data.investigationReports.flatMap((one) => [
            ...line("Titel", one.title),
            ...line("Conclusie", one.conclusion),
          ])
        : [],
    ),
  ];
}

const reportOf = (one: FamilyDossierData["concernReports"][number]): Line[] => [
  ...line("Datum", one.reportedOn),
  ...line("Soort", one.kind),
  ...line("Inhoud", one.summary),
  ...line("Uitkomst", one.outcome),
];

function personLines({ data, may }: Sendable<PersonDossierData>, number: number): Line[] {
  const name = may("IDENTITY") ? data.identity?.name : undefined;
  return section(name ?? `Persoon ${number}`, [
    ...(may("HOUSEHOLD") ? line("Rol", data.householdRole?.role) : []),
    ...(may("CARE_PLAN") ? data.goals.flatMap((one) => line("Doel", one.text)) : []),
    ...(may("SAFETY")
      ? data.safetyAssessments.flatMap((one) => [
          ...line("Veiligheidscijfer", one.score),
          ...line("Toelichting", one.sentence),
          ...line("Beoordeeld op", one.assessedOn),
        ])
      : []),
  ]);
}

/** The request itself, and the report on the help where there is something to tell. */
export function documentsOf(
  order: InquiryOrder,
  organisation: string,
  family: Sendable<FamilyDossierData> | undefined,
  persons: readonly Sendable<PersonDossierData>[],
): InquiryDocument[] {
  const help = [
    ...(family ? familyLines(family) : []),
    ...persons.flatMap((one, index) => personLines(one, index + 1)),
  ];
  return [
    { kind: "REQUEST", content: writePdf(requestLines(order, organisation)) },
    ...(help.length > 0
      ? [{ kind: "HELP" as const, content: writePdf([heading("Hulpverleningsrapportage"), ...help]) }]
      : []),
  ];
}
