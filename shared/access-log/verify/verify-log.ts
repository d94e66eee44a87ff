// Verifies an access log: order, chain, entries, lines, keys, checkpoints, and what organisations keep. It shares no code
// with what writes the log, and only reads.

import type { ClientBase } from "pg";
import { CheckpointCheck } from "./checkpoints";
import { Faults, type Fault } from "./faults";
import { KeepingCheck, readRemovals } from "./keeping";
import { readAll } from "./rows";
import type { KeptCheckpoint, VerifyingKeys } from "./signatures";
import { SubjectKeyCheck } from "./subject-keys";
import { LogWalk, type Range, type Walked } from "./walk";

/** What to verify, and against what. */
export interface Verification {
  /** ISO 8601 moments; without them the whole log. The chain of batches is always verified whole. */
  readonly from?: string | undefined;
  /** Not included. */
  readonly to?: string | undefined;
  readonly keys: VerifyingKeys;
  /** What organisations keep; without it a tail that was cut off, checkpoints and all, is not seen. */
  readonly copies?: readonly KeptCheckpoint[];
  /** Faults after which to stop; what is named first is the first up to there. */
  readonly mostFaults?: number;
}

/** What came of it. */
export interface VerificationReport extends Walked {
  readonly logId: string;
  /** Months of which the entries were removed after their term, as YYYY-MM. */
  readonly removedMonths: readonly string[];
  readonly checkpoints: number;
  readonly countersignatures: number;
  /** In the order of the log; none when it is whole. */
  readonly faults: readonly Fault[];
}

const DEFAULT_MOST_FAULTS = 1_000;
const ALL: Range = {
  firstBatch: 0,
  lastBatch: Number.MAX_SAFE_INTEGER,
  firstPosition: 0,
  lastPosition: Number.MAX_SAFE_INTEGER,
};
const READ_RANGE = `select coalesce(min(number), 0), coalesce(max(number), -1), coalesce(min(first_position), 0),
  coalesce(max(last_position), -1) from access_log.batch
  where recorded_at >= coalesce($1::timestamptz, '-infinity') and recorded_at < coalesce($2::timestamptz, 'infinity')`;

async function readRange(
  client: ClientBase,
  { from, to }: Pick<Verification, "from" | "to">,
): Promise<Range> {
  if (from === undefined && to === undefined) return ALL;
  const [row = []] = await readAll(client, READ_RANGE, [from ?? null, to ?? null]);
  const [firstBatch = 0, lastBatch = -1, firstPosition = 0, lastPosition = -1] = row.map(Number);
  return { firstBatch, lastBatch, firstPosition, lastPosition };
}

/**
 * Verifies the log that `client` reads, in the transaction that it is in (one that sees one moment, when the log is
 * written to meanwhile). Rejects with the driver's error when the log cannot be read.
 */
export async function verifyLog(client: ClientBase, asked: Verification): Promise<VerificationReport> {
  const faults = new Faults(asked.mostFaults ?? DEFAULT_MOST_FAULTS);
  const [[id] = []] = await readAll(client, "select id from access_log.log");
  const logId = id ?? "";
  const range = await readRange(client, asked);
  const batches = [range.firstBatch, range.lastBatch] as const;
  const removals = await readRemovals(client);
  const removedMonths = new Set(removals.map(({ month }) => month));
  const checkpoints = await CheckpointCheck.read(
    client,
    logId,
    batches,
    asked.keys,
    asked.copies ?? [],
    faults,
  );
  const subjectKeys = await SubjectKeyCheck.read(client, faults);
  const keeping = new KeepingCheck(faults, range);
  const log = { id: logId, range, removedMonths };
  const walked = await new LogWalk(client, log, { checkpoints, subjectKeys, keeping }, faults).walk();
  if (!faults.enough) {
    await keeping.check(client, removals, subjectKeys);
    for (const key of range === ALL ? subjectKeys.unnamed : []) {
      faults.add("KEY_CHANGED", 0, 0, `The key ${key} does not follow from its subject.`);
    }
  }
  return {
    logId,
    ...walked,
    removedMonths: [...removedMonths],
    checkpoints: checkpoints.size,
    countersignatures: checkpoints.countersignatures,
    faults: faults.inOrder,
  };
}
