// How the demo cases of the William Schrikker Stichting (demo/cases/*.json) lie in the table of schema.sql.

import { DUTCH_DATES } from "../../../shared/sources/date-notation";
import type { DemoLayout } from "../../../shared/sources/demo-records";

export const layout: DemoLayout = { tables: ["export_regel"], keys: {}, dates: DUTCH_DATES };
