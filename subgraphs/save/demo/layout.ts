// How the demo cases of SAVE (demo/cases/*.json) lie in the tables of schema.sql.

import type { DemoLayout } from "../../../shared/sources/demo-records";

export const layout: DemoLayout = {
  tables: [
    "mdw",
    "persoon",
    "zaak",
    "zaak_betrokkene",
    "afgeschermd_verblijf",
    "journaal",
    "plan",
    "plan_regel",
    "taxatie",
    "beschikking",
    "rapportage",
    "signaal",
    "justitie_info",
    "leefgebied",
    "gezondheidskenmerk",
    "schoolgegeven",
  ],
  keys: { zaak: "zaak_id", persoon: "persoon_id", plan: "plan_id" },
};
