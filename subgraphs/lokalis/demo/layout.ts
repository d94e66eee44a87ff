// How the demo cases of Lokalis (demo/cases/*.json) lie in the tables of schema.sql.

import type { DemoLayout } from "../../../shared/sources/demo-records";

export const layout: DemoLayout = {
  tables: [
    "medewerkers",
    "huishoudens",
    "clienten",
    "gezinsplannen",
    "gezinsplan_afspraken",
    "doelen",
    "contactnotities",
    "veiligheidsplannen",
    "veiligheidsafspraken",
    "veiligheidscijfers",
    "signalen",
    "informanten",
    "politiemeldingen",
    "leefsituaties",
    "onderwijs",
    "gezondheid",
    "maatregelen",
  ],
  keys: {
    huishoudens: "dossiernummer",
    clienten: "clientnummer",
    gezinsplannen: "plannummer",
    veiligheidsplannen: "plannummer",
    signalen: "signaalnummer",
  },
};
