// Raises signals: each once per organisation, kind and cause, each with a review, each on record in the log itself.

import { randomBytes, randomUUID } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import { inTransaction } from "../database/pool";
import { toOrganisationCode, toTraceId, toWorkerId } from "../kernel/ids";
import type { PlainDate } from "../kernel/plain-date";
import type { NewAccessLogEntry } from "./access-log-entry";
import type { AccessLogWriter } from "./access-log-writer";
import type { EntryPosition } from "./find-entries";
import { addEntries, addStep, KEEPER, openReview } from "./open-review";
import type { SignalKind } from "./review-codes";

/** Something that stands out. */
export interface NewSignal {
  /** Whose privacy officer should know: the employer of the worker, or the source. */
  readonly organisation: string;
  readonly kind: SignalKind;
  /** What it is raised for, in ids and codes and nothing else; 1 to 200 characters. Again for the same is no new signal. */
  readonly cause: string;
  /** Whose accesses; null, as the function then is, where that is not one person. */
  readonly worker: string | null;
  readonly workerFunction: string | null;
  /** Who employs the worker, where that is another organisation than the one that should know. */
  readonly employer?: string;
  /** Day on which it happened, in the Netherlands. */
  readonly happenedOn: PlainDate;
  /** The entries of the log that show it, if any do. Those that a signal of the kind showed before do not count again. */
  readonly entries: readonly EntryPosition[];
  /** Where the signal is a number: what was found, and from which number on that stands out. */
  readonly measured?: { readonly amount: number; readonly threshold: number };
}

/** A signal that was raised. */
export interface RaisedSignal {
  readonly id: string;
  readonly reviewId: string;
  readonly signal: NewSignal;
}

/** What raising takes: a pool of the working role, and a writer to the log. */
export interface SignalDeps {
  readonly pool: Pool;
  readonly accessLog: AccessLogWriter;
}

/** The lock that who raises signals holds; the number has no meaning. */
const SIGNAL_LOCK = 72_317_003;

/** Signals in one transaction: it holds up nobody for long, and its entries are on record in time. */
const MOST_AT_ONCE = 100;

/**
 * Raises those of the signals that are new, a hundred in a transaction: these and their reviews are there, and on record in
 * the log, or none of them is. Signals about one worker and day come together in one review while it is not signed off. A
 * signal that is known and shows more entries now adds them to its review; when that was signed off, it is raised anew.
 * Returns what was raised, in the order given. Rejects with LOG_UNAVAILABLE or the driver's error; raising the same again
 * is then safe.
 */
export async function raiseSignals(deps: SignalDeps, signals: readonly NewSignal[]): Promise<RaisedSignal[]> {
  const raised: RaisedSignal[] = [];
  for (let first = 0; first < signals.length; first += MOST_AT_ONCE) {
    raised.push(...(await raiseTogether(deps, signals.slice(first, first + MOST_AT_ONCE))));
  }
  return raised;
}

async function raiseTogether(
  { pool, accessLog }: SignalDeps,
  signals: readonly NewSignal[],
): Promise<RaisedSignal[]> {
  return inTransaction(pool, async (client) => {
    await client.query("select pg_advisory_xact_lock($1)", [SIGNAL_LOCK]);
    const raised: RaisedSignal[] = [];
    for (const signal of signals) {
      const one = await raise(client, signal);
      if (one) raised.push(one);
    }
    // Before the commit: the log may name a signal that never came about, never the reverse.
    await accessLog.write(raised.map(entryOf));
    return raised;
  });
}

async function raise(client: PoolClient, signal: NewSignal): Promise<RaisedSignal | undefined> {
  const entries = await notShownBefore(client, signal);
  const known = await reviewOfCause(client, signal);
  const [first] = entries;
  if (known === undefined) {
    return signal.entries.length > 0 && !first ? undefined : place(client, { ...signal, entries });
  }
  if (!first) return undefined;
  if (known.open) {
    await addEntries(client, known.id, signal.kind, entries);
    return undefined;
  }
  return place(client, { ...signal, entries, cause: `${signal.cause}:${first.position}` });
}

