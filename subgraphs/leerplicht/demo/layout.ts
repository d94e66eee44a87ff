// How the demo cases of Leerplicht Utrecht (demo/cases/*.json) lie in the tables of schema.sql.

import type { DemoLayout } from "../../../shared/sources/demo-records";

export const layout: DemoLayout = { tables: ["dossier", "betrokkene"], keys: { dossier: "nummer" } };
