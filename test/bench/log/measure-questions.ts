// How long the two main questions take over a large log: through the door, in the source of the log, and asked of a plain
// table with and without its index, in turn.

import "reflect-metadata";
import type { Pool } from "pg";
import { createPool } from "../../../shared/database/pool";
import { SchakelError } from "../../../shared/kernel/errors";
import { openRuleBook } from "../../../shared/access-log/rule-words/rule-words";
import { readPage } from "../../../subgraphs/access-log/source/read-access-log";
import { BenchError, type BenchOptions } from "../kit/benchmark";
import { openPool } from "../kit/connect";
import { createPoster, type Poster } from "../kit/load";
import { inTurn } from "../kit/rounds";
import { figuresOf, type Figures, type Sample } from "../kit/samples";
import { createDoor, type Door } from "./door";
import { measureOthers, type OtherFigures } from "./other-questions";
import { OFFICER_OF, startQuestionStage, type QuestionStage } from "./question-stage";
import { requireSamePages } from "./same-pages";
import { drawn, MAIN_QUESTIONS, PAGE, PLAIN, plainKeys, type Filter, type MainQuestion } from "./questions";

/** Ways in which a main question is asked. */
export const WAYS = ["door", "next", "source", "plain", "scan"] as const;
export type Way = (typeof WAYS)[number];

/** Drawings of one question in a round; a scan reads all of the table. */
const DRAWINGS: Readonly<Record<Way, number>> = { door: 20, next: 20, source: 20, plain: 20, scan: 1 };
/** Drawings that are asked in every way, and have to be answered the same, before the clock runs. */
const COMPARED = 6;
const WARM_UP = 30;
/** Of one question in one way; with more there is nothing to measure. */
const MOST_FAILED = 3;

/** The figures of a question in one way. */
export interface WayFigures extends Figures {
  readonly mostMs: number;
  /** Not answered, such as for want of a connection on a busy machine; their time counts with the others. */
  readonly failed: number;
}

/** The figures of one question. */
export interface QuestionFigures {
  readonly question: MainQuestion;
  readonly ways: Readonly<Record<Way, WayFigures>>;
  /** Of the log's source over the plain table with an index for the question. */
  readonly overPlain: { readonly p50: number; readonly p95: number };
  /** Of the log's source over a plain table without. */
  readonly overScan: { readonly p50: number };
}

/** What was measured of questions. */
export interface QuestionReport {
  readonly entries: number;
  readonly gigabytes: { readonly log: number; readonly plain: number };
  readonly filledInSeconds: number;
  readonly main: readonly QuestionFigures[];
  readonly others: readonly OtherFigures[];
}

/** Generates a log of so many entries and asks it; rejects when the log and the plain table do not answer the same. */
export async function measureQuestions(
  options: BenchOptions,
  rounds: number,
  entries: number,
): Promise<QuestionReport> {
  const stage = await startQuestionStage(options, entries);
  const poster = createPoster(1);
  const pools = {
    source: createPool({ connectionString: stage.database.workingUrl, applicationName: "bench-questions" }),
    plain: openPool(stage.database.ownerUrl, 1),
  };
  try {
    const asking = createAsking(stage, pools, poster);
    await requireSame(asking, new Date().toISOString());
    options.say(`Questions: warming up, then ${rounds} rounds ...`);
    const main: QuestionFigures[] = [];
    for (const question of MAIN_QUESTIONS) main.push(await measureMain(question, asking, options, rounds));
    options.say("Questions: some others ...");
    return {
      entries,
      gigabytes: { log: stage.bytes.log / 1e9, plain: stage.bytes.plain / 1e9 },
      filledInSeconds: stage.filledInSeconds,
      main,
      others: await measureOthers(asking, options),
    };
  } finally {
    await poster.close();
    await Promise.all([pools.source.end(), pools.plain.end()]);
    await stage.stop();
  }
}

interface Asking {
  readonly door: Door;
  readonly draw: (question: MainQuestion, n: number) => Filter;
  /** Resolves with the ids of the entries of a page. */
  readonly ask: (
    way: Way,
    question: MainQuestion,
    filter: Filter,
    after?: string,
  ) => Promise<readonly string[]>;
}

