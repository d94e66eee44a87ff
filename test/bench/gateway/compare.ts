// Asks every gateway the same, first to see that all answer the same, then in turn and against the clock.

import { BenchError, type BenchOptions } from "../kit/benchmark";
import type { TalkingChild, Usage } from "../kit/child";
import { differences } from "../kit/hub/same-answers";
import { applyLoad, type Post, type Poster, type Send } from "../kit/load";
import { inTurn, type Rounds } from "../kit/rounds";
import { figuresOf, median, type Figures, type Sample } from "../kit/samples";
import { CONTESTANTS, NAMES, type Contestant } from "./contestants";
import type { GatewayStage } from "./stage";
import type { Work } from "./works";

/** A sample with what the gateway used for it. */
export interface GatewaySample extends Sample {
  readonly processorMs: number;
  readonly memoryMb: number;
  /** Requests that it refused for want of room (503); */
  readonly refused: number;
}

/** The figures of one gateway. */
export interface GatewayFigures extends Figures {
  /** Processor time of the gateway's process for one request. */
  readonly processorMs: number;
  /** Memory of the gateway's process, at most. */
  readonly memoryMb: number;
  /** Requests that it refused because it could not keep up (503); in no other figure but the processor time. */
  readonly refused: number;
}

/** What the hub's gateway is to another: above 1 it does more, or takes longer. */
export interface Ratio {
  /** Requests per second; of all, and the middle, least and most of the rounds. */
  readonly throughput: number;
  readonly byRound: { readonly middle: number; readonly least: number; readonly most: number };
  readonly p50: number;
  readonly p99: number;
  readonly processor: number;
}

/** One piece of work at one number of requests at once. */
export interface Compared {
  readonly work: string;
  readonly meaning: string;
  readonly slowSources: boolean;
  readonly concurrency: number;
  readonly gateways: Readonly<Partial<Record<Contestant, GatewayFigures>>>;
  /** The hub's gateway to each other one; empty where it does not take part. */
  readonly ratios: Readonly<Partial<Record<Contestant, Ratio>>>;
}

/** How long, and how often. */
export interface Pace {
  readonly rounds: number;
  readonly windowMs: number;
  readonly warmUpMs: number;
  /** Before a piece of work is measured for the first time; without it the gateways know the work already. */
  readonly warmUp?: WarmUp;
}

/** For each round that will be measured: so many requests, or so much time, whichever is over first. */
export interface WarmUp {
  readonly requests: number;
  readonly atMostMs: number;
}

/** What is asked of whom. */
export interface Task {
  readonly name: string;
  readonly work: Work;
  readonly slowSources: boolean;
  readonly concurrency: readonly number[];
  readonly pace: Pace;
}

const usageOf = async (gateway: TalkingChild): Promise<Usage> => (await gateway.ask("usage")) as Usage;

/** The requests of a piece of work to a gateway. */
export function postsOf(
  { headers }: Pick<GatewayStage, "headers">,
  gateway: TalkingChild,
  { operationName, query, variables }: Work,
): Post[] {
  return variables.map((one) => ({
    url: gateway.ready as string,
    headers: { "content-type": "application/json", accept: "application/json", ...headers },
    body: JSON.stringify({ operationName, query, variables: one }),
  }));
}

/** Gives one after the other, and begins again. */
export function inCircle<T>(list: readonly T[]): () => T {
  let next = 0;
  return () => {
    const one = list[next % list.length];
    next += 1;
    if (one === undefined) throw new Error("A circle of nothing.");
    return one;
  };
}

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message?: string }[];
}

/** How many differences are named. */
const MOST_NAMED = 3;

/** Throws a BenchError, which names paths and no content, unless every gateway answers everything as the bare one does. */
export async function requireSame(
  stage: GatewayStage,
  poster: Poster,
  name: string,
  work: Work,
): Promise<void> {
  const bodies = new Map<Contestant, Body[]>();
  await Promise.all(
    [...stage.field].map(async ([contestant, gateway]) => {
      const given: Body[] = [];
      bodies.set(contestant, given);
      for (const post of postsOf(stage, gateway, work)) {
        given.push(JSON.parse(await poster.post(post)) as Body);
      }
    }),
  );
  const bare = bodies.get("apollo") ?? [];
  if (bare.length === 0 || !bare.every(({ data, errors }) => data && !errors)) {
    throw new BenchError(`${NAMES.apollo} does not answer "${name}". Nothing was measured.`);
  }
  for (const [contestant, given] of bodies) {
    const differing = given.flatMap(({ data }, index) => differences(bare[index]?.data, data));
    const errors = given.flatMap((one) => one.errors ?? []);
    if (differing.length + errors.length === 0) continue;
    throw new BenchError(
      `"${NAMES.apollo}" and "${NAMES[contestant]}" do not answer "${name}" the same: ${differing.length} fields differ ` +
        `(${differing.slice(0, MOST_NAMED).join(", ")} ...), ${errors.length} errors. Nothing was measured.`,
    );
  }
}

