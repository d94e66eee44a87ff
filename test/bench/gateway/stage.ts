// What stands ready for a measurement: subgraphs with fixed answers, and the gateways before them.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { supergraphFile } from "../../../gateway/federate/schema-files";
import { GATEWAY_NODE_FLAGS } from "../../../shared/launch/node-flags";
import { DEFAULT_REGION, loadRegion } from "../../../shared/region/region";
import { makeTestFolder } from "../../kit/test-folders";
import type { BenchOptions } from "../kit/benchmark";
import { startTalkingChild, type TalkingChild } from "../kit/child";
import { openPool } from "../kit/connect";
import { startBenchDatabase } from "../kit/hub-database";
import { ALL_PERMITTED, writeWards } from "../kit/hub/families";
import { environmentOf, startGateway } from "../kit/hub/services";
import { startBenchIssuer } from "../kit/issuer";
import { createParts, type Parts } from "../kit/parts";
import { startOthers, type Field } from "./contestants";
import type { Peers } from "./peers/install";
import { composeShop } from "./shop/subgraphs";
import type { BenchFamily } from "./world";

/** What is there to ask, and how the hub's own gateway knows who asks. */
export interface GatewayStage {
  readonly field: Field;
  readonly sources: TalkingChild;
  readonly headers: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/** Starts what `start` says; stops all of it again when something cannot start. */
async function staged(start: (parts: Parts) => Promise<Omit<GatewayStage, "stop">>): Promise<GatewayStage> {
  const parts = createParts();
  try {
    return { ...(await start(parts)), stop: parts.stop };
  } catch (error) {
    await parts.stop();
    throw error;
  }
}

/** Switch: every gateway has the room for young objects that the hub's has. */
export const ALIKE = "alike";

/** Options of Node for those who have nothing of the hub: none, as their documentation starts them. */
const othersFlags = ({ switches }: BenchOptions): readonly string[] =>
  switches.has(ALIKE) ? GATEWAY_NODE_FLAGS : [];

const startSources = async (kind: "region" | "shop", families: number): Promise<TalkingChild> =>
  startTalkingChild({
    name: "the sources",
    script: join(__dirname, "sources-process.js"),
    args: [kind],
    env: { BENCH_FAMILIES: String(families) },
  });

/** The region: five organisations and the register of families, the hub on a real PostgreSQL, and the others. */
export const startRegion = async (
  options: BenchOptions,
  peers: Peers | undefined,
  families: readonly BenchFamily[],
): Promise<GatewayStage> =>
  staged(async (parts) => {
    const region = loadRegion(DEFAULT_REGION);
    const database = await parts.keep(startBenchDatabase(region));
    const owner = openPool(database.ownerUrl, 1);
    await parts.keep(Promise.resolve({ stop: () => owner.end() }));
    await writeWards(owner, region, families, options.plantDifference);
    await owner.query("analyze");
    const issuer = await parts.keep(startBenchIssuer(region, database.keysDirectory));
    const sources = await parts.keep(startSources("region", families.length));
    const urls = sources.ready as Record<string, string>;
    const supergraph = readFileSync(supergraphFile(region), "utf8");
    const others = peers
      ? await startOthers({
          parts,
          folder: database.folder,
          supergraph,
          urls,
          peers,
          nodeFlags: othersFlags(options),
        })
      : new Map();
    const schakel = await parts.keep(startGateway("on", environmentOf(database, issuer, urls)));
    return {
      field: new Map([...others, ["schakel", schakel]]),
      sources,
      headers: {
        authorization: `Bearer ${await issuer.tokenOf(ALL_PERMITTED.persona)}`,
        purpose: ALL_PERMITTED.purpose,
      },
    };
  });

/** The shop: four subgraphs, and the gateways that have nothing of the hub. */
export const startShop = async (options: BenchOptions, peers: Peers): Promise<GatewayStage> =>
  staged(async (parts) => {
    const folder = makeTestFolder();
    const sources = await parts.keep(startSources("shop", 0));
    const urls = sources.ready as Record<string, string>;
    const supergraph = composeShop();
    const nodeFlags = othersFlags(options);
    const field = await startOthers({ parts, folder, supergraph, urls, peers, nodeFlags });
    return { field, sources, headers: {} };
  });

/** Lets connections that were just used come to rest. */
export const settle = async (): Promise<void> => setTimeout(100);
