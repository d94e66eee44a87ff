// Everything that a view needs: a database, issuers of tokens, five organisations, the register of families on that
// database, and one gateway for each variant.

import { join } from "node:path";
import { loadFamilyRecords, type FamilyRecord } from "../../../../shared/database/family-records";
import { DEFAULT_REGION, loadRegion, type Region } from "../../../../shared/region/region";
import type { BenchOptions } from "../benchmark";
import { startTalkingChild, type TalkingChild } from "../child";
import { openPool } from "../connect";
import { startBenchDatabase } from "../hub-database";
import { startBenchIssuer, type BenchIssuer } from "../issuer";
import { createParts, type Parts } from "../parts";
import { ALL_PERMITTED, writeFamilies } from "./families";
import { environmentOf, placeRegister, startGateway, startRegister } from "./services";
import type { Variant } from "./variants";

/** What is there to ask. */
export interface Stage<Name extends Variant> {
  readonly region: Region;
  /** What the hub has of the family of which everything may be seen. */
  readonly record: FamilyRecord;
  readonly issuer: BenchIssuer;
  readonly gateways: Readonly<Record<Name, TalkingChild>>;
  readonly sources: TalkingChild;
  /** Entries that the access log of this database has. */
  readonly countEntries: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

/** Starts all of it; rejects, with everything stopped, when something cannot start. */
export async function startStage<Name extends Variant>(
  variants: readonly Name[],
  options: BenchOptions,
): Promise<Stage<Name>> {
  const parts = createParts();
  try {
    return await startParts(parts, variants, options);
  } catch (error) {
    await parts.stop();
    throw error;
  }
}

async function startParts<Name extends Variant>(
  parts: Parts,
  variants: readonly Name[],
  { plantDifference, signal }: BenchOptions,
): Promise<Stage<Name>> {
  const region = loadRegion(DEFAULT_REGION);
  const database = await parts.keep(startBenchDatabase(region));
  const owner = openPool(database.ownerUrl, 1);
  await parts.keep(Promise.resolve({ stop: () => owner.end() }));
  await writeFamilies(owner, region, plantDifference);
  const [record] = await loadFamilyRecords(owner, { familyIds: [ALL_PERMITTED.familyId], personIds: [] });
  const issuer = await parts.keep(startBenchIssuer(region, database.keysDirectory));
  const sources = await parts.keep(
    startTalkingChild({ name: "the sources", script: join(__dirname, "sources-process.js") }),
  );
  const register = await placeRegister("families");
  const env = environmentOf(database, issuer, {
    ...(sources.ready as Record<string, string>),
    [register.name]: register.url,
  });
  await startRegister(parts, register, env, signal);
  const gateways = await parts.keepAll(variants.map(async (variant) => startGateway(variant, env)));
  if (!record) throw new Error("The family that was written is not there.");
  return {
    region,
    record,
    issuer,
    sources,
    gateways: Object.fromEntries(variants.map((variant, index) => [variant, gateways[index]])) as Record<
      Name,
      TalkingChild
    >,
    countEntries: async () => {
      const { rows } = await owner.query<{ entries: number }>(
        "select count(*)::float8 as entries from access_log.entry",
      );
      return rows[0]?.entries ?? 0;
    },
    stop: parts.stop,
  };
}
