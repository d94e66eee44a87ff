// The weekly sample: accesses that nothing is wrong with, as far as anybody knows, looked at all the same. Random for who
// looks at families, and the same for everybody who draws it again.

import { randomBytes } from "node:crypto";
import type { PoolClient } from "pg";
import type { EntryPosition } from "../../../../shared/access-log/find-entries";
import { openReview } from "../../../../shared/access-log/open-review";
import { KEEPER_ENTRY, type SignalDeps } from "../../../../shared/access-log/raise-signal";
import { inTransaction } from "../../../../shared/database/pool";
import { toTraceId } from "../../../../shared/kernel/ids";
import type { PlainDate } from "../../../../shared/kernel/plain-date";
import { bePatient, patiently } from "../signals/ask-patiently";
import { dayOf, momentText, startOf, type Week } from "../signals/stretch";

/** Accesses in a sample at least, so that a small organisation looks as well; all of them when there are fewer. */
export const SAMPLE_LEAST = 10;
/** And of many accesses this part: what an officer can read in a morning at an organisation with some thousands a week. */
export const SAMPLE_SHARE = 0.01;

/** One access: all entries of one request of a worker about people. */
export interface SampledAccess {
  /** Id of its first entry. */
  readonly id: string;
  readonly worker: string;
  readonly workerFunction: string;
  readonly day: PlainDate;
  readonly entries: readonly EntryPosition[];
}

// What decides is the hash of the week, the organisation and the id that the log gave the first entry: nobody can choose
// that id (a trace id comes from who asks), and anybody with the log can count after.
const SAMPLE = `with access as (
  select batch, trace_id, worker, min(position) as position,
    json_agg(json_build_object('position', position, 'recordedAt', ${momentText("recorded_at")}) order by position) as entries
  from access_log.entry
  where recorded_at >= ${startOf("$1")} and recorded_at < ${startOf("$2")} and organisation = $3
    and subject_type <> 'NONE' and worker is not null
  group by batch, trace_id, worker
), in_order as (
  select a.entries, e.id, e.worker, e.worker_function, e.recorded_at, count(*) over () as all_of_them,
    row_number() over (order by sha256(convert_to($4 || e.id, 'UTF8')), e.id) as place
  from access a join access_log.entry e on e.position = a.position
    and e.recorded_at >= ${startOf("$1")} and e.recorded_at < ${startOf("$2")}
)
select id, worker, worker_function as "workerFunction", ${dayOf("recorded_at")} as day, entries
from in_order where place <= greatest($5::bigint, ceil($6::numeric * all_of_them)) order by place`;

/** Which accesses the sample of a week and an organisation holds, in the order of the draw. Rejects with the driver's error. */
export async function sampleOf(
  client: Pick<PoolClient, "query">,
  organisation: string,
  { name, monday, nextMonday }: Week,
): Promise<SampledAccess[]> {
  const seed = `${name}:${organisation}:`;
  const values = [monday, nextMonday, organisation, seed, SAMPLE_LEAST, SAMPLE_SHARE];
  const { rows } = await client.query<SampledAccess>(patiently(SAMPLE, values));
  return rows;
}

/**
 * Opens a review for each access of the sample that has none yet, on record in the log; gives how many. Rejects with the
 * driver's error or LOG_UNAVAILABLE; drawing again is then safe.
 */
export async function drawSample(
  { pool, accessLog }: SignalDeps,
  organisation: string,
  week: Week,
): Promise<number> {
  return inTransaction(pool, async (client) => {
    await bePatient(client);
    const opened: string[] = [];
    for (const { id, day, ...access } of await sampleOf(client, organisation, week)) {
      const cause = `WEEK:${week.name}:${id}`;
      const review = {
        ...access,
        organisation,
        cause,
        origin: "SAMPLE",
        kind: "SAMPLE",
        happenedOn: day,
      } as const;
      const reviewId = await openReview(client, review);
      if (reviewId !== undefined) opened.push(reviewId);
    }
    if (opened.length > 0) {
      await accessLog.write([
        {
          ...KEEPER_ENTRY,
          traceId: toTraceId(randomBytes(16).toString("hex")),
          operation: "drawSample",
          rules: ["SAMPLE"],
          reliedOn: [`WEEK:${week.name}`, ...opened.map((one) => `REVIEW:${one}`)],
        },
      ]);
    }
    return opened.length;
  });
}
