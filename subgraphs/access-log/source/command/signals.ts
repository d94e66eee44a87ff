// signals: looks a stretch of the log through now, instead of waiting for the hour, or again.

import { createAccessLogWriter } from "../../../../shared/access-log/access-log-writer";
import { today } from "../../../../shared/kernel/plain-date";
import { loadRegion } from "../../../../shared/region/region";
import { drawSample } from "../review/draw-sample";
import { lookThrough } from "../signals/look-through";
import { beginOf, weeksEndedIn } from "../signals/stretch";
import { askedEntry } from "./asked-entry";
import { operatorOf, putOnRecord, withPool, type LogEnvironment } from "./surroundings";
import { counted, FINE, print, toMoment, WrongUse } from "./words";

/** Options of the command. */
export interface SignalsOptions {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Who asks, for the entry that records it. */
  readonly by?: string | undefined;
}

/** Runs it; gives the exit code. Who runs the hub learns how many there are and which reviews, not whose or about whom. */
export async function signals(env: LogEnvironment, options: SignalsOptions): Promise<number> {
  const to = new Date(toMoment(options.to, "to") ?? Date.now());
  const from = new Date(toMoment(options.from, "from") ?? beginOf(today(to)));
  if (from >= to) throw new WrongUse("--from is before --to.");
  const organisations = loadRegion(env.SCHAKEL_REGION).organisations.map(({ code }) => code as string);
  await putOnRecord(env, [askedEntry("signals", await operatorOf(env, options.by))]);
  await withPool(env, async (pool) => {
    const deps = { pool, accessLog: createAccessLogWriter(pool) };
    const raised = await lookThrough(deps, { from, to, organisations });
    for (const { reviewId, signal } of raised) {
      print(`${signal.organisation}: ${signal.kind} on ${signal.happenedOn}, review ${reviewId}`);
    }
    print(`${counted(raised.length, "signal", "signals")} raised.`);
    for (const week of weeksEndedIn({ from, to })) {
      for (const organisation of organisations) {
        const drawn = await drawSample(deps, organisation, week);
        if (drawn > 0)
          print(`${organisation}: ${counted(drawn, "access", "accesses")} of ${week.name} to review.`);
      }
    }
  });
  return FINE;
}
