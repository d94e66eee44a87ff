// What the rules add to one combined view: the same view through gateways with and without them, in turn.

import { BenchError, type BenchOptions } from "../kit/benchmark";
import { applyLoad, createPoster, type Post, type Poster, type Send } from "../kit/load";
import { inTurn, type Rounds } from "../kit/rounds";
import { figuresOf, median, percentile, type Figures } from "../kit/samples";
import { ALL_PERMITTED, MUCH_WITHHELD, type ViewCase } from "./families";
import { countLeaves, requireSameAnswers, type Answered } from "./same-answers";
import { startStage, type Stage } from "./stage";
import { VARIANTS, type Variant } from "./variants";
import { VIEW } from "./view";

/** What is measured in turn: the view through each gateway, and one of which much is withheld, through the real one. */
export const MEASURED = [...VARIANTS, "withheld"] as const;
export type Measured = (typeof MEASURED)[number];

/** Requests under way at once. */
const CONCURRENCY = [1, 16] as const;
const WINDOW_MS = { quick: 900, normal: 2_000 };
const WARM_UP_MS = { quick: 700, normal: 2_000 };

/** What one gateway adds to another, in milliseconds of the median view. */
export interface Added {
  readonly p50Ms: number;
  readonly p50Ratio: number;
  readonly p99Ms: number;
  /** The middle, least and most of the differences between the medians of one round. */
  readonly byRound: { readonly p50Ms: number; readonly leastMs: number; readonly mostMs: number };
}

/** The figures at one number of requests at once. */
export interface ViewsAt {
  readonly concurrency: number;
  readonly views: Readonly<Record<Measured, Figures>>;
  /** on - off */
  readonly byRules: Added;
  /** on - bare */
  readonly byRulesAndLog: Added;
}

/** What was measured of views. */
export interface ViewFigures {
  readonly answer: {
    readonly organisations: number;
    readonly values: number;
    readonly bytes: number;
    readonly decisions: number;
    readonly fetches: number;
  };
  readonly withheldAnswer: { readonly fieldsWithheld: number; readonly bytes: number };
  /** Milliseconds of the first view after the start of each gateway. */
  readonly firstMs: Readonly<Record<Variant, number>>;
  readonly at: readonly ViewsAt[];
}

/** Starts everything, checks that the gateways answer the same, and measures. */
export async function measureViews(options: BenchOptions, rounds: number): Promise<ViewFigures> {
  options.say("Starting a database, five sources and three gateways ...");
  const stage = await startStage(options);
  const poster = createPoster(Math.max(...CONCURRENCY));
  try {
    return await measureOn(stage, poster, options, rounds);
  } finally {
    await poster.close();
    await stage.stop();
  }
}

async function measureOn(
  stage: Stage,
  poster: Poster,
  options: BenchOptions,
  rounds: number,
): Promise<ViewFigures> {
  const posts = await postsOf(stage);
  const first = await askFirst(stage, poster, posts);
  requireSameAnswers(Object.fromEntries(VARIANTS.map((variant) => [variant, first[variant]])));
  const withheld = JSON.parse(await poster.post(posts.withheld)) as Answered["body"];
  const send = await sendersOf(poster, posts);

  const { quick, signal } = options;
  const forMs = quick ? WINDOW_MS.quick : WINDOW_MS.normal;
  const warmUpMs = quick ? WARM_UP_MS.quick : WARM_UP_MS.normal;
  const at: ViewsAt[] = [];
  for (const concurrency of CONCURRENCY) {
    options.say(`${concurrency} at once: warming up, then ${rounds} rounds ...`);
    for (const name of MEASURED)
      await applyLoad(withPatience(send[name]), { concurrency, forMs: warmUpMs, signal });
    const measured = await inTurn(MEASURED, rounds, async (name) =>
      applyLoad(send[name], { concurrency, forMs, signal }),
    );
    at.push(figuresAt(concurrency, measured));
  }
  const data = first.on.body.data as { readonly family: object };
  return {
    answer: {
      organisations: Object.keys(stage.sources.ready as object).length,
      values: countLeaves(data),
      bytes: first.on.bytes,
      decisions: first.on.decisions,
      fetches: first.on.asked.length,
    },
    withheldAnswer: {
      fieldsWithheld: withheld.extensions?.withheld?.length ?? 0,
      bytes: Buffer.byteLength(JSON.stringify(withheld)),
    },
    firstMs: { on: first.on.ms, off: first.off.ms, bare: first.bare.ms },
    at,
  };
}