/** Puts the signal to the open review of its worker and day, or to a review of its own. */
async function place(client: PoolClient, signal: NewSignal): Promise<RaisedSignal> {
  const { organisation, kind, cause, worker, happenedOn, measured, entries } = signal;
  let reviewId = await openReviewOfSame(client, signal);
  if (reviewId === undefined) {
    reviewId = await openReview(client, { ...signal, origin: "SIGNAL", cause: `${kind}:${cause}` });
    if (reviewId === undefined) throw new Error("There is a review without its signal.");
  } else {
    await addStep(client, reviewId, { action: "SIGNAL_ADDED", ...KEEPER });
    await addEntries(client, reviewId, kind, entries);
  }
  const id = randomUUID();
  await client.query(
    `insert into access_log.signal (id, review_id, organisation, kind, cause, worker, happened_on, amount, threshold)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, reviewId, organisation, kind, cause, worker, happenedOn, measured?.amount, measured?.threshold],
  );
  return { id, reviewId, signal };
}

/** The review of a signal for this cause, if there was one; locked until the commit, so that nobody signs it off meanwhile. */
async function reviewOfCause(
  client: PoolClient,
  { organisation, kind, cause }: NewSignal,
): Promise<{ id: string; open: boolean } | undefined> {
  const { rows } = await client.query<{ id: string; open: boolean }>(
    `select r.id, r.state <> 'SIGNED_OFF' as open from access_log.signal s join access_log.review r on r.id = s.review_id
     where s.organisation = $1 and s.kind = $2 and s.cause = $3 for update of r`,
    [organisation, kind, cause],
  );
  return rows[0];
}

/** The entries that no earlier signal of this kind showed to this organisation. */
async function notShownBefore(
  client: PoolClient,
  { organisation, kind, entries }: NewSignal,
): Promise<readonly EntryPosition[]> {
  const { rows } = await client.query<{ position: number }>(
    `select e.position::float8 as position from access_log.review_entry e
     join access_log.review r on r.id = e.review_id
     where r.organisation = $1 and e.kind = $2 and e.position = any ($3::bigint[])`,
    [organisation, kind, entries.map((one) => one.position)],
  );
  const shown = new Set(rows.map((row) => row.position));
  return entries.filter((one) => !shown.has(one.position));
}

/** A review of signals about the same worker and day that nobody has signed off yet; locked until the commit. */
async function openReviewOfSame(
  client: PoolClient,
  { organisation, worker, employer = organisation, happenedOn }: NewSignal,
): Promise<string | undefined> {
  if (worker === null) return undefined;
  const { rows } = await client.query<{ id: string }>(
    `select id from access_log.review
     where organisation = $1 and worker = $2 and employer = $3 and happened_on = $4 and origin = 'SIGNAL'
       and state <> 'SIGNED_OFF' order by opened_at, id limit 1 for update`,
    [organisation, worker, employer, happenedOn],
  );
  return rows[0]?.id;
}

/** What the log says of it: the hub raised it, under these ids; about whom stands in the entries that it shows. */
const entryOf = ({ id, reviewId, signal }: RaisedSignal): NewAccessLogEntry => ({
  ...KEEPER_ENTRY,
  traceId: toTraceId(randomBytes(16).toString("hex")),
  operation: "raiseSignal",
  rules: [signal.kind],
  reliedOn: [`SIGNAL:${id}`, `REVIEW:${reviewId}`],
});

/** What an entry of the hub's own looking after the log has in common with every other. */
export const KEEPER_ENTRY = {
  act: "OVERSIGHT",
  outcome: "DELIVERED",
  worker: toWorkerId(KEEPER.worker),
  organisation: toOrganisationCode(KEEPER.organisation),
  team: null,
  workerFunction: "OPERATOR",
  purpose: "OVERSIGHT",
  subjectType: "NONE",
  subjectId: null,
  familyId: null,
  source: "access-log",
  categoriesDelivered: [],
  categoriesWithheld: [],
  policySet: null,
  errorCode: null,
  origin: null,
} as const satisfies Omit<NewAccessLogEntry, "traceId" | "operation" | "rules" | "reliedOn">;
