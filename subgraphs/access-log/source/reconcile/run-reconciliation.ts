// Compares a source with the log, raises what differs, and puts on record that it was done.

import { randomBytes, randomUUID } from "node:crypto";
import { knownByOf } from "../../../../shared/administration/act-record";
import type { Operator } from "../../../../shared/administration/operator";
import type { NewAccessLogEntry } from "../../../../shared/access-log/access-log-entry";
import { KEEPER_ENTRY, raiseSignals, type SignalDeps } from "../../../../shared/access-log/raise-signal";
import { toTraceId } from "../../../../shared/kernel/ids";
import { KEEP_DAYS } from "../../../../shared/subgraph-kit/deliveries/delivery-record";
import type { DeliveryRange } from "../../../../shared/subgraph-kit/deliveries/read-deliveries";
import { MATCH_MS } from "./compare";
import type { Queryable } from "./read-logged";
import type { RecordedSource } from "./read-source";
import { reconcile, seriousIn, type Reconciliation } from "./reconcile";
import { signalsOf } from "./signals-of";

const DAY_MS = 24 * 60 * 60 * 1_000;

const LAST = `select coalesce((select max(to_at) from access_log.reconciliation where organisation = $1),
  (select min(recorded_at) from access_log.batch)) as last`;
const PUT = `insert into access_log.reconciliation (id, organisation, from_at, to_at, lines, entries, serious, to_explain,
  refused_requests, unreadable) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

/**
 * What is to be compared of a source now: from where the last comparison ended, a day of it at least. Undefined when that
 * was less than a day ago, or when the log is empty. Rejects with the driver's error.
 */
export async function dueRange(
  database: Queryable,
  organisation: string,
  now: number = Date.now(),
): Promise<DeliveryRange | undefined> {
  const { rows } = await database.query<{ last: Date | null }>(LAST, [organisation]);
  const last = rows[0]?.last?.getTime();
  // What just happened may not be on record on both sides yet.
  const to = now - MATCH_MS;
  if (last === undefined || to - last < DAY_MS) return undefined;
  // Sources do not keep what is older.
  const from = Math.max(last, now - KEEP_DAYS * DAY_MS);
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

/** What the log says of a comparison: of which source, how it ended, and by whom. */
export const reconciledEntry = (organisation: string, equal: boolean, by?: Operator): NewAccessLogEntry => ({
  ...KEEPER_ENTRY,
  ...(by ? { worker: by.id } : {}),
  traceId: toTraceId(randomBytes(16).toString("hex")),
  operation: "reconcile",
  rules: [equal ? "EQUAL" : "DIFFERENCES"],
  reliedOn: [...(by ? [knownByOf(by)] : []), `ORGANISATION:${organisation}`],
});

/**
 * Compares a range; every difference is then a signal, and the comparison itself is on record. Rejects with SourceUnread,
 * LOG_UNAVAILABLE or the driver's error; then the range is to be compared again, which raises nothing twice.
 */
export async function runReconciliation(
  deps: SignalDeps,
  source: RecordedSource,
  range: DeliveryRange,
): Promise<Reconciliation> {
  const { pool, accessLog } = deps;
  const result = await reconcile(pool, source, range);
  const { organisation, counts, differences } = result;
  await raiseSignals(deps, signalsOf(result));
  await accessLog.write([reconciledEntry(organisation, differences.length === 0)]);
  const serious = seriousIn(result);
  await pool.query(PUT, [
    randomUUID(),
    organisation,
    result.range.from,
    result.range.to,
    counts.lines,
    counts.entries,
    serious,
    differences.length - serious,
    counts.refusedRequests,
    counts.unreadable,
  ]);
  return result;
}
