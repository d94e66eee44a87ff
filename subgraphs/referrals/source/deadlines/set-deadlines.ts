// Keeps the rows of the deadlines in step with the history of their referrals: at each step, at start and on a schedule.

import type { Pool, PoolClient } from "pg";
import { inTransaction } from "../../../../shared/database/pool";
import type { ReferralId } from "../../../../shared/kernel/ids";
import type { WithNorms } from "../../../../shared/region/referral-norms";
import { deriveDeadlines, type ClockFacts, type Deadline } from "./derive";
import { closeTasksOf } from "./duties";
import type { DeadlineKind } from "./norms";

type Queryable = Pick<Pool | PoolClient, "query">;

interface StoredFacts extends Omit<ClockFacts, "norms"> {
  readonly id: ReferralId;
  /** The rows that are there. */
  readonly known: readonly { kind: DeadlineKind; version: number; met: boolean }[];
}

/** SQL: the day of a moment, in the Netherlands. */
const DAY_OF = (moment: string): string => `((${moment}) at time zone 'Europe/Amsterdam')::date`;

// A referral that was split off another one has that one's history up to the split, and so its deadlines.
const FACTS = `
  r.id, r.type, r.sender_organisation as sender,
  (with recursive line as (
      select r.id, r.split_from, r.split_at, r.version as upto
      union all
      select p.id, p.split_from, p.split_at, least(l.upto, l.split_at)
      from line l join hub.referral p on p.id = l.split_from)
    select json_agg(json_build_object('version', e.version, 'to', e.to_state, 'at', e.at, 'on', ${DAY_OF("e.at")},
      'receiver', e.receiver_organisation, 'expectedOn', e.expected_on, 'worker', e.worker) order by e.version)
    from line l join hub.referral_event e on e.referral_id = l.id and e.version <= l.upto) as events,
  (select json_build_object('dueAt', c.due_at, 'dueOn', ${DAY_OF("c.due_at")})
    from hub.consultation c where c.referral_id = r.id) as consultation,
  (select coalesce(json_agg(json_build_object('kind', d.kind, 'version', d.version, 'met', d.met_at is not null)), '[]')
    from hub.referral_deadline d where d.referral_id = r.id) as known`;

/** Deadlines that are missing, and those that were met without it being noted. */
function changesOf({ known, ...facts }: StoredFacts, { norms }: WithNorms): Deadline[] {
  const rows = new Map(known.map(({ kind, version, met }) => [`${kind} ${version}`, met]));
  return deriveDeadlines({ ...facts, norms, events: facts.events ?? [] }).filter(({ kind, version, met }) => {
    const noted = rows.get(`${kind} ${version}`);
    return noted === undefined || (!noted && met !== null);
  });
}

/**
 * Writes the deadlines of one referral as they follow from its history, in the transaction of the step; the referral is
 * locked. What was promised before stays. Deadlines that are met leave nothing to do: their open tasks end.
 */
export async function setDeadlines(client: PoolClient, region: WithNorms, id: ReferralId): Promise<void> {
  const { rows } = await client.query<StoredFacts>(`select ${FACTS} from hub.referral r where r.id = $1`, [
    id,
  ]);
  const changes = rows[0] ? changesOf(rows[0], region) : [];
  if (changes.length === 0) return;
  const written = JSON.stringify(
    changes.map(({ met, ...deadline }) => ({ ...deadline, metAt: met?.at ?? null })),
  );
  // Days begin and end in the Netherlands; a day on which the clock changes is shorter or longer.
  await client.query(
    `with derived as (
       select d.kind, d.version, d.organisation, d."startsAt", d."metAt", e.due_at,
         least(e.due_at, greatest(d."startsAt", d."warnOn"::timestamp at time zone 'Europe/Amsterdam')) as warn_at
       from json_to_recordset($2::json) as d (kind text, version integer, organisation text, "startsAt" timestamptz,
         "warnOn" date, "dueOn" date, "dueAt" timestamptz, "metAt" timestamptz)
       cross join lateral (select greatest(d."startsAt",
         coalesce(d."dueAt", (d."dueOn" + 1)::timestamp at time zone 'Europe/Amsterdam')) as due_at) as e
     ), met as (
       update hub.referral_deadline r set met_at = d."metAt", next_at = null from derived d
       where r.referral_id = $1 and r.kind = d.kind and r.version = d.version and r.met_at is null
         and d."metAt" is not null
     )
     insert into hub.referral_deadline (referral_id, kind, version, organisation, starts_at, warn_at, due_at, met_at, next_at)
     select $1, kind, version, organisation, "startsAt", warn_at, due_at, "metAt",
       case when "metAt" is null then warn_at end from derived
     on conflict do nothing`,
    [id, written],
  );
  const met = changes.flatMap(({ kind, version, met: end }) => (end ? [{ kind, version, by: end.by }] : []));
  await closeTasksOf(client, id, met);
}

/** Referrals that are looked at in one query. */
const BATCH = 200;

/**
 * Derives the deadlines of every referral that is under way or has one running, and writes what is missing. Returns the
 * number of referrals that it had to be written for: 0 unless a row was lost, or was never there.
 */
export async function deriveAllDeadlines(pool: Pool, region: WithNorms): Promise<number> {
  let written = 0;
  for (let after: string | null = null; ;) {
    const { rows }: { rows: StoredFacts[] } = await runningFacts(pool, after);
    for (const row of rows) {
      if (changesOf(row, region).length === 0) continue;
      await inTransaction(pool, async (client) => {
        await client.query("select from hub.referral where id = $1 for update", [row.id]);
        await setDeadlines(client, region, row.id);
      });
      written += 1;
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return written;
    after = last.id;
  }
}

const runningFacts = (db: Queryable, after: string | null): Promise<{ rows: StoredFacts[] }> =>
  db.query<StoredFacts>(
    `select ${FACTS} from hub.referral r
     where ($1::uuid is null or r.id > $1) and (r.state not in ('COMPLETED', 'WITHDRAWN') or exists (
       select from hub.referral_deadline d where d.referral_id = r.id and d.next_at is not null))
     order by r.id limit $2`,
    [after, BATCH],
  );
