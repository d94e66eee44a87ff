// What the rules add to one combined view: the same view through gateways with and without them, in turn.

import { toWorkerId } from "../../../shared/kernel/ids";
import type { Requester } from "../../../shared/kernel/requester";
import { findPersona } from "../../../shared/region/personas";
import { getOrganisation } from "../../../shared/region/region";
import { BenchError, type BenchOptions } from "../kit/benchmark";
import { applyLoad, createPoster, type Post, type Poster, type Send } from "../kit/load";
import { inTurn, type Rounds } from "../kit/rounds";
import { figuresOf, median, percentile, type Figures, type Sample } from "../kit/samples";
import { measureDecidingView, type DecidedView } from "./decide-view";
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

/** The figures of one view through one gateway. */
export interface ViewFigures extends Figures {
  /** Processor time of the gateway for one view; what else runs on the machine hardly touches it. */
  readonly processorMs: number;
}

/** What one gateway adds to another, in milliseconds of the median view. */
export interface Added {
  readonly processorMs: number;
  readonly p50Ms: number;
  readonly p50Ratio: number;
  readonly p99Ms: number;
  /** The middle, least and most of the differences between the medians of one round. */
  readonly byRound: { readonly p50Ms: number; readonly leastMs: number; readonly mostMs: number };
}

/** The figures at one number of requests at once. */
export interface ViewsAt {
  readonly concurrency: number;
  readonly views: Readonly<Record<Measured, ViewFigures>>;
  /** on - off */
  readonly byRules: Added;
  /** on - bare */
  readonly byRulesAndLog: Added;
}

/** What was measured of views. */
export interface ViewReport {
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
  /** The decisions of one view by themselves. */
  readonly deciding: DecidedView;
  readonly at: readonly ViewsAt[];
}

/** Starts everything, checks that the gateways answer the same, and measures. */
export async function measureViews(options: BenchOptions, rounds: number): Promise<ViewReport> {
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
): Promise<ViewReport> {
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
    const measured = await inTurn(MEASURED, rounds, async (name): Promise<ViewSample> => {
      const gateway = stage.gateways[gatewayOf(name)];
      const before = (await gateway.ask("processorMs")) as number;
      const sample = await applyLoad(send[name], { concurrency, forMs, signal });
      return { ...sample, processorMs: ((await gateway.ask("processorMs")) as number) - before };
    });
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
    deciding: measureDecidingView(
      ALL_PERMITTED,
      stage.record,
      requesterOf(ALL_PERMITTED, stage),
      stage.region,
    ),
    firstMs: { on: first.on.ms, off: first.off.ms, bare: first.bare.ms },
    at,
  };
}

/** A sample with the processor time that the gateway took for all of it. */
interface ViewSample extends Sample {
  readonly processorMs: number;
}

const gatewayOf = (name: Measured): Variant => (name === "withheld" ? "on" : name);

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

/** Who asks, as the gateway would have identified them. */
function requesterOf({ persona: code }: ViewCase, { region }: Stage): Requester {
  const persona = findPersona(code);
  if (!persona) throw new BenchError(`There is no persona ${code}.`);
  const { code: organisation, kind, legalEntity } = getOrganisation(region, persona.organisation);
  const { worker, workerFunction } = persona;
  return { worker: toWorkerId(worker), organisation, kind, legalEntity, workerFunction };
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

function figuresAt(concurrency: number, rounds: Rounds<Measured, ViewSample>): ViewsAt {
  const views = Object.fromEntries(MEASURED.map((name) => [name, viewFiguresOf(rounds[name])]));
  return {
    concurrency,
    views: views as Record<Measured, ViewFigures>,
    byRules: addedBy(rounds, "on", "off"),
    byRulesAndLog: addedBy(rounds, "on", "bare"),
  };
}

function viewFiguresOf(samples: readonly ViewSample[]): ViewFigures {
  const figures = figuresOf(samples);
  const processorMs = samples.reduce((sum, one) => sum + one.processorMs, 0);
  return { ...figures, processorMs: processorMs / figures.measured };
}

function addedBy(rounds: Rounds<Measured, ViewSample>, one: Variant, other: Variant): Added {
  const [more, less] = [viewFiguresOf(rounds[one]), viewFiguresOf(rounds[other])];
  const differing = rounds[one].map(
    ({ latencies }, round) =>
      percentile(latencies, 0.5) - percentile(rounds[other][round]?.latencies ?? [], 0.5),
  );
  return {
    processorMs: more.processorMs - less.processorMs,
    p50Ms: more.p50Ms - less.p50Ms,
    p50Ratio: more.p50Ms / less.p50Ms,
    p99Ms: more.p99Ms - less.p99Ms,
    byRound: { p50Ms: median(differing), leastMs: Math.min(...differing), mostMs: Math.max(...differing) },
  };
}
