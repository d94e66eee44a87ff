// A person in SAVE's cases -> what the contract says of a person.

import type { PersonDossierData } from "../../../shared/contract/dossiers/person-dossier";
import type { Education } from "../../../shared/contract/values/education";
import type { Health } from "../../../shared/contract/values/health";
import { YOUTH_CARE_ROLES, knownText, textOfCode } from "../../../shared/sources/code-text";
import { scoreOf } from "../../../shared/sources/dossier-item";
import { SHIELDED_STAY, type HealthRow, type PersonRecord, type SchoolRow } from "../source/records";
import {
  AUTHORITY,
  GOAL_STATES,
  HEALTH_DOMAINS,
  HEALTH_FEATURES,
  INSTRUMENTS,
  LANGUAGES,
  RESIDENCE,
  SHIELDED_PLACES,
} from "./code-lists";
import { originOf, toCriminalRecord, toMeasure } from "./items";

/** Role of the chain messages for a young person. */
const YOUNG_PERSON = "301";

/** Every category that SAVE holds of a person. */
export function toPersonDossier(record: PersonRecord): PersonDossierData {
  const { persoon, rol, afgeschermd } = record;
  const health = toHealth(record.kenmerken ?? []);
  const isChild = rol.jzr_code === YOUNG_PERSON;
  return {
    identity: {
      ...originOf(persoon),
      name: persoon.naam,
      birthDate: persoon.geb_dt,
      dueDate: persoon.verw_geb_dt,
      language: textOfCode(LANGUAGES, persoon.taal_code),
      phone: persoon.tel,
      address: afgeschermd ? null : persoon.adres,
    },
    householdRole: {
      ...originOf(rol),
      roleCode: rol.jzr_code,
      role: textOfCode(YOUTH_CARE_ROLES, rol.jzr_code),
      authority: textOfCode(AUTHORITY, rol.gezag_code),
      livesWith: textOfCode(RESIDENCE, rol.verblijf_code),
    },
    goals: (record.doelen ?? []).map((goal) => ({
      ...originOf(goal),
      text: goal.tekst,
      status: textOfCode(GOAL_STATES, goal.stand_code),
    })),
    safetyAssessments: (record.taxaties ?? []).map((one) => ({
      ...originOf(one),
      ...scoreOf(one.cijfer, one.kern_tekst),
      instrument: textOfCode(INSTRUMENTS, one.instrument_code),
      assessedOn: one.dt,
    })),
    childHealth: isChild ? health : null,
    // Whoever is not known to be a child counts as an adult here: the stricter of the two categories.
    parentHealth: isChild ? null : health,
    criminalRecords: (record.justitie ?? []).map(toCriminalRecord),
    education: toEducation(record.school ?? []),
    measures: (record.beschikkingen ?? []).map(toMeasure),
    secretAddress: afgeschermd && {
      ...originOf(afgeschermd),
      place: textOfCode(SHIELDED_PLACES, afgeschermd.plek_code),
      address: afgeschermd.adres,
    },
    marks: afgeschermd ? [SHIELDED_STAY] : [],
  };
}

/** Features as diagnoses, their explanations as one summary; the newest row tells who recorded it and when. */
function toHealth(rows: readonly HealthRow[]): Health | null {
  const [newest] = rows;
  if (!newest) return null;
  const lines = rows.flatMap((row) =>
    row.tekst === null ? [] : [`${knownText(HEALTH_DOMAINS, row.gebied_code)}: ${row.tekst}`],
  );
  return {
    ...originOf(newest),
    summary: lines.join(" ") || "Zonder toelichting.",
    diagnoses: rows.flatMap((row) => textOfCode(HEALTH_FEATURES, row.kenmerk_code) ?? []),
  };
}

const joined = (texts: readonly string[]): string | null => texts.join(" ") || null;

/** School facts by kind (S school, V absence, B support); one of another kind is told under support, with its code. */
function toEducation(rows: readonly SchoolRow[]): Education | null {
  const [newest] = rows;
  if (!newest) return null;
  const textOf = (code: string): string[] =>
    rows.filter((row) => row.soort_code === code).map((row) => row.tekst);
  const others = rows
    .filter((row) => !["S", "V", "B"].includes(row.soort_code))
    .map((row) => `${knownText({}, row.soort_code)}: ${row.tekst}`);
  return {
    ...originOf(newest),
    school: joined(textOf("S")),
    attendance: joined(textOf("V")),
    support: joined([...textOf("B"), ...others]),
  };
}
