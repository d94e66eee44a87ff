// What the queue command shows: ids of deliveries, organisations, codes, counts and moments. Nothing about whom.

import type { Pool } from "pg";
import { readOutboxHealth } from "../delivery/outbox-health";

/** Rows to show: the names of the columns are those of the fields. */
export type Rows = readonly Readonly<Record<string, string | number | null>>[];

const MOMENT = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/** How the outbox is, in all and by kind; `wrong` says whether somebody is needed. */
export async function lookAtAll(pool: Pool): Promise<{ readonly rows: Rows; readonly wrong: boolean }> {
  const { oldestWaitingSeconds, dead, endpointsOff } = await readOutboxHealth(pool);
  const { rows } = await pool.query<{ kind: string; pending: number; tried: number; dead: number }>(
    `select kind, count(*) filter (where state = 'PENDING')::int as pending,
       count(*) filter (where state = 'PENDING' and attempts > 0)::int as tried,
       count(*) filter (where state = 'DEAD')::int as dead
     from hub.referral_delivery where state in ('PENDING', 'DEAD') group by kind order by kind`,
  );
  const waited = oldestWaitingSeconds === null ? null : Math.round(oldestWaitingSeconds);
  const all = { what: "all", pending: 0, tried: 0, dead: 0, endpointsOff, oldestWaitingSeconds: waited };
  for (const row of rows) {
    all.pending += row.pending;
    all.tried += row.tried;
    all.dead += row.dead;
  }
  const kinds = rows.map(({ kind, ...counts }) => ({ what: kind, ...counts }));
  return { rows: [all, ...kinds], wrong: dead > 0 || endpointsOff > 0 };
}

/** The dead letters, oldest first. */
export async function lookAtDead(pool: Pool): Promise<Rows> {
  const { rows } = await pool.query<Rows[number]>(
    `select id, kind, event, organisation, owner_organisation as owner, attempts, fault,
       ${MOMENT("created_at")} as "writtenAt", ${MOMENT("ended_at")} as "diedAt"
     from hub.referral_delivery where state = 'DEAD' order by ended_at, id`,
  );
  return rows;
}

/** Every endpoint, and what waits for it. */
export async function lookAtEndpoints(pool: Pool): Promise<Rows> {
  const { rows } = await pool.query<Rows[number]>(
    `select e.organisation, e.state, e.reason, ${MOMENT("e.switched_at")} as since, e.failures,
       ${MOMENT("e.failing_since")} as "failingSince",
       count(d.id) filter (where d.state = 'PENDING')::int as waiting,
       count(d.id) filter (where d.state = 'DEAD')::int as dead
     from hub.webhook_endpoint e
     left join hub.referral_delivery d on d.organisation = e.organisation and d.kind = 'WEBHOOK'
       and d.state in ('PENDING', 'DEAD')
     group by e.organisation order by e.organisation`,
  );
  return rows;
}

/** What was done to deliveries and endpoints, newest first. */
export async function lookAtRecord(pool: Pool): Promise<Rows> {
  const { rows } = await pool.query<Rows[number]>(
    `select ${MOMENT("at")} as at, act, organisation, reason, delivery_id as delivery, operator
     from hub.delivery_act order by number desc limit 100`,
  );
  return rows;
}

/** Rows as a table in plain text. */
export function tableOf(rows: Rows): string {
  const head = Object.keys(rows[0] ?? {});
  const cells = [head, ...rows.map((row) => head.map((name) => String(row[name] ?? "")))];
  const widths = head.map((_name, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
