// A large access log for questions and their benchmark: made by the database itself, a batch of a view at a time, always the
// same for the same size. It is not chained, sealed or signed: nothing can be proved about it, it can only be asked.

import type { Pool } from "pg";

/** How large, and over how long. */
export interface GeneratedLog {
  readonly entries: number;
  /** Months before this one that the entries are spread over. */
  readonly months: number;
  readonly families: number;
  /** At each organisation. */
  readonly workers: number;
}

/** What a region of some hundred thousand people writes in about five years. */
export const LARGE_LOG: GeneratedLog = { entries: 10_000_000, months: 60, families: 4_000, workers: 150 };

/** The same of another size: with as many entries about each family and of each worker. */
export function logOfSize(entries: number): GeneratedLog {
  const scaled = (many: number): number => Math.ceil((many * entries) / LARGE_LOG.entries);
  return {
    entries,
    months: LARGE_LOG.months,
    families: scaled(LARGE_LOG.families),
    workers: scaled(LARGE_LOG.workers),
  };
}

export const GENERATED_ORGANISATIONS = ["lokalis", "veilig-thuis", "save", "rvdk", "wss"] as const;
/** Besides the family itself. */
const MEMBERS = 4;
/** A view asks six sources (the five and the register) about a family and its members. */
const ENTRIES_OF_A_VIEW = 6 * (1 + MEMBERS);
/** Rows in one statement: some seconds at most. */
const ROWS_AT_ONCE = 60_000;

/** The family of a rank: the first are looked at far more often than the last. */
export const generatedFamily = (rank: number): string => `GEN-${rank}`;
/** A worker of an organisation; the first look far more often than the last. */
export const generatedWorker = (organisation: string, rank: number): string =>
  `${organisation}.worker-${rank}`;

const KEYS = `insert into access_log.subject_key (id, subject_type, subject_id, family_id, key)
select md5('key ' || f || ' ' || m)::uuid, case m when 0 then 'FAMILY' else 'PERSON' end,
  'GEN-' || f || case m when 0 then '' else '-' || m end, 'GEN-' || f, sha256(convert_to(f || ' ' || m, 'UTF8'))
from generate_series(0, $1::int - 1) as f, generate_series(0, ${MEMBERS}) as m`;

/** $1 first position, $2 last, $3 all entries, $4 months, $5 families, $6 workers. */
const ENTRIES = `insert into access_log.entry (position, batch, id, recorded_at, trace_id, act, outcome, operation, worker,
  organisation, team, worker_function, purpose, subject_type, subject_key, subject, source, categories_delivered,
  categories_withheld, rules, policy_set, relied_on, error_code, origin, hash)
select n, v + 1, md5('entry ' || n)::uuid, began + (ended - began) * (v * ${ENTRIES_OF_A_VIEW} / $3::float8),
  md5('trace ' || v), act, outcome, case act when 'READ' then 'view' else 'recordConsent' end,
  organisation || '.worker-' || worker, organisation, case when worker % 3 = 0 then null else 'team-' || worker % 7 end,
  'WORKER', case when emergency then 'ACUTE_SAFETY'
    else (array['CARE', 'CARE', 'CARE', 'MEASURE_EXECUTION', 'INVESTIGATION', 'REFERRAL'])[1 + hv % 6] end,
  case m when 0 then 'FAMILY' else 'PERSON' end, md5('key ' || family || ' ' || m)::uuid, sha256(int8send(n)),
  (array['families', 'lokalis', 'veilig-thuis', 'save', 'rvdk', 'wss'])[1 + i % 6],
  case when outcome in ('DELIVERED', 'PARTIAL') then string_to_array(
    (array['CARE_PLAN,SAFETY', 'HOUSEHOLD,INVOLVEMENT', 'EDUCATION,IDENTITY'])[1 + hn % 3], ',') else '{}' end,
  case when outcome in ('PARTIAL', 'WITHHELD') then array['REPORTER'] else '{}' end,
  array['rule-' || hn % 9, 'rule-' || 10 + hv % 9] || case when hv % 20000 = 7 then array['rule-rare'] else '{}' end,
  '2026-01-01', case when emergency then array['EMERGENCY:-'] else '{}' end,
  case outcome when 'REFUSED' then 'FAMILY_NOT_FOUND' end, '10.0.0.' || worker % 250, sha256(int8send(-n))
from (
  select n, v, i, m, hn, hv, began, ended, emergency, organisation,
    -- Squared: a few have much, most have little.
    ((hv / 100 % 10000 / 10000.0) ^ 2 * $5::int)::int % $5::int as family,
    ((hv / 7 % 10000 / 10000.0) ^ 2 * $6::int)::int % $6::int as worker,
    case when i = 0 and hv % 12 = 0 then 'CREATE' else 'READ' end as act,
    case when hn % 50 = 0 then 'REFUSED' when hn % 4 = 1 then 'PARTIAL' when hn % 4 = 2 then 'WITHHELD'
      else 'DELIVERED' end as outcome
  from (
    select n, v, i, i / 6 as m, abs(hashint8(n)::bigint) as hn, abs(hashint8(v)::bigint) as hv, hashint8(v) % 2000 = 11 as emergency,
      (array['lokalis', 'veilig-thuis', 'save', 'rvdk', 'wss'])[1 + v % 5] as organisation,
      (date_trunc('month', now() at time zone 'UTC') - make_interval(months => $4::int)) at time zone 'UTC' as began, now() as ended
    from (select n, (n - 1) / ${ENTRIES_OF_A_VIEW} as v, ((n - 1) % ${ENTRIES_OF_A_VIEW})::int as i
      from generate_series($1::bigint, $2::bigint) as n) as numbered
  ) as drawn
) as chosen`;

/** What is written after the log has its place after it. $1 last position, $2 batches. */
const LAST_BATCH = `insert into access_log.batch (number, first_position, last_position, recorded_at, root, previous, hash)
select $2::bigint, 1, $1::bigint, now(), nothing, nothing, nothing from (select sha256('') as nothing) as n`;

/** Fills an empty log; for the owner of the tables. `say` is told how far it is. Rejects with the driver's error. */
export async function generateLog(
  owner: Pick<Pool, "query">,
  { entries, months, families, workers }: GeneratedLog,
  say: (done: number) => void = () => undefined,
): Promise<void> {
  await owner.query(
    `select access_log.make_month((date_trunc('month', now() at time zone 'UTC') - make_interval(months => back))::date)
     from generate_series(0, $1::int) as back`,
    [months],
  );
  await owner.query(KEYS, [families]);
  for (let first = 1; first <= entries; first += ROWS_AT_ONCE) {
    const last = Math.min(first + ROWS_AT_ONCE - 1, entries);
    await owner.query(ENTRIES, [first, last, entries, months, families, workers]);
    say(last);
  }
  await owner.query(LAST_BATCH, [entries, Math.ceil(entries / ENTRIES_OF_A_VIEW)]);
  await owner.query("analyze access_log.entry");
  await owner.query("analyze access_log.subject_key");
}
