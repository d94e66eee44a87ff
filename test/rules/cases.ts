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

/** All case files; the folder is the number of a row, of a hard deny, or beyond-the-table. A note is no case. */
export const readCases = () =>
  readdirSync(FOLDER).flatMap((folder) =>
    filesOf(folder, ".json").map((file) => ({
      name: `${folder}/${file}`,
      folder,
      content: JSON.parse(readFileSync(join(FOLDER, folder, file), "utf8")) as Case,
    })),
  );

/** The names of the notes, such as `H8/README.md`: what is no rule and has no case. */
export const readNotes = (): string[] =>
  readdirSync(FOLDER).flatMap((folder) => filesOf(folder, ".md").map((file) => `${folder}/${file}`));

const filesOf = (folder: string, ending: string): string[] =>
  readdirSync(join(FOLDER, folder)).filter((file) => file.endsWith(ending));

/** The facts of a case: those of its base, and what it changes. Throws when there is no such base. */
export function factsOf({ base, facts }: Case): Facts {
  const found = readBases()[base];
  if (found === undefined) throw new Error(`There is no base ${base} in bases.json.`);
  return { ...found.facts, ...facts };
}
