// Who plays which part in the story of a region: out of its demo, so that one story is told in every region.

import { join } from "node:path";
import type { HolderKind, Purpose, WorkerFunction } from "../../shared/kernel/codes";
import { neededDemo, type FirstQuery } from "../../shared/region/demo";
import { loadRegion, takesPart, type Organisation, type Region } from "../../shared/region/region";
import { today } from "../../shared/kernel/plain-date";
import { readDemoFamilies, type DemoFamily } from "../../subgraphs/families/demo/demo-family";

/** Somebody who works with the family of the story. */
export interface Party {
  readonly persona: string;
  readonly organisation: Organisation;
  /** What they look at the family for. */
  readonly purpose: Purpose;
}

/** The story of one region. */
export interface RegionStory {
  readonly region: Region;
  readonly family: DemoFamily;
  readonly families: readonly DemoFamily[];
  readonly firstQuery: FirstQuery;
  readonly localTeam: Party;
  readonly safeHome: Party;
  readonly agency: Party;
  readonly board: Party;
}

const PARTS: Readonly<
  Record<string, { readonly kind: HolderKind; readonly as: WorkerFunction; readonly purpose: Purpose }>
> = {
  localTeam: { kind: "LOCAL_TEAM", as: "WORKER", purpose: "CARE" },
  safeHome: { kind: "SAFE_HOME", as: "ASSESSOR", purpose: "SAFETY_ASSESSMENT" },
  agency: { kind: "CERTIFIED_AGENCY", as: "VOLUNTARY_WORKER", purpose: "CARE" },
  board: { kind: "CHILD_PROTECTION_BOARD", as: "INVESTIGATOR", purpose: "INVESTIGATION" },
};

/** Reads the story of a region; throws when its demo has nobody for one of the parts. */
export async function readRegionStory(code: string): Promise<RegionStory> {
  const region = loadRegion(code);
  const { folder, firstQuery, personas } = neededDemo(region);
  const families = await readDemoFamilies(join(folder, "families"));
  const [, id] = /family\(id: "([^"]+)"\)/.exec(firstQuery.query) ?? [];
  const family = families.find((one) => (one.id as string) === id);
  if (!family) throw new Error(`The first query of ${code} asks for no family of its demo.`);
  const party = (part: string): Party => {
    const { kind, as, purpose } = PARTS[part] ?? { kind: "HUB", as: "OPERATOR", purpose: "CARE" };
    for (const { worker, organisation } of family.assignments) {
      const found = region.organisations.find((one) => one.code === organisation);
      const isPlayed = personas.some((one) => one.code === (worker as string) && one.workerFunction === as);
      if (found?.kind === kind && isPlayed && takesPart(found, today())) {
        return { persona: worker, organisation: found, purpose };
      }
    }
    throw new Error(`Nobody in the demo of ${code} plays the ${part}.`);
  };
  return {
    region,
    family,
    families,
    firstQuery,
    localTeam: party("localTeam"),
    safeHome: party("safeHome"),
    agency: party("agency"),
    board: party("board"),
  };
}
