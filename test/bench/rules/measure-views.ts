// What the rules add to one combined view: the same view through gateways with and without them, in turn.

import { toWorkerId } from "../../../shared/kernel/ids";
import type { Requester } from "../../../shared/kernel/requester";
import { findPersona } from "../../kit/personas";
import { getOrganisation } from "../../../shared/region/region";
import { BenchError, type BenchOptions } from "../kit/benchmark";
import {
  addedBy,
  askFirst,
  measureInTurn,
  postsOf,
  sendersOf,
  viewFiguresOf,
  type Added,
  type AskedViews,
  type FirstAnswer,
  type ViewFigures,
  type ViewSample,
} from "../kit/hub/ask-views";
import { ALL_PERMITTED, MUCH_WITHHELD, type ViewCase } from "../kit/hub/families";
import { countLeaves, requireSameAnswers, type Answered } from "../kit/hub/same-answers";
import { startStage, type Stage } from "../kit/hub/stage";
import { createPoster, type Post, type Poster } from "../kit/load";
import type { Rounds } from "../kit/rounds";
import { measureDecidingView, type DecidedView } from "./decide-view";

/** The gateways that are compared. */
export const COMPARED = ["on", "off", "bare"] as const;
export type Compared = (typeof COMPARED)[number];

/** What is measured in turn: the view through each gateway, and one of which much is withheld, through the real one. */
export const MEASURED = [...COMPARED, "withheld"] as const;
export type Measured = (typeof MEASURED)[number];

const ASKED: AskedViews<Measured, Compared> = {
  on: { through: "on", view: ALL_PERMITTED },
  off: { through: "off", view: ALL_PERMITTED },
  bare: { through: "bare", view: ALL_PERMITTED },
  withheld: { through: "on", view: MUCH_WITHHELD },
};

/** Requests under way at once. */
const CONCURRENCY = [1, 16] as const;

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
  readonly firstMs: Readonly<Record<Compared, number>>;
  /** The decisions of one view by themselves. */
  readonly deciding: DecidedView;
  readonly at: readonly ViewsAt[];
}

/** Starts everything, checks that the gateways answer the same, and measures. */
export async function measureViews(options: BenchOptions, rounds: number): Promise<ViewReport> {
  options.say("Starting a database, five sources and three gateways ...");
  const stage = await startStage(COMPARED, options);
  const poster = createPoster(Math.max(...CONCURRENCY));
  try {
    return await measureOn(stage, poster, options, rounds);
  } finally {
    await poster.close();
    await stage.stop();
  }
}

async function measureOn(
  stage: Stage<Compared>,
  poster: Poster,
  options: BenchOptions,
  rounds: number,
): Promise<ViewReport> {
  const posts = await postsOf(stage, ASKED);
  const first = await askAllFirst(stage, poster, posts);
  requireSameAnswers(Object.fromEntries(COMPARED.map((variant) => [variant, first[variant]])));
  const withheld = JSON.parse(await poster.post(posts.withheld)) as Answered["body"];
  const send = await sendersOf(poster, posts);
  const at: ViewsAt[] = [];
  for (const concurrency of CONCURRENCY) {
    const measured = await measureInTurn(stage, ASKED, send, options, { concurrency, rounds });
    at.push(figuresAt(concurrency, measured));
  }
  const data = first.on.body.data as { readonly family: object };
  return {
    answer: {
      organisations: stage.region.organisations.filter(({ kind }) => kind !== "OTHER").length,
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

/** Who asks, as the gateway would have identified them. */
function requesterOf({ persona: code }: ViewCase, { region }: Stage<Compared>): Requester {
  const persona = findPersona(code);
  if (!persona) throw new BenchError(`There is no persona ${code}.`);
  const { code: organisation, kind, legalEntity } = getOrganisation(region, persona.organisation);
  const { worker, workerFunction } = persona;
  return { worker: toWorkerId(worker), organisation, kind, legalEntity, workerFunction };
}

/** Asks each gateway its first view. */
async function askAllFirst(
  stage: Stage<Compared>,
  poster: Poster,
  posts: Readonly<Record<Compared, Post>>,
): Promise<Record<Compared, FirstAnswer>> {
  const answers = new Map<Compared, FirstAnswer>();
  for (const variant of COMPARED) {
    answers.set(variant, await askFirst(stage, poster, variant, posts[variant]));
  }
  return Object.fromEntries(answers) as Record<Compared, FirstAnswer>;
}

function figuresAt(concurrency: number, rounds: Rounds<Measured, ViewSample>): ViewsAt {
  const views = Object.fromEntries(MEASURED.map((name) => [name, viewFiguresOf(rounds[name])]));
  return {
    concurrency,
    views: views as Record<Measured, ViewFigures>,
    byRules: addedBy(rounds.on, rounds.off),
    byRulesAndLog: addedBy(rounds.on, rounds.bare),
  };
}
