// verify: is the log whole? Names the first entry that is not.

import { keysDirectory } from "../../../../shared/kernel/service-settings";
import { verifyLog, type VerificationReport } from "../../../../shared/access-log/verify/verify-log";
import type { Copies } from "../../../../shared/access-log/verify/read-copies";
import { atOneMoment, readKept, readKeys, withDatabase, type LogEnvironment } from "./surroundings";
import { BROKEN, counted, FINE, print, say, toMoment } from "./words";

/** Options of the command. */
export interface VerifyOptions {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly checkpoints?: string | undefined;
  readonly keys?: string | undefined;
}

/** Faults that are written out; the rest is counted. */
const MOST_TOLD = 20;

/** Runs it; gives the exit code. */
export async function verify(env: LogEnvironment, options: VerifyOptions): Promise<number> {
  const begun = performance.now();
  const from = toMoment(options.from, "from");
  const to = toMoment(options.to, "to");
  const keys = await readKeys(options.keys ?? keysDirectory(env));
  const kept = await readKept(env, options.checkpoints);
  const report = await withDatabase(env, async (client) =>
    atOneMoment(client, () => verifyLog(client, { from, to, keys, copies: kept?.copies ?? [] })),
  );
  tellWhat(report, kept);
  const unreadable = kept?.faults ?? [];
  for (const { organisation, place } of unreadable) {
    print(`What ${organisation} keeps at ${place} cannot be read.`);
  }
  const seconds = `${((performance.now() - begun) / 1_000).toFixed(1)} s`;
  const [first] = report.faults;
  if (!first && unreadable.length === 0) {
    print(`The log is whole (${seconds}).`);
    return FINE;
  }
  if (first) {
    print(`The log is BROKEN. First: ${first.text}`);
    for (const fault of report.faults.slice(0, MOST_TOLD)) {
      print(`  entry ${fault.position}, batch ${fault.batch}: ${fault.kind}: ${fault.text}`);
    }
    if (report.faults.length > MOST_TOLD)
      print(`  and ${report.faults.length - MOST_TOLD} more (${seconds}).`);
  }
  return BROKEN;
}

function tellWhat(report: VerificationReport, kept: Copies | undefined): void {
  const { logId, batches, entries, lines, lastPosition, checkpoints, countersignatures, removedMonths } =
    report;
  print(
    `Log ${logId}: ${counted(lastPosition, "entry", "entries")} in ${counted(batches, "batch", "batches")}; ` +
      `${entries} looked at, with ${counted(lines, "processing line", "processing lines")}.`,
  );
  print(
    `${counted(checkpoints, "checkpoint", "checkpoints")}, ${counted(countersignatures, "signature", "signatures")} of organisations.`,
  );
  if (removedMonths.length > 0) print(`Removed after their term: ${removedMonths.join(", ")}.`);
  if (!kept || kept.copies.length === 0) {
    say(
      "Not held against copies of organisations: a tail cut off after the last checkpoint would not be seen.",
    );
    return;
  }
  const keepers = [...new Set(kept.copies.map(({ organisation }) => organisation))];
  print(`Held against ${counted(kept.copies.length, "copy", "copies")} that ${keepers.join(", ")} keep.`);
}
