// Reads the case files and the bases that they start from.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Outcome } from "../../shared/kernel/codes";
import type { Facts } from "../../gateway/privacy/facts";

/** A situation that cases start from. */
export interface Base {
  readonly description: string;
  readonly facts: Facts;
}

/** What one case file says. */
export interface Case {
  readonly title: string;
  readonly base: string;
  /** What differs from the base. */
  readonly facts: Partial<Facts>;
  readonly outcome: Outcome;
  readonly rule: string;
}

const FOLDER = join(__dirname, "cases");

/** The bases of bases.json by name. */
export const readBases = (): Readonly<Record<string, Base>> =>
  JSON.parse(readFileSync(join(__dirname, "bases.json"), "utf8")) as Record<string, Base>;

/** All case files; the folder is the number of a row, of a hard deny, or beyond-the-table. */
export const readCases = () =>
  readdirSync(FOLDER).flatMap((folder) =>
    readdirSync(join(FOLDER, folder)).map((file) => ({
      name: `${folder}/${file}`,
      folder,
      content: JSON.parse(readFileSync(join(FOLDER, folder, file), "utf8")) as Case,
    })),
  );

/** The facts of a case: those of its base, and what it changes. Throws when there is no such base. */
export function factsOf({ base, facts }: Case): Facts {
  const found = readBases()[base];
  if (found === undefined) throw new Error(`There is no base ${base} in bases.json.`);
  return { ...found.facts, ...facts };
}
