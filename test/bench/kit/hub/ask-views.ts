// Asking gateways for views: the requests, the first answers, and the same views in turn, with what one gateway adds to
// another.

import { BenchError, type BenchOptions } from "../benchmark";
import { applyLoad, type Post, type Poster, type Send } from "../load";
import { inTurn, type Rounds } from "../rounds";
import { figuresOf, median, percentile, type Figures, type Sample } from "../samples";
import type { ViewCase } from "./families";
import type { Answered } from "./same-answers";
import type { Stage } from "./stage";
import type { Variant } from "./variants";
import { VIEW } from "./view";

/** Short, so that the things that are compared are measured close together. */
const WINDOW_MS = { brief: 100, quick: 300, normal: 600 };
const WARM_UP_MS = { brief: 50, quick: 700, normal: 2_000 };

/** Which view through which gateway. */
export interface AskedView<Through extends Variant> {
  readonly through: Through;
  readonly view: ViewCase;
}

/** What is asked, by the name under which it is measured. */
export type AskedViews<Name extends string, Through extends Variant> = Readonly<
  Record<Name, AskedView<Through>>
>;

/** The request of each. */
export async function postsOf<Name extends string, Through extends Variant>(
  { gateways, issuer }: Pick<Stage<Through>, "gateways" | "issuer">,
  asked: AskedViews<Name, Through>,
): Promise<Record<Name, Post>> {
  const posts = new Map<string, Post>();
  for (const [name, { through, view }] of Object.entries<AskedView<Through>>(asked)) {
    const { familyId, persona, purpose } = view;
    posts.set(name, {
      url: gateways[through].ready as string,
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${await issuer.tokenOf(persona)}`,
        purpose,
      },
      body: JSON.stringify({ query: VIEW, variables: { id: familyId } }),
    });
  }
  return Object.fromEntries(posts) as Record<Name, Post>;
}

/** The first answer of a gateway after its start. */
export interface FirstAnswer extends Answered {
  readonly ms: number;
  readonly bytes: number;
  readonly decisions: number;
}

/** Asks a gateway its first view. */
export async function askFirst<Through extends Variant>(
  { gateways, sources }: Pick<Stage<Through>, "gateways" | "sources">,
  poster: Poster,
  through: Through,
  post: Post,
): Promise<FirstAnswer> {
  const begun = performance.now();
  const text = await poster.post(post);
  const ms = performance.now() - begun;
  return {
    ms,
    bytes: Buffer.byteLength(text),
    body: JSON.parse(text) as Answered["body"],
    asked: (await sources.ask("asked")) as string[],
    decisions: (await gateways[through].ask("decisions")) as number,
  };
}

/** What sends each request, and sees that every answer is as long as the first: nothing went missing under way. */
export async function sendersOf<Name extends string>(
  poster: Poster,
  posts: Readonly<Record<Name, Post>>,
): Promise<Record<Name, Send>> {
  const senders = new Map<string, Send>();
  for (const [name, post] of Object.entries<Post>(posts)) {
    const { length } = await poster.post(post);
    senders.set(name, async () => {
      const answer = await poster.post(post);
      if (answer.length !== length)
        throw new BenchError(`The view "${name}" was not answered the same each time.`);
    });
  }
  return Object.fromEntries(senders) as Record<Name, Send>;
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

/** A sample with what the gateway took for all of it: processor time, and how long each answer waited for the log. */
export interface ViewSample extends Sample {
  readonly processorMs: number;
  readonly logWaits: readonly number[];
}

/** Measures all views in turn, so many at once, after warming up. */
export async function measureInTurn<Name extends string, Through extends Variant>(
  { gateways }: Pick<Stage<Through>, "gateways">,
  asked: AskedViews<Name, Through>,
  senders: Readonly<Record<Name, Send>>,
  { quick, brief, signal, say }: BenchOptions,
  { concurrency, rounds }: { readonly concurrency: number; readonly rounds: number },
): Promise<Rounds<Name, ViewSample>> {
  const names = Object.keys(asked) as Name[];
  say(`${concurrency} at once: warming up, then ${rounds} rounds ...`);
  const pace = brief ? "brief" : quick ? "quick" : "normal";
  const warmUpMs = WARM_UP_MS[pace];
  for (const name of names) {
    await applyLoad(withPatience(senders[name]), { concurrency, forMs: warmUpMs, signal });
  }
  const forMs = WINDOW_MS[pace];
  return inTurn(names, rounds, async (name): Promise<ViewSample> => {
    const gateway = gateways[asked[name].through];
    await gateway.ask("logWaits");
    const before = (await gateway.ask("processorMs")) as number;
    const sample = await applyLoad(senders[name], { concurrency, forMs, signal });
    const processorMs = ((await gateway.ask("processorMs")) as number) - before;
    return { ...sample, processorMs, logWaits: (await gateway.ask("logWaits")) as number[] };
  });
}

/** The figures of one view through one gateway. */
export interface ViewFigures extends Figures {
  /** Processor time of the gateway for one view; what else runs on the machine hardly touches it. */
  readonly processorMs: number;
}

/** Takes samples together. */
export function viewFiguresOf(samples: readonly ViewSample[]): ViewFigures {
  const figures = figuresOf(samples);
  const processorMs = samples.reduce((sum, one) => sum + one.processorMs, 0);
  return { ...figures, processorMs: processorMs / figures.measured };
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

/** What `one` adds to `other`, both of the same rounds. */
export function addedBy(one: readonly ViewSample[], other: readonly ViewSample[]): Added {
  const [more, less] = [viewFiguresOf(one), viewFiguresOf(other)];
  const differing = one.map(
    ({ latencies }, round) => percentile(latencies, 0.5) - percentile(other[round]?.latencies ?? [], 0.5),
  );
  return {
    processorMs: more.processorMs - less.processorMs,
    p50Ms: more.p50Ms - less.p50Ms,
    p50Ratio: more.p50Ms / less.p50Ms,
    p99Ms: more.p99Ms - less.p99Ms,
    byRound: { p50Ms: median(differing), leastMs: Math.min(...differing), mostMs: Math.max(...differing) },
  };
}
