// A file of Lokalis -> what the contract says of a household.

import type { FamilyDossierData } from "../../../shared/contract/dossiers/family-dossier";
import { textOfCode } from "../../../shared/sources/code-text";
import type { HouseholdRecord, Plan, SafetyPlanRow } from "../source/records";
import { KINDS_OF_CONTACT, KINDS_OF_HELP, KINDS_OF_SIGNAL, PLAN_STATES } from "./code-lists";
import { originOf, toCriminalRecord, toMeasure } from "./items";

const SEPARATED: Readonly<Record<string, boolean>> = { J: true, N: false };

/** Every category that the file holds; nothing for those that Lokalis does not keep. */
export function toFamilyDossier(record: HouseholdRecord): FamilyDossierData {
  const { huishouden, leefsituatie } = record;
  const [plan] = record.plannen ?? [];
  const [safetyPlan] = record.veiligheidsplannen ?? [];
  return {
    involvement: {
      ...originOf(huishouden),
      since: huishouden.aanvang,
      until: huishouden.einde,
      contactName: huishouden.contactpersoon,
      contactPhone: huishouden.contacttelefoon,
      kind: textOfCode(KINDS_OF_HELP, huishouden.soort_hulp),
    },
    household: {
      ...originOf(huishouden),
      composition: huishouden.samenstelling,
      separated: SEPARATED[huishouden.ouders_gescheiden] ?? null,
      authority: huishouden.gezag_toelichting,
    },
    carePlan: plan ? toCarePlan(plan) : null,
    contactNotes: (record.contactnotities ?? []).map((note) => ({
      ...originOf(note),
      text: note.tekst,
      occurredOn: note.datum,
      kind: textOfCode(KINDS_OF_CONTACT, note.soort),
    })),
    safetyPlan: safetyPlan ? toSafetyPlan(safetyPlan) : null,
    concernReports: (record.signalen ?? []).map((signal) => ({
      ...originOf(signal),
      reportedOn: signal.datum,
      kind: textOfCode(KINDS_OF_SIGNAL, signal.soort),
      summary: signal.inhoud,
      outcome: signal.uitkomst,
    })),
    reporters: (record.informanten ?? []).map((informant) => ({
      ...originOf(informant),
      name: informant.naam,
      relation: informant.relatie,
      phone: informant.telefoon,
      anonymous: informant.blijft_onbekend,
    })),
    criminalRecords: (record.politiemeldingen ?? []).map(toCriminalRecord),
    livingSituation: leefsituatie && {
      ...originOf(leefsituatie),
      housing: leefsituatie.wonen,
      income: leefsituatie.inkomen,
      debts: leefsituatie.schulden,
    },
    measures: (record.maatregelen ?? []).map(toMeasure),
    investigationReports: [],
  };
}

function toCarePlan(plan: Plan): FamilyDossierData["carePlan"] {
  return {
    ...originOf(plan),
    summary: plan.samenvatting,
    agreements: [...(plan.afspraken ?? [])],
    coordinator: plan.casusregisseur,
    status: textOfCode(PLAN_STATES, plan.stand),
  };
}

function toSafetyPlan(plan: SafetyPlanRow): FamilyDossierData["safetyPlan"] {
  return {
    ...originOf(plan),
    summary: plan.samenvatting,
    agreements: [...(plan.afspraken ?? [])],
    sightOnSafety: plan.zicht_op_veiligheid,
  };
}
