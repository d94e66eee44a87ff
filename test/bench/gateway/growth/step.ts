// One row of a table of growth: the same request over and over, one at a time, for as long as the gateway's own processor
// time says, so that a busy machine measures as much as a quiet one.

import { BenchError, type BenchOptions } from "../../kit/benchmark";
import type { Usage } from "../../kit/child";
import { databaseMsBetween, databaseProcessor } from "../../kit/database-processor";
import type { Answered } from "../../kit/hub/same-answers";
import { applyLoad, type Poster } from "../../kit/load";
import { figuresOf, type Sample } from "../../kit/samples";
import { inCircle, postsOf } from "../compare";
import type { Work } from "../works";
import type { GrowthStage } from "./stage";

/** What was measured at one size. */
export interface Measured {
  readonly size: number;
  /** By the clock: on a busy machine it says little. */
  readonly p50Ms: number;
  /** Of the gateway's process, for one request. */
  readonly processorMs: number;
  /** Of PostgreSQL, for the gateway's connections and one request; left out where it is not known. */
  readonly databaseMs?: number;
  readonly measured: number;
}

/** How much processor time of the gateway is spent (ms), and on how many requests at least. */
interface Spend {
  readonly processorMs: number;
  readonly requests: number;
}

type Pace = Readonly<Record<"brief" | "quick" | "normal", Spend>>;
const BRIEF: Spend = { processorMs: 1, requests: 3 };
/** For each round: a gateway that was just started compiles its code first. */
const WARM_UP: Pace = {
  brief: BRIEF,
  quick: { processorMs: 1_600, requests: 3 },
  normal: { processorMs: 3_000, requests: 10 },
};
/** For each round, of a gateway that answered the like before. */
const SETTLE: Pace = {
  brief: BRIEF,
  quick: { processorMs: 200, requests: 1 },
  normal: { processorMs: 1_000, requests: 5 },
};
/** For each round, measured. */
const WINDOW: Pace = {
  brief: BRIEF,
  quick: { processorMs: 800, requests: 2 },
  normal: { processorMs: 4_000, requests: 10 },
};
const ROUNDS = 3;
/** Between two looks at how much was spent. */
const SLICE_MS = 100;

/** What is needed for a step. */
export interface Measuring {
  readonly stage: GrowthStage;
  readonly poster: Poster;
  readonly options: BenchOptions;
  /** The gateway was measured before, at another size. */
  readonly isWarm?: boolean;
}

/**
 * Asks one piece of work, one request at a time, so that none waits for another. Rejects with a BenchError when any is not
 * answered, or not as a whole.
 */
export async function measureStep(measuring: Measuring, work: Work, size: number): Promise<Measured> {
  const { stage, options, isWarm = false } = measuring;
  const pace = options.brief ? "brief" : options.quick ? "quick" : "normal";
  const rounds = options.rounds ?? ROUNDS;
  await requireWhole(measuring, work);
  await spend(measuring, work, times(rounds, (isWarm ? SETTLE : WARM_UP)[pace]));
  const before = await databaseProcessor(stage.owner);
  const spent = await spend(measuring, work, times(rounds, WINDOW[pace]));
  const databaseMs = databaseMsBetween(before, await databaseProcessor(stage.owner));
  const { p50Ms, measured } = figuresOf(spent.samples);
  return {
    size,
    p50Ms,
    processorMs: spent.processorMs / measured,
    ...(databaseMs === undefined ? {} : { databaseMs: databaseMs / measured }),
    measured,
  };
}

const times = (many: number, { processorMs, requests }: Spend): Spend => ({
  processorMs: many * processorMs,
  requests: many * requests,
});

async function spend(
  { stage: { gateway, headers }, poster, options: { signal } }: Measuring,
  work: Work,
  wanted: Spend,
): Promise<{ readonly samples: readonly Sample[]; readonly processorMs: number }> {
  const next = inCircle(postsOf({ headers }, gateway, work));
  const send = async (): Promise<void> => {
    await poster.post(next());
  };
  const usedNow = async (): Promise<number> => ((await gateway.ask("usage")) as Usage).processorMs;
  const begun = await usedNow();
  const samples: Sample[] = [];
  let requests = 0;
  let processorMs = 0;
  while (processorMs < wanted.processorMs || requests < wanted.requests) {
    const sample = await applyLoad(send, { concurrency: 1, forMs: SLICE_MS, signal });
    samples.push(sample);
    requests += sample.latencies.length;
    processorMs = (await usedNow()) - begun;
  }
  return { samples, processorMs };
}

/** Nothing may be withheld or missing: less work would be measured. */
async function requireWhole({ stage, poster }: Measuring, work: Work): Promise<void> {
  for (const post of postsOf(stage, stage.gateway, work)) {
    const { data, errors, extensions } = JSON.parse(await poster.post(post)) as Answered["body"];
    const missing = [errors, extensions?.withheld, extensions?.unavailable].flatMap((one) => one ?? []);
    if (data && missing.length === 0) continue;
    throw new BenchError(
      `The gateway left ${missing.length} things of "${work.operationName}" out. Nothing was measured.`,
    );
  }
}
