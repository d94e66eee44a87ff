// Tells the hub's demo which of its families and persons stand behind an organisation's cases, by pseudonym only.

import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { pseudonymOfPerson, type PersonIdentity } from "./person-index";
import type { PseudonymKey } from "./pseudonym";

/** A family of the demo as one organisation knows it. */
export interface DemoLink {
  readonly familyId: string;
  readonly caseReference: string;
  readonly persons: readonly { readonly personId: string; readonly pseudonym: string }[];
}

/** Case references of the demo end in the number of the family: 2006 is the sixth. */
const DEMO_CASE = /^[A-Z]+-20(\d{2})$/;

/**
 * The links of everybody in a demo system, to families whose ids begin with `familyPrefix`; throws on a case reference
 * that is not of the demo.
 */
export function toDemoLinks(
  key: PseudonymKey,
  people: readonly PersonIdentity[],
  familyPrefix: string,
): DemoLink[] {
  const families = new Map<string, PersonIdentity[]>();
  for (const person of people) {
    families.set(person.case_reference, [...(families.get(person.case_reference) ?? []), person]);
  }
  return [...families]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([caseReference, members]) => {
      const number = DEMO_CASE.exec(caseReference)?.[1];
      if (number === undefined) throw new Error("A case reference that is not of the demo.");
      const familyId = `${familyPrefix}-${number}`;
      return {
        familyId,
        caseReference,
        persons: members
          .toSorted((one, other) => one.number - other.number)
          .map((person) => ({
            personId: `${familyId}-${person.number}`,
            pseudonym: pseudonymOfPerson(key, person),
          })),
      };
    });
}

/** Writes `<data dir>/demo/links-<organisation>.json`, whole or not at all; returns where. */
export async function writeDemoLinks(
  dataDirectory: string,
  organisation: string,
  links: readonly DemoLink[],
): Promise<string> {
  const file = path.resolve(dataDirectory, "demo", `links-${organisation}.json`);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.new`, `${JSON.stringify(links, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return file;
}
