// What a month that is over came to, per organisation: counted once and kept, so that the report of a month never changes and
// nothing can be learnt from the difference between two of them.

import type { Pool, PoolClient } from "pg";
import { SignalKind } from "../../../../shared/access-log/review-codes";
import { inTransaction } from "../../../../shared/database/pool";
import { Purpose, WorkerFunction } from "../../../../shared/kernel/codes";
import { bePatient, patiently } from "../signals/ask-patiently";
import { startOf } from "../signals/stretch";
import type { Cell } from "./publish-counts";

/** What is counted. */
export const SPLITS = ["USE", "OUTCOME", "SIGNAL", "REVIEW", "SAMPLE"] as const;
export type Split = (typeof SPLITS)[number];

/** Counts of one organisation. */
export type MonthCounts = Readonly<Record<Split, readonly Cell[]>>;

/** How the reviews that were due in a month stood at its end. */
const STANDINGS = ["OVERDUE", "SIGNED_LATE", "SIGNED_IN_TIME"];

/**
 * The order of the cells: the first large one joins the small ones and is not seen by itself, so what is seldom of interest
 * stands first.
 */
const ORDERS: Readonly<Record<Split, readonly string[]>> = {
  USE: Object.keys(Purpose)
    .toReversed()
    .flatMap((purpose) => Object.keys(WorkerFunction).map((one) => `${one} ${purpose}`)),
  OUTCOME: ["FAILED", "UNAVAILABLE", "DELIVERED", "PARTIAL", "WITHHELD", "REFUSED"],
  SIGNAL: Object.keys(SignalKind).toReversed(),
  REVIEW: STANDINGS,
  SAMPLE: STANDINGS,
};

// One access is one request, however many people and sources it was about: a single view would fill a cell otherwise.
const COUNT = `with period as (
  select ${startOf("$1")} as first, ${startOf("($1::date + interval '1 month')")} as next,
    $1::date as first_day, ($1::date + interval '1 month')::date as next_day
), request as (
  select e.organisation, e.worker, min(e.worker_function) || ' ' || min(e.purpose) as use, case
      when bool_and(e.outcome = 'DELIVERED') then 'DELIVERED'
      when bool_or(e.outcome in ('DELIVERED', 'PARTIAL')) then 'PARTIAL'
      when bool_or(e.outcome = 'WITHHELD') then 'WITHHELD'
      when bool_or(e.outcome = 'REFUSED') then 'REFUSED'
      when bool_or(e.outcome = 'UNAVAILABLE') then 'UNAVAILABLE'
      else 'FAILED' end as outcome
  from period, access_log.entry e
  where e.recorded_at >= period.first and e.recorded_at < period.next and e.organisation = any ($2)
    and e.subject_type <> 'NONE' and e.worker is not null and e.purpose is not null
  group by e.organisation, e.batch, e.trace_id, e.worker
), due as (
  select r.organisation, r.origin, coalesce(r.worker, r.id::text) as worker, case
      when r.signed_off_at is null or r.signed_off_at >= period.next then 'OVERDUE'
      when r.signed_off_at >= ${startOf("(r.due_on + 1)")} then 'SIGNED_LATE'
      else 'SIGNED_IN_TIME' end as standing
  from period, access_log.review r where r.due_on >= period.first_day and r.due_on < period.next_day
), counted as (
  select organisation, 'USE' as split, use as key, worker from request
  union all select organisation, 'OUTCOME', outcome, worker from request
  union all select s.organisation, 'SIGNAL', s.kind, coalesce(s.worker, s.id::text) from period, access_log.signal s
    where s.raised_at >= period.first and s.raised_at < period.next
  union all select organisation, case origin when 'SAMPLE' then 'SAMPLE' else 'REVIEW' end, standing, worker from due
)
insert into access_log.month_count (month, organisation, split, key, amount, workers)
select $1::date, organisation, split, key, count(*), count(distinct worker) from counted
where organisation = any ($2) group by organisation, split, key on conflict do nothing`;

interface CountRow extends Cell {
  readonly organisation: string;
  readonly split: Split;
}

/** The lock of who counts a month; the number has no meaning. */
const COUNT_LOCK = 72_317_005;

/**
 * The counts of a month that is over, YYYY-MM, for each of these organisations in their order; counted the first time that
 * it is asked. Rejects with the driver's error.
 */
export async function countMonth(
  pool: Pool,
  month: string,
  organisations: readonly string[],
): Promise<Map<string, MonthCounts>> {
  const first = `${month}-01`;
  let rows = await readCounts(pool, first);
  if (rows.length === 0) {
    rows = await inTransaction(pool, async (client) => {
      await bePatient(client);
      await client.query("select pg_advisory_xact_lock($1)", [COUNT_LOCK]);
      if ((await readCounts(client, first)).length === 0) {
        await client.query(patiently(COUNT, [first, organisations]));
      }
      return readCounts(client, first);
    });
  }
  return new Map(organisations.map((organisation) => [organisation, countsOf(rows, organisation)]));
}

async function readCounts(client: Pick<PoolClient, "query">, first: string): Promise<CountRow[]> {
  const { rows } = await client.query<CountRow>(
    "select organisation, split, key, amount, workers from access_log.month_count where month = $1",
    [first],
  );
  return rows;
}

function countsOf(rows: readonly CountRow[], organisation: string): MonthCounts {
  const cells = (split: Split): Cell[] =>
    rows
      .filter((row) => row.organisation === organisation && row.split === split)
      .toSorted((a, b) => ORDERS[split].indexOf(a.key) - ORDERS[split].indexOf(b.key));
  return {
    USE: cells("USE"),
    OUTCOME: cells("OUTCOME"),
    SIGNAL: cells("SIGNAL"),
    REVIEW: cells("REVIEW"),
    SAMPLE: cells("SAMPLE"),
  };
}
