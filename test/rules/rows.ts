// Reads rows.json: which rules serve each row of the decision table.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Outcome } from "../../shared/kernel/codes";

/** One row of the decision table. */
export interface Row {
  readonly row: number;
  /** Who asks what, and what comes out. */
  readonly title: string;
  readonly served: boolean;
  readonly rules: readonly string[];
}

/** The index of rows, in order. */
export const readRows = (): readonly Row[] =>
  JSON.parse(readFileSync(join(__dirname, "rows.json"), "utf8")) as Row[];

/** The outcome with which the title of a row ends: `...: permit`. Throws an Error for a title that ends otherwise. */
export function outcomeOf({ row, title }: Row): Outcome {
  const outcome = /: (permit|hold|deny)( what was sent)?$/.exec(title)?.[1]?.toUpperCase();
  if (outcome === undefined) throw new Error(`The title of row ${row} does not say what comes out.`);
  return outcome as Outcome;
}
