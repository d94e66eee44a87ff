// How many entries are durably written in a second: through the writer of the log, and as a plain insert and commit for each
// request, in turn, on the same PostgreSQL.

import type { Pool } from "pg";
import { createAccessLogWriter, type AccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { parseDatabaseUrl } from "../../../shared/database/database-url";
import { DEFAULT_REGION, loadRegion } from "../../../shared/region/region";
import { BenchError, type BenchOptions } from "../kit/benchmark";
import { openPool } from "../kit/connect";
import { startBenchDatabase } from "../kit/hub-database";
import { applyLoad, type Send } from "../kit/load";
import { inTurn, type Rounds } from "../kit/rounds";
import { figuresOf, median, type Figures, type Sample } from "../kit/samples";
import { createPlainLog, writePlain } from "./plain-log";
import { ENTRIES_OF, nthRequest, SHAPES, type Shape } from "./requests";
import { requireWhole } from "./require-whole";

/** Who writes. */
export const WRITERS = ["log", "plain"] as const;
export type Writer = (typeof WRITERS)[number];

/** Requests under way at once. */
const CONCURRENCY = [1, 16, 64] as const;
const WINDOW_MS = { brief: 100, quick: 400, normal: 1_000 };
const WARM_UP_MS = { brief: 50, quick: 400, normal: 1_500 };
/** Families that are looked at in turn; their keys are there before the clock runs, as on a hub of some weeks old. */
const FAMILIES = 200;
/** As a gateway has them. */
const LOG_CONNECTIONS = 2;
const PLAIN_CONNECTIONS = 20;
/** Milliseconds; what is slow for once is slow in the figures, and ends nothing. */
const DEADLINE_MS = 60_000;

/** How fast one writer is. */
export interface WriterFigures extends Figures {
  readonly entriesPerSecond: number;
}

/** The figures at one number of requests at once. */
export interface WritingAt {
  readonly concurrency: number;
  readonly log: WriterFigures;
  readonly plain: WriterFigures;
  /** Entries per second, log over plain: of all together, and the middle, least and most of the rounds. */
  readonly ratio: {
    readonly all: number;
    readonly median: number;
    readonly least: number;
    readonly most: number;
  };
  /** Requests that share one commit of the log, on average. */
  readonly requestsPerCommit: number;
}

/** Requests of one shape. */
export interface WritingOf {
  readonly shape: Shape;
  readonly entriesPerRequest: number;
  readonly at: readonly WritingAt[];
}

/** What was measured of writing. */
export interface WritingReport {
  readonly shapes: readonly WritingOf[];
  /** How PostgreSQL sees to it that a commit is on disk. */
  readonly durability: string;
}

interface Desk {
  readonly log: AccessLogWriter;
  readonly logPool: Pool;
  readonly plainPool: Pool;
  /** Requests that each writer said were on disk, by shape. */
  readonly written: Record<Writer, Record<Shape, number>>;
}

/** Measures on a database of its own; rejects when what was said to be written is not there. */
export async function measureWriting(options: BenchOptions, rounds: number): Promise<WritingReport> {
  options.say("Writing: starting a database ...");
  const database = await startBenchDatabase(loadRegion(DEFAULT_REGION));
  const logPool = openPool(database.workingUrl, LOG_CONNECTIONS);
  const plainPool = openPool(database.workingUrl, PLAIN_CONNECTIONS);
  const owner = openPool(database.ownerUrl, 1);
  try {
    await createPlainLog(owner, parseDatabaseUrl(database.workingUrl).role);
    const desk: Desk = {
      log: createAccessLogWriter(logPool, { deadlineMs: DEADLINE_MS }),
      logPool,
      plainPool,
      written: { log: { view: 0, search: 0 }, plain: { view: 0, search: 0 } },
    };
    const durability = await durabilityOf(plainPool);
    const shapes: WritingOf[] = [];
    for (const shape of SHAPES) shapes.push(await measureShape(shape, desk, options, rounds));
    await requireWritten(desk);
    await requireWhole(owner, database.keysDirectory);
    return { shapes, durability };
  } finally {
    await Promise.all([logPool.end(), plainPool.end(), owner.end()]);
    await database.stop();
  }
}

async function measureShape(
  shape: Shape,
  desk: Desk,
  { quick, brief, signal, say, plantDifference }: BenchOptions,
  rounds: number,
): Promise<WritingOf> {
  const pace = brief ? "brief" : quick ? "quick" : "normal";
  const [warmUpMs, forMs] = [WARM_UP_MS[pace], WINDOW_MS[pace]];
  const senders = sendersOf(shape, desk, plantDifference);
  await applyLoad(senders.log, { concurrency: 16, forMs: warmUpMs, signal });
  const at: WritingAt[] = [];
  for (const concurrency of CONCURRENCY) {
    say(`Writing ${ENTRIES_OF[shape]} entries per request, ${concurrency} at once: ${rounds} rounds ...`);
    for (const name of WRITERS) await applyLoad(senders[name], { concurrency, forMs: warmUpMs, signal });
    const before = await commitsOf(desk.logPool);
    const measured = await inTurn(WRITERS, rounds, async (name) =>
      applyLoad(senders[name], { concurrency, forMs, signal }),
    );
    const commits = (await commitsOf(desk.logPool)) - before;
    at.push(figuresAt(shape, concurrency, measured, commits));
  }
  return { shape, entriesPerRequest: ENTRIES_OF[shape], at };
}

function sendersOf(shape: Shape, { log, plainPool, written }: Desk, planted: boolean): Record<Writer, Send> {
  let n = 0;
  const next = () => {
    n += 1;
    return nthRequest(shape, n, FAMILIES);
  };
  return {
    log: async () => {
      const { entries, context } = next();
      await log.write(entries, context);
      written.log[shape] += 1;
    },
    plain: async () => {
      const { entries, context } = next();
      await writePlain(plainPool, { entries: planted ? entries.slice(1) : entries, context });
      written.plain[shape] += 1;
    },
  };
}

function figuresAt(shape: Shape, concurrency: number, rounds: Rounds<Writer>, commits: number): WritingAt {
  const log = writerFiguresOf(shape, rounds.log);
  const plain = writerFiguresOf(shape, rounds.plain);
  const ratios = rounds.log.map(
    (one, round) => figuresOf([one]).perSecond / figuresOf(rounds.plain.slice(round, round + 1)).perSecond,
  );
  return {
    concurrency,
    log,
    plain,
    ratio: {
      all: log.entriesPerSecond / plain.entriesPerSecond,
      median: median(ratios),
      least: Math.min(...ratios),
      most: Math.max(...ratios),
    },
    requestsPerCommit: log.measured / commits,
  };
}

function writerFiguresOf(shape: Shape, samples: readonly Sample[]): WriterFigures {
  const figures = figuresOf(samples);
  return { ...figures, entriesPerSecond: figures.perSecond * ENTRIES_OF[shape] };
}

async function commitsOf(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ commits: number }>(
    "select coalesce(max(number), 0)::float8 as commits from access_log.batch",
  );
  return rows[0]?.commits ?? 0;
}

/** Both writers are on the same server; a commit of either waits for the disk. */
async function durabilityOf(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings
     where name in ('fsync', 'synchronous_commit', 'wal_sync_method') order by name`,
  );
  const settings = new Map(rows.map(({ name, setting }) => [name, setting]));
  if (settings.get("fsync") !== "on" || settings.get("synchronous_commit") !== "on") {
    throw new BenchError("This PostgreSQL does not wait for the disk; nothing was measured.");
  }
  return rows.map(({ name, setting }) => `${name} ${setting}`).join(", ");
}

/** Each writer put on disk what it said, and both the same for a request. */
async function requireWritten({ logPool, written }: Desk): Promise<void> {
  const { rows } = await logPool.query<Record<Writer, number>>(
    `select (select count(*) from access_log.entry)::float8 as log, (select count(*) from plain.entry)::float8 as plain`,
  );
  for (const name of WRITERS) {
    const expected = SHAPES.reduce((sum, shape) => sum + written[name][shape] * ENTRIES_OF[shape], 0);
    const found = rows[0]?.[name] ?? 0;
    if (found !== expected) {
      throw new BenchError(
        `The writer "${name}" was given ${expected} entries and ${found} are there; the two did not do the same work.`,
      );
    }
  }
}