/** Measures one piece of work through all gateways, at each number of requests at once. */
export async function compare(
  stage: GatewayStage,
  poster: Poster,
  task: Task,
  { signal, say }: BenchOptions,
): Promise<Compared[]> {
  const { name, work, slowSources, pace } = task;
  await stage.sources.ask(slowSources ? "slow" : "fast");
  const names = CONTESTANTS.filter((one) => stage.field.has(one));
  const senders = new Map<Contestant, Send>();
  for (const one of names) senders.set(one, await senderOf(stage, poster, one, work));
  if (pace.warmUp) {
    say(`${name}, warming up ...`);
    for (const one of names) await warmUp(sendOf(senders, one), pace.warmUp, pace.rounds, signal);
  }
  const compared: Compared[] = [];
  for (const concurrency of task.concurrency) {
    say(`${name}${slowSources ? " with slow sources" : ""}, ${concurrency} at once ...`);
    for (const one of names) {
      const onRefused = (): void => undefined;
      await applyLoad(sendOf(senders, one), { concurrency, forMs: pace.warmUpMs, signal, onRefused });
    }
    const rounds = await inTurn(names, pace.rounds, async (one): Promise<GatewaySample> => {
      const gateway = stage.field.get(one) as TalkingChild;
      const before = await usageOf(gateway);
      let refused = 0;
      const onRefused = (): void => {
        refused += 1;
      };
      const load = { concurrency, forMs: pace.windowMs, signal, onRefused };
      const sample = await applyLoad(sendOf(senders, one), load);
      const { processorMs, memoryMb } = await usageOf(gateway);
      return { ...sample, processorMs: processorMs - before.processorMs, memoryMb, refused };
    });
    compared.push({ work: name, meaning: work.meaning, slowSources, concurrency, ...figuresOfAll(rounds) });
  }
  return compared;
}

/** At once while warming up. */
const WARM_UP_CONCURRENCY = 16;

/**
 * Lets a gateway answer until its code is compiled: a gateway runs for weeks, and its first hundreds of requests cost
 * half as much again as all later ones, most of that in the compiler.
 */
async function warmUp(send: Send, each: WarmUp, rounds: number, signal: AbortSignal): Promise<void> {
  const enough = new AbortController();
  let left = each.requests * rounds;
  const counted: Send = async () => {
    await send();
    left -= 1;
    if (left <= 0) enough.abort();
  };
  await applyLoad(counted, {
    concurrency: WARM_UP_CONCURRENCY,
    forMs: each.atMostMs * rounds,
    signal,
    until: enough.signal,
    onRefused: () => undefined,
  });
}

function sendOf(senders: ReadonlyMap<Contestant, Send>, one: Contestant): Send {
  const send = senders.get(one);
  if (!send) throw new Error(`${one} is not there.`);
  return send;
}

/** Sends the work, and sees that every answer is as long as the first: nothing went missing under way. */
async function senderOf(stage: GatewayStage, poster: Poster, one: Contestant, work: Work): Promise<Send> {
  const posts = postsOf(stage, stage.field.get(one) as TalkingChild, work);
  const next = inCircle(posts);
  const { length } = await poster.post(next());
  return async () => {
    const answer = await poster.post(next());
    if (answer.length === length) return;
    throw new BenchError(
      `${NAMES[one]} did not give the same each time: ${answer.length}, not ${length} characters.`,
    );
  };
}

function figuresOfAll(rounds: Rounds<Contestant, GatewaySample>): Pick<Compared, "gateways" | "ratios"> {
  const measured = Object.entries(rounds) as [Contestant, readonly GatewaySample[]][];
  const gateways = new Map(measured.map(([one, samples]) => [one, gatewayFiguresOf(samples)]));
  const own = gateways.get("schakel");
  const ratios = measured.flatMap(([one, samples]): [Contestant, Ratio][] => {
    const other = gateways.get(one);
    return own && other && one !== "schakel" ? [[one, ratioOf(own, other, rounds.schakel, samples)]] : [];
  });
  return { gateways: Object.fromEntries(gateways), ratios: Object.fromEntries(ratios) };
}

function gatewayFiguresOf(samples: readonly GatewaySample[]): GatewayFigures {
  const figures = figuresOf(samples);
  const processorMs = samples.reduce((sum, one) => sum + one.processorMs, 0) / figures.measured;
  const memoryMb = Math.max(...samples.map((one) => one.memoryMb));
  return { ...figures, processorMs, memoryMb, refused: samples.reduce((sum, one) => sum + one.refused, 0) };
}

const perSecondOf = ({ latencies, seconds }: Sample): number => latencies.length / seconds;

function ratioOf(
  own: GatewayFigures,
  other: GatewayFigures,
  ownRounds: readonly GatewaySample[],
  otherRounds: readonly GatewaySample[],
): Ratio {
  const byRound = ownRounds.flatMap((sample, round) => {
    const against = otherRounds[round];
    return against ? [perSecondOf(sample) / perSecondOf(against)] : [];
  });
  return {
    throughput: own.perSecond / other.perSecond,
    byRound: { middle: median(byRound), least: Math.min(...byRound), most: Math.max(...byRound) },
    p50: own.p50Ms / other.p50Ms,
    p99: own.p99Ms / other.p99Ms,
    processor: own.processorMs / other.processorMs,
  };
}
