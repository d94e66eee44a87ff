// A client of Lokalis -> what the contract says of a person.

import type { PersonDossierData } from "../../../shared/contract/dossiers/person-dossier";
import { textOfCode } from "../../../shared/sources/code-text";
import { scoreOf } from "../../../shared/sources/dossier-item";
import type { ClientRecord } from "../source/records";
import { AUTHORITY, GOAL_STATES, ROLES } from "./code-lists";
import { originOf, toCriminalRecord, toMeasure } from "./items";

/** Every category that Lokalis holds of a client; it keeps no shielded addresses. */
export function toPersonDossier(record: ClientRecord): PersonDossierData {
  const { client, gezondheid, onderwijs } = record;
  const role = Object.hasOwn(ROLES, client.rol) ? ROLES[client.rol] : undefined;
  const health = gezondheid && {
    ...originOf(gezondheid),
    summary: gezondheid.samenvatting,
    diagnoses: gezondheid.diagnoses && [...gezondheid.diagnoses],
  };
  return {
    identity: {
      ...originOf(client),
      name: [client.voornaam, client.tussenvoegsel, client.achternaam].filter(Boolean).join(" "),
      birthDate: client.geboortedatum,
      dueDate: client.uitgerekende_datum,
      language: client.taal,
      phone: client.telefoon,
      address: client.adres,
    },
    householdRole: {
      ...originOf(client),
      roleCode: role?.code ?? null,
      role: role?.text ?? textOfCode({}, client.rol),
      authority: textOfCode(AUTHORITY, client.gezag),
      livesWith: client.woont_bij,
    },
    goals: (record.doelen ?? []).map((goal) => ({
      ...originOf(goal),
      text: goal.tekst,
      status: textOfCode(GOAL_STATES, goal.stand),
    })),
    safetyAssessments: (record.veiligheidscijfers ?? []).map((one) => ({
      ...originOf(one),
      ...scoreOf(one.cijfer, one.toelichting),
      instrument: "schaalvraag",
      assessedOn: one.datum,
    })),
    childHealth: role?.child === true ? health : null,
    // Whoever is not known to be a child counts as an adult here: the stricter of the two categories.
    parentHealth: role?.child === true ? null : health,
    criminalRecords: (record.politiemeldingen ?? []).map(toCriminalRecord),
    education: onderwijs && {
      ...originOf(onderwijs),
      school: onderwijs.school,
      attendance: onderwijs.verzuim,
      support: onderwijs.ondersteuning,
    },
    measures: (record.maatregelen ?? []).map(toMeasure),
    secretAddress: null,
  };
}
