// A case of SAVE -> what the contract says of a household.

import type { FamilyDossierData } from "../../../shared/contract/dossiers/family-dossier";
import { YOUTH_CARE_ROLES, textOfCode } from "../../../shared/sources/code-text";
import { SHIELDED_STAY, type CaseRecord, type DomainRow, type PlanRow } from "../source/records";
import { KINDS_OF_CASE, KINDS_OF_CONTACT, KINDS_OF_SIGNAL, PLAN_STATES, REPORT_STATES } from "./code-lists";
import { originOf, toCriminalRecord, toMeasure } from "./items";

const SEPARATED: Readonly<Record<string, boolean>> = { "1": true, "0": false };

/** Every category that the case holds. */
export function toFamilyDossier(record: CaseRecord): FamilyDossierData {
  const { zaak, plan } = record;
  return {
    involvement: {
      ...originOf(zaak),
      since: zaak.dt_in,
      until: zaak.dt_uit,
      contactName: zaak.contact_naam,
      contactPhone: zaak.contact_tel,
      kind: textOfCode(KINDS_OF_CASE, zaak.type_code),
    },
    household: {
      ...originOf(zaak),
      composition: zaak.gezin_tekst,
      separated: SEPARATED[zaak.scheiding_ind] ?? null,
      authority: zaak.gezag_tekst,
    },
    carePlan: plan && {
      ...originOf(plan),
      summary: plan.kern_tekst,
      agreements: linesOf(plan, "A"),
      coordinator: plan.regie,
      status: textOfCode(PLAN_STATES, plan.status_code),
    },
    contactNotes: (record.journaal ?? []).map((entry) => ({
      ...originOf(entry),
      text: entry.tekst,
      occurredOn: entry.dt,
      kind: textOfCode(KINDS_OF_CONTACT, entry.soort_code),
    })),
    safetyPlan: plan && toSafetyPlan(plan),
    concernReports: (record.signalen ?? []).map((signal) => ({
      ...originOf(signal),
      reportedOn: signal.dt,
      kind: textOfCode(KINDS_OF_SIGNAL, signal.soort_code),
      summary: signal.tekst,
      outcome: signal.uitkomst_tekst,
    })),
    reporters: (record.melders ?? []).map((reporter) => ({
      ...originOf(reporter),
      name: reporter.naam,
      relation: reporter.relatie_tekst ?? textOfCode(YOUTH_CARE_ROLES, reporter.jzr_code),
      phone: reporter.tel,
      anonymous: reporter.anoniem_ind,
    })),
    criminalRecords: (record.justitie ?? []).map(toCriminalRecord),
    livingSituation: toLivingSituation(record.leefgebieden ?? []),
    measures: (record.beschikkingen ?? []).map(toMeasure),
    investigationReports: (record.rapportages ?? []).map((report) => ({
      ...originOf(report),
      title: report.titel,
      finishedOn: report.dt_af,
      conclusion: report.conclusie,
      status: textOfCode(REPORT_STATES, report.status_code),
    })),
    marks: record.afgeschermd ? [SHIELDED_STAY] : [],
  };
}

const linesOf = (plan: PlanRow, type: string): string[] =>
  (plan.regels ?? []).filter((line) => line.regel_type === type).map((line) => line.tekst);

/** The safety part of a plan; a plan without one is no safety plan. */
function toSafetyPlan(plan: PlanRow): FamilyDossierData["safetyPlan"] {
  const agreements = linesOf(plan, "V");
  if (plan.veilig_kern === null && plan.zicht_tekst === null && agreements.length === 0) return null;
  return { ...originOf(plan), summary: plan.veilig_kern, agreements, sightOnSafety: plan.zicht_tekst };
}

/** Life domains 01 finance, 04 work, 06 housing; the newest row tells who recorded it and when. */
function toLivingSituation(rows: readonly DomainRow[]): FamilyDossierData["livingSituation"] {
  const [newest] = rows;
  if (!newest) return null;
  const textOf = (code: string): string | null => rows.find((row) => row.gebied_code === code)?.tekst ?? null;
  return { ...originOf(newest), housing: textOf("06"), income: textOf("04"), debts: textOf("01") };
}
