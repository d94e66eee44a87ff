// The citizens' numbers of the demo by family, and numbers that nobody in the demo has.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { passesElfproef } from "../../shared/kernel/bsn";
import { PROJECT_ROOT } from "./hub";

const BSN = /\b9999\d{5}\b/g;
/** Case files are named after the case, of which the last two digits are the family's; some have more than one file. */
const CASE_FILE = /-20(\d{2})(-\w+)?\.\w+$/;

/** Family id -> the numbers of its members that an organisation of the demo knows. */
export function numbersKnownTo(organisation: string): ReadonlyMap<string, readonly string[]> {
  const folder = join(PROJECT_ROOT, "subgraphs", organisation, "demo", "cases");
  const found = new Map<string, string[]>();
  for (const file of readdirSync(folder)) {
    const family = CASE_FILE.exec(file)?.[1];
    if (family === undefined) continue;
    const text = readFileSync(join(folder, file), "utf8");
    const numbers = (text.match(BSN) ?? []).filter(passesElfproef);
    found.set(`OVV-${family}`, [...new Set([...(found.get(`OVV-${family}`) ?? []), ...numbers])]);
  }
  return found;
}

/** So many numbers that pass the elfproef and are not among `known`. */
export function unknownNumbers(count: number, known: ReadonlySet<string>): string[] {
  const found: string[] = [];
  for (let number = 999_900_000; found.length < count && number <= 999_999_999; number += 1) {
    const text = String(number);
    if (passesElfproef(text) && !known.has(text)) found.push(text);
  }
  return found;
}
