// What the log adds to one combined view: the same view through the gateway as it runs, and through one whose log is thrown
// away, in turn; and how long the real one's answers waited for the log.

import type { BenchOptions } from "../kit/benchmark";
import {
  addedBy,
  askFirst,
  measureInTurn,
  postsOf,
  sendersOf,
  viewFiguresOf,
  type Added,
  type AskedViews,
  type ViewFigures,
  type ViewSample,
} from "../kit/hub/ask-views";
import { ALL_PERMITTED } from "../kit/hub/families";
import { requireSameAnswers } from "../kit/hub/same-answers";
import { startStage, type Stage } from "../kit/hub/stage";
import { createPoster, type Poster } from "../kit/load";
import type { Rounds } from "../kit/rounds";
import { percentile } from "../kit/samples";

/** The gateways that are compared. */
export const LOGGED = ["on", "unlogged"] as const;
export type Logged = (typeof LOGGED)[number];

const ASKED: AskedViews<Logged, Logged> = {
  on: { through: "on", view: ALL_PERMITTED },
  unlogged: { through: "unlogged", view: ALL_PERMITTED },
};

/** Requests under way at once. */
const CONCURRENCY = [1, 16] as const;

/** The figures at one number of requests at once. */
export interface LoggedViewsAt {
  readonly concurrency: number;
  readonly views: Readonly<Record<Logged, ViewFigures>>;
  /** on - unlogged */
  readonly byLog: Added;
  /** What an answer waited for its own entries to be on disk. */
  readonly wait: { readonly p50Ms: number; readonly p99Ms: number; readonly shareOfView: number };
}

/** What was measured of views. */
export interface LoggedViewReport {
  readonly entriesPerView: number;
  readonly at: readonly LoggedViewsAt[];
}

/** Starts everything, checks that the gateways answer the same, and measures. */
export async function measureLoggedViews(options: BenchOptions, rounds: number): Promise<LoggedViewReport> {
  options.say("One view: starting a database, five sources and two gateways ...");
  const stage = await startStage(LOGGED, options);
  const poster = createPoster(Math.max(...CONCURRENCY));
  try {
    return await measureOn(stage, poster, options, rounds);
  } finally {
    await poster.close();
    await stage.stop();
  }
}

async function measureOn(
  stage: Stage<Logged>,
  poster: Poster,
  options: BenchOptions,
  rounds: number,
): Promise<LoggedViewReport> {
  const posts = await postsOf(stage, ASKED);
  requireSameAnswers({
    on: await askFirst(stage, poster, "on", posts.on),
    unlogged: await askFirst(stage, poster, "unlogged", posts.unlogged),
  });
  const entriesPerView = await stage.countEntries();
  const send = await sendersOf(poster, posts);
  const at: LoggedViewsAt[] = [];
  for (const concurrency of CONCURRENCY) {
    at.push(
      figuresAt(concurrency, await measureInTurn(stage, ASKED, send, options, { concurrency, rounds })),
    );
  }
  return { entriesPerView, at };
}

function figuresAt(concurrency: number, rounds: Rounds<Logged, ViewSample>): LoggedViewsAt {
  const waits = rounds.on.flatMap(({ logWaits }) => logWaits);
  const on = viewFiguresOf(rounds.on);
  const p50Ms = percentile(waits, 0.5);
  return {
    concurrency,
    views: { on, unlogged: viewFiguresOf(rounds.unlogged) },
    byLog: addedBy(rounds.on, rounds.unlogged),
    wait: { p50Ms, p99Ms: percentile(waits, 0.99), shareOfView: p50Ms / on.p50Ms },
  };
}