function createAsking(
  { region, log, door: place }: QuestionStage,
  pools: { readonly source: Pool; readonly plain: Pool },
  poster: Poster,
): Asking {
  const door = createDoor(poster, place);
  const stores = { pool: pools.source, region, rules: openRuleBook() };
  return {
    door,
    draw: (question, n) => drawn(question, n, log),
    ask: async (way, question, filter, after) => {
      switch (way) {
        case "door":
        case "next":
          return (await door.page(filter, after)).ids;
        case "source": {
          const page = { first: PAGE, limit: PAGE };
          const { entries } = await readPage(stores, { concerning: OFFICER_OF, ...filter }, page);
          return entries.map(({ id }) => id);
        }
        case "plain":
        case "scan":
          return askPlain(pools.plain, question, filter, way === "scan");
      }
    },
  };
}

async function askPlain(
  pool: Pool,
  question: MainQuestion,
  filter: Filter,
  withoutIndex: boolean,
): Promise<string[]> {
  const client = await pool.connect();
  try {
    await client.query("begin read only");
    if (withoutIndex)
      await client.query("set local enable_indexscan = off; set local enable_bitmapscan = off");
    const { rows } = await client.query<{ id: string }>(PLAIN[question], [
      plainKeys(filter),
      OFFICER_OF,
      PAGE,
    ]);
    return rows.map(({ id }) => id);
  } finally {
    await client.query("rollback");
    client.release();
  }
}

/** Rejects unless every way answers the same, and something. `to`: what is asked here is in the log itself after that. */
async function requireSame({ ask, draw }: Asking, to: string): Promise<void> {
  for (const question of MAIN_QUESTIONS) {
    let entries = 0;
    for (let n = 0; n < COMPARED; n += 1) {
      const filter = { ...draw(question, n), to };
      const plain = await ask("plain", question, filter);
      entries += plain.length;
      requireSamePages({
        plain,
        source: await ask("source", question, filter),
        door: await ask("door", question, filter),
      });
    }
    if (entries === 0) throw new BenchError("The log has nothing to answer; nothing was measured.");
  }
}

async function measureMain(
  question: MainQuestion,
  { door, draw, ask }: Asking,
  { signal, say }: BenchOptions,
  rounds: number,
): Promise<QuestionFigures> {
  for (let n = 0; n < WARM_UP; n += 1) {
    signal.throwIfAborted();
    for (const way of ["door", "source", "plain"] as const) {
      await ask(way, question, draw(question, -1 - n)).catch(throwUnlessUnanswered);
    }
  }
  say(`Questions: "${question}" ...`);
  const asked = { door: 0, next: 0, source: 0, plain: 0, scan: 0 };
  const failed = { ...asked };
  const measured = await inTurn(WAYS, rounds, async (way): Promise<Sample> => {
    const latencies: number[] = [];
    const begun = performance.now();
    for (let drawing = 0; drawing < DRAWINGS[way]; drawing += 1) {
      signal.throwIfAborted();
      const filter = draw(question, asked[way]);
      asked[way] += 1;
      const started = { at: performance.now() };
      try {
        const after = way === "next" ? (await door.page(filter)).endCursor : undefined;
        started.at = performance.now();
        await ask(way, question, filter, after);
      } catch (error) {
        throwUnlessUnanswered(error);
        failed[way] += 1;
        if (failed[way] > MOST_FAILED) throw error;
      }
      latencies.push(performance.now() - started.at);
    }
    return { latencies, seconds: (performance.now() - begun) / 1_000 };
  });
  const figures = Object.fromEntries(
    WAYS.map((way) => {
      const latencies = measured[way].flatMap((one) => one.latencies);
      return [way, { ...figuresOf(measured[way]), mostMs: Math.max(...latencies), failed: failed[way] }];
    }),
  ) as QuestionFigures["ways"];
  const { source, plain, scan } = figures;
  return {
    question,
    ways: figures,
    overPlain: { p50: source.p50Ms / plain.p50Ms, p95: source.p95Ms / plain.p95Ms },
    overScan: { p50: source.p50Ms / scan.p50Ms },
  };
}

/** A question that was not answered is one thing, a fault in the benchmark another. */
function throwUnlessUnanswered(error: unknown): void {
  if (!(error instanceof BenchError) && !(error instanceof SchakelError)) throw error;
}
