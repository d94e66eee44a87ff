// What names the people of the demo: names, addresses, telephone numbers and BSNs, as the organisations' own data have them.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { knownRegions } from "../../shared/region/region-file";
import { loadRegion, subgraphFolders } from "../../shared/region/region";
import { PROJECT_ROOT } from "./hub-place";

const NAMING = /naam|adres|telefoon|^tel$/i;
const BSN = /\b9999\d{5}\b/g;
/** Shorter names, and words in lower case, are words of a sentence as well. */
const NAME = /^\p{Lu}\p{L}{3,}$/u;
/** A town in addresses, and how the time zone is called in any log. */
const TIME_ZONE = "Amsterdam";
const TELEPHONE = /^0\d{1,3}-\d{6,8}$/;

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Looks for words of a value that name somebody. */
function wordsIn(value: string): string[] {
  const words = value.split(/[\s,;|()]+/).filter((word) => NAME.test(word) && word !== TIME_ZONE);
  return TELEPHONE.test(value) ? [value] : [...words, ...(words.length > 1 ? [value] : [])];
}

function collect(value: unknown, key: string, into: Set<string>): void {
  if (typeof value === "string" && NAMING.test(key)) for (const word of wordsIn(value)) into.add(word);
  if (typeof value !== "object" || value === null) return;
  for (const [name, one] of Object.entries(value)) collect(one, Array.isArray(value) ? key : name, into);
}

/** Every word and number that names one of the people of the demo. */
export function namesOfDemo(): ReadonlySet<string> {
  const found = new Set<string>();
  const regions = knownRegions().map((code) => loadRegion(code));
  const ofSubgraphs = regions
    .flatMap(subgraphFolders)
    .map((name) => join(PROJECT_ROOT, "subgraphs", name, "demo"));
  const ofRegions = regions.flatMap(({ folder }) =>
    folder === undefined ? [] : [join(folder, "organisations")],
  );
  for (const folder of [...new Set(ofSubgraphs), ...ofRegions].filter((one) => existsSync(one))) {
    for (const file of filesOf(folder)) {
      const text = readFileSync(file, "utf8");
      for (const bsn of text.match(BSN) ?? []) found.add(bsn);
      if (file.endsWith(".json")) collect(JSON.parse(text), "", found);
    }
  }
  return found;
}

/** The names that stand in a text as words of their own; a BSN also with marks between its digits. */
export function namesIn(text: string, names: ReadonlySet<string>): string[] {
  const joined = text.replaceAll(/(?<=\d)[._ -](?=\d)/g, "");
  const words = new Set([text, joined].flatMap((one) => one.split(/[^\p{L}\d-]+/u)));
  return [...names].filter((name) => {
    if (!name.includes(" ")) return words.has(name);
    // Looked for in the whole text only where one of its words is there.
    return name.split(/[^\p{L}\d-]+/u).some((word) => words.has(word)) && text.includes(name);
  });
}
