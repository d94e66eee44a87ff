// The hub alone, on a region of any size: what is asked of it grows, and what it has stored.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Pool } from "pg";
import { LIMITS } from "../../../../gateway/identify/limits";
import { startTalkingChild, type TalkingChild } from "../../kit/child";
import { openPool } from "../../kit/connect";
import { startBenchDatabase } from "../../kit/hub-database";
import { ALL_PERMITTED, writeWards } from "../../kit/hub/families";
import { environmentOf, startGateway } from "../../kit/hub/services";
import { startBenchIssuer } from "../../kit/issuer";
import { createParts } from "../../kit/parts";
import { makeTestFolder } from "../../../kit/test-folders";
import type { BenchFamily } from "../world";
import { regionOfSize, type SizedRegion } from "./region-of-size";

/** What is there to ask. */
export interface GrowthStage {
  readonly gateway: TalkingChild;
  readonly headers: Readonly<Record<string, string>>;
  readonly owner: Pool;
  readonly sized: SizedRegion;
  readonly stop: () => Promise<void>;
}

/** What one request may be is bounded lower than what is measured here. */
const WIDEST = Object.fromEntries(Object.values(LIMITS).map(({ setting, most }) => [setting, String(most)]));

/** What is there. */
export interface GrowthPlan {
  readonly organisations: number;
  readonly families: readonly BenchFamily[];
  /** Times the rules in force; 1 when left out. */
  readonly rulesTimes?: number;
}

/** Starts the hub on a region with so many organisations and these families. */
export async function startGrowthStage({
  organisations,
  families,
  rulesTimes = 1,
}: GrowthPlan): Promise<GrowthStage> {
  const parts = createParts();
  try {
    const folder = makeTestFolder();
    const sized = regionOfSize(organisations, folder);
    const database = await parts.keep(startBenchDatabase(sized.region));
    const owner = openPool(database.ownerUrl, 1);
    await parts.keep(Promise.resolve({ stop: () => owner.end() }));
    await writeWards(owner, sized.region, families, false);
    await owner.query("analyze");
    const issuer = await parts.keep(startBenchIssuer(sized.region, database.keysDirectory));
    const contracts = join(folder, "contracts.json");
    writeFileSync(contracts, JSON.stringify({ contracts: sized.contracts, families }));
    const sources = await parts.keep(
      startTalkingChild({
        name: "the sources",
        script: join(__dirname, "..", "sources-process.js"),
        args: [contracts],
      }),
    );
    const supergraph = join(folder, "supergraph.graphql");
    writeFileSync(supergraph, sized.supergraph);
    const env = {
      ...environmentOf(database, issuer, sources.ready as Record<string, string>),
      ...WIDEST,
      SCHAKEL_REGION: sized.file,
      BENCH_SUPERGRAPH: supergraph,
      BENCH_RULES_TIMES: String(rulesTimes),
    };
    const gateway = await parts.keep(startGateway("on", env));
    const { persona, purpose } = ALL_PERMITTED;
    const headers = { authorization: `Bearer ${await issuer.tokenOf(persona)}`, purpose };
    return { gateway, headers, owner, sized, stop: parts.stop };
  } catch (error) {
    await parts.stop();
    throw error;
  }
}
