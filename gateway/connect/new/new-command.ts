// npm run connect -- new <name>: writes a subgraph folder that works, for an organisation to put its own fields in.

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import type { MemberKind } from "../../../shared/kernel/member-kinds";
import type { Region } from "../../../shared/region/region";
import { committedSchemas } from "../compose-with";
import type { Example } from "../contract-schema";
import { askQuestions, type Terminal } from "./ask-questions";
import { filesOf } from "./fill-templates";
import { checkNewOrganisation, regionEntryOf, type NewAnswers } from "./new-organisation";
import { writeFolder } from "./write-folder";

/** What the command was told. */
export interface NewCommand {
  readonly kind: "new";
  readonly answers: NewAnswers;
  /** Folder of the checkout in which `subgraphs` lies. */
  readonly into: string;
}

/** What it works with. */
export interface NewSurroundings {
  readonly region: Region;
  readonly print: (text: string) => void;
  /** Undefined where nobody can answer. */
  readonly terminal?: Terminal | undefined;
}

/** A schema of the region to go by. Throws a RangeError when it has none. */
export function exampleOf(region: Region): Example {
  const schemas = committedSchemas(region);
  const organisation = region.organisations.find((one) => schemas[one.code] !== undefined);
  if (!organisation) throw new RangeError("No organisation of this region has a schema to go by.");
  return { organisation, sdl: schemas[organisation.code] ?? "" };
}

/** Asks what is missing, writes the folder, and says what is left to do. Throws an ArgumentError. */
export async function makeNew(
  { answers, into }: NewCommand,
  { region, print, terminal }: NewSurroundings,
): Promise<void> {
  const asked = terminal ? await askQuestions(answers, terminal) : answers;
  const organisation = checkNewOrganisation(asked, region);
  const { code } = organisation;
  const folder = path.join(into, "subgraphs", code);
  const files = filesOf(organisation, exampleOf(region));
  writeFolder(folder, files);
  format(into, folder);
  print(`Written: ${path.relative(process.cwd(), folder)} (${files.size} files).

Put this in the region file, under \`organisations\` (shared/region/regions/${region.code}.json):

${JSON.stringify(regionEntryOf(organisation), null, 2)}

Then:
  npm run compose                            the supergraph with ${organisation.name}
  npx jest --selectProjects unit -- subgraphs/${code}
  npm start                                  asks it beside the others; ${rulesFor(organisation.kind)}
  npm run connect -- check <url> --organisation ${code}`);
}

/** What the rules say of an organisation of this kind as soon as it takes part: they know organisations by kind alone. */
const rulesFor = (kind: MemberKind): string =>
  kind === "OTHER" ? "no rule opens anything to or of it yet" : `the rules for ${kind} hold for it at once`;

/** As the other files of the checkout are; without the formatter (it is for developers) they work as well. */
function format(into: string, folder: string): void {
  const formatter = path.join(into, "node_modules", "prettier", "bin", "prettier.cjs");
  if (!existsSync(formatter)) return;
  execFileSync(process.execPath, [formatter, "--log-level", "silent", "--write", folder], { cwd: into });
}
