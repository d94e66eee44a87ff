// How the demo cases of Veilig Thuis (demo/cases/*.json) lie in the table of schema.sql.

import type { DemoLayout } from "../../../shared/sources/demo-records";

export const layout: DemoLayout = { tables: ["meldingsdossier"], keys: {} };
