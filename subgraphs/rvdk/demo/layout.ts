// How the demo cases of the Raad (demo/cases/*.json) lie in the table of schema.sql.

import { STUF_DATES } from "../../../shared/sources/date-notation";
import type { DemoLayout } from "../../../shared/sources/demo-records";

export const layout: DemoLayout = { tables: ["zaakbericht"], keys: {}, dates: STUF_DATES };
