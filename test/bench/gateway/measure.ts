// The comparison as a whole: the region with quick and with slow sources, then the shop.

import type { BenchOptions } from "../kit/benchmark";
import { createPoster, type Poster } from "../kit/load";
import { compare, requireSame, type Compared, type Pace, type Task } from "./compare";
import { peerVersions } from "./contestants";
import { ensurePeers } from "./peers/install";
import { startRegion, startShop, type GatewayStage } from "./stage";
import { FAMILIES } from "./world";
import { REGION_WORKS, SHOP_WORKS, type Work } from "./works";

/** Switch: of all work, the one that the targets are about. */
export const ONLY_VIEW = "only-view";

/** Requests under way at once. */
export const CONCURRENCY = [1, 16, 64] as const;

/** Everything that was compared. */
export interface Comparison {
  readonly compared: readonly Compared[];
  /** Versions of what is compared with; or why some of it is left out. */
  readonly peers: Readonly<Record<string, string>> | { readonly missing: string };
}

/** Answers of each gateway that are compared for a first look; otherwise all are. */
const QUICKLY_COMPARED = 10;

interface Paces {
  readonly quickSources: Pace;
  readonly slowSources: Pace;
}

const PACES: Readonly<Record<"brief" | "quick" | "normal", Paces>> = {
  brief: {
    quickSources: { rounds: 1, windowMs: 100, warmUpMs: 50 },
    slowSources: { rounds: 1, windowMs: 600, warmUpMs: 50 },
  },
  quick: {
    quickSources: {
      rounds: 3,
      windowMs: 400,
      warmUpMs: 100,
      warmUp: { requests: 230, atMostMs: 2_000 },
    },
    slowSources: { rounds: 2, windowMs: 900, warmUpMs: 300 },
  },
  normal: {
    quickSources: {
      rounds: 9,
      windowMs: 1_000,
      warmUpMs: 500,
      warmUp: { requests: 350, atMostMs: 5_000 },
    },
    slowSources: { rounds: 5, windowMs: 2_500, warmUpMs: 1_000 },
  },
};

/** Starts everything, sees that all answer the same, and measures. */
export async function measureComparison(options: BenchOptions): Promise<Comparison> {
  const peers = await ensurePeers(options);
  if ("missing" in peers) options.say(`Hive Gateway is left out: ${peers.missing}`);
  const poster = createPoster(Math.max(...CONCURRENCY));
  try {
    options.say("Starting the sources, a database and the gateways ...");
    const { view } = REGION_WORKS;
    const onlyView = options.switches.has(ONLY_VIEW);
    const region = await onStage(startRegion(options, peers, FAMILIES), async (stage) => [
      ...(await compareAll(stage, poster, options, onlyView ? { view } : REGION_WORKS, false)),
      ...(await compareAll(stage, poster, options, { view }, true)),
    ]);
    const versions = "missing" in peers ? peers : peerVersions();
    if (onlyView) return { compared: region, peers: versions };
    options.say("Starting the shop ...");
    const shop = await onStage(startShop(options, peers), async (stage) =>
      compareAll(stage, poster, options, SHOP_WORKS, false),
    );
    return { compared: [...region, ...shop], peers: versions };
  } finally {
    await poster.close();
  }
}

async function onStage<T>(
  starting: Promise<GatewayStage>,
  act: (stage: GatewayStage) => Promise<T>,
): Promise<T> {
  const stage = await starting;
  try {
    return await act(stage);
  } finally {
    await stage.stop();
  }
}

async function compareAll(
  stage: GatewayStage,
  poster: Poster,
  options: BenchOptions,
  works: Readonly<Record<string, Work>>,
  slowSources: boolean,
): Promise<Compared[]> {
  const paces = PACES[options.brief ? "brief" : options.quick ? "quick" : "normal"];
  const pace = slowSources ? paces.slowSources : paces.quickSources;
  const found: Compared[] = [];
  for (const [name, work] of Object.entries(works)) {
    const compared = options.quick ? work.variables.slice(0, QUICKLY_COMPARED) : work.variables;
    await requireSame(stage, poster, name, { ...work, variables: compared });
    const rounds = options.rounds ?? pace.rounds;
    const task: Task = { name, work, slowSources, concurrency: CONCURRENCY, pace: { ...pace, rounds } };
    found.push(...(await compare(stage, poster, task, options)));
  }
  return found;
}
