// Reads rows.json: which rows of the decision table the set serves, by which rules, and why the others wait.

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** One row of the decision table. */
export type Row =
  | { readonly row: number; readonly title: string; readonly served: true; readonly rules: readonly string[] }
  | { readonly row: number; readonly title: string; readonly served: false; readonly why: string };

/** The index of rows, in order. */
export const readRows = (): readonly Row[] =>
  JSON.parse(readFileSync(join(__dirname, "rows.json"), "utf8")) as Row[];
