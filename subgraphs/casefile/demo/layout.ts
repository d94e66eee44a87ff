// How the demo cases of an organisation that runs this package lie in the table of schema.sql.

import type { DemoLayout } from "../../../shared/sources/demo-records";

export const layout: DemoLayout = { tables: ["zaakdossier"], keys: {} };
