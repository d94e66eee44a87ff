// The synthetic families in the registers of a test database, with links as the organisations would give them.

import path from "node:path";
import type { Pool } from "pg";
import { today } from "../../shared/kernel/plain-date";
import { neededDemo } from "../../shared/region/demo";
import { DEFAULT_REGION, loadRegion } from "../../shared/region/region";
import { readDemoFamilies, type DemoFamily } from "../../subgraphs/families/demo/demo-family";
import type { DemoLink } from "../../subgraphs/families/demo/demo-links";
import { seedRegister } from "../../subgraphs/families/demo/seed-families";

const FAMILIES = path.join(neededDemo(loadRegion(DEFAULT_REGION)).folder, "families");
const PREFIX: Readonly<Record<string, string>> = {
  lokalis: "LOK",
  "veilig-thuis": "VT",
  save: "SAVE",
  rvdk: "RVDK",
  wss: "WSS",
};

/** The fifteen families as they are written down. */
export const demoFamilies = (): Promise<DemoFamily[]> => readDemoFamilies(FAMILIES);

/** Links as the demos of the organisations write them; the pseudonyms are made up. */
export function linksOf(families: readonly DemoFamily[]): Map<string, Map<string, DemoLink>> {
  const links = new Map<string, Map<string, DemoLink>>();
  for (const family of families) {
    for (const { organisation } of family.involvements) {
      const known = links.get(organisation) ?? new Map<string, DemoLink>();
      known.set(family.id, {
        familyId: family.id,
        caseReference: `${PREFIX[organisation]}-20${family.id.slice(-2)}`,
        persons: family.persons.map(({ id }) => ({ personId: id, pseudonym: `${organisation}:${id}` })),
      });
      links.set(organisation, known);
    }
  }
  return links;
}

/** Fills the registers behind `pool` with the fifteen families as of today. */
export async function seedDemoRegister(pool: Pool): Promise<void> {
  const families = await demoFamilies();
  await seedRegister(pool, families, linksOf(families), today());
}