/** The request of each; `withheld` goes through the gateway with everything on. */
async function postsOf({ gateways, issuer }: Stage): Promise<Record<Measured, Post>> {
  const postOf = async (variant: Variant, { familyId, persona, purpose }: ViewCase): Promise<Post> => ({
    url: gateways[variant].ready as string,
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${await issuer.tokenOf(persona)}`,
      purpose,
    },
    body: JSON.stringify({ query: VIEW, variables: { id: familyId } }),
  });
  return {
    on: await postOf("on", ALL_PERMITTED),
    off: await postOf("off", ALL_PERMITTED),
    bare: await postOf("bare", ALL_PERMITTED),
    withheld: await postOf("on", MUCH_WITHHELD),
  };
}

interface FirstAnswer extends Answered {
  readonly ms: number;
  readonly bytes: number;
  readonly decisions: number;
}

/** Asks each gateway its first view. */
async function askFirst(
  { gateways, sources }: Stage,
  poster: Poster,
  posts: Readonly<Record<Variant, Post>>,
): Promise<Record<Variant, FirstAnswer>> {
  const answers = new Map<Variant, FirstAnswer>();
  for (const variant of VARIANTS) {
    const begun = performance.now();
    const text = await poster.post(posts[variant]);
    const ms = performance.now() - begun;
    answers.set(variant, {
      ms,
      bytes: Buffer.byteLength(text),
      body: JSON.parse(text) as Answered["body"],
      asked: (await sources.ask("asked")) as string[],
      decisions: (await gateways[variant].ask("decisions")) as number,
    });
  }
  return Object.fromEntries(answers) as Record<Variant, FirstAnswer>;
}

/** What sends each request, and sees that every answer is as long as the first: nothing went missing under way. */
async function sendersOf(
  poster: Poster,
  posts: Readonly<Record<Measured, Post>>,
): Promise<Record<Measured, Send>> {
  const senders = new Map<Measured, Send>();
  for (const name of MEASURED) {
    const { length } = await poster.post(posts[name]);
    senders.set(name, async () => {
      const answer = await poster.post(posts[name]);
      if (answer.length !== length)
        throw new BenchError(`The view "${name}" was not answered the same each time.`);
    });
  }
  return Object.fromEntries(senders) as Record<Measured, Send>;
}

/** Before the clock counts: a database connection that was not there in time on a busy machine is there for the next. */
const withPatience =
  (send: Send): Send =>
  async () => {
    try {
      await send();
    } catch (error) {
      if (!(error instanceof BenchError)) throw error;
    }
  };

function figuresAt(concurrency: number, rounds: Rounds<Measured>): ViewsAt {
  const views = Object.fromEntries(MEASURED.map((name) => [name, figuresOf(rounds[name])]));
  return {
    concurrency,
    views: views as Record<Measured, Figures>,
    byRules: addedBy(rounds, "on", "off"),
    byRulesAndLog: addedBy(rounds, "on", "bare"),
  };
}

function addedBy(rounds: Rounds<Measured>, one: Variant, other: Variant): Added {
  const [more, less] = [figuresOf(rounds[one]), figuresOf(rounds[other])];
  const differing = rounds[one].map(
    ({ latencies }, round) =>
      percentile(latencies, 0.5) - percentile(rounds[other][round]?.latencies ?? [], 0.5),
  );
  return {
    p50Ms: more.p50Ms - less.p50Ms,
    p50Ratio: more.p50Ms / less.p50Ms,
    p99Ms: more.p99Ms - less.p99Ms,
    byRound: { p50Ms: median(differing), leastMs: Math.min(...differing), mostMs: Math.max(...differing) },
  };
}
