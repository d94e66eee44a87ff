// Looks a stretch of the log through for everything that stands out, and raises what is new.

import { raiseSignals, type RaisedSignal, type SignalDeps } from "../../../../shared/access-log/raise-signal";
import { addDays } from "../../../../shared/kernel/plain-date";
import { askPatiently } from "./ask-patiently";
import { findAskedAgain } from "./find-asked-again";
import { findEmergencies } from "./find-emergencies";
import { findOutOfHours } from "./find-out-of-hours";
import { findOwnFamily } from "./find-own-family";
import { findSearchLimit } from "./find-search-limit";
import { findUnrelated } from "./find-unrelated";
import { findVolume } from "./find-volume";
import { beginOf, daysEndedIn, type Stretch } from "./stretch";
import { REGISTER_LOOK_BACK_DAYS } from "./thresholds";

/** Emergencies first: what else is found of the same worker and day comes to their review. */
const LOOKS = [
  findEmergencies,
  findUnrelated,
  findOutOfHours,
  findOwnFamily,
  findAskedAgain,
  findSearchLimit,
];

/**
 * Raises the signals of a stretch and of the days that ended in it; gives those that are new. Looking again, also where
 * stretches overlap, raises nothing twice. Rejects with the driver's error or LOG_UNAVAILABLE; then it is safe to try again.
 */
export async function lookThrough(deps: SignalDeps, stretch: Stretch): Promise<RaisedSignal[]> {
  const raised: RaisedSignal[] = [];
  const ask = askPatiently(deps.pool);
  for (const look of LOOKS) raised.push(...(await raiseSignals(deps, await look(ask, stretch))));
  for (const day of daysEndedIn(stretch)) {
    const found = await findVolume(ask, day, stretch.organisations);
    raised.push(...(await raiseSignals(deps, found)));
  }
  return raised;
}

/** Compares the accesses of the last weeks with the registers as they are now; day by day, for there may be many. */
export async function compareWithRegisters(
  deps: SignalDeps,
  { to, organisations }: Omit<Stretch, "from">,
): Promise<RaisedSignal[]> {
  const raised: RaisedSignal[] = [];
  const ask = askPatiently(deps.pool);
  const from = new Date(to.getTime() - REGISTER_LOOK_BACK_DAYS * 86_400_000);
  for (const day of daysEndedIn({ from, to })) {
    const found = await findUnrelated(ask, {
      from: beginOf(day),
      to: beginOf(addDays(day, 1)),
      organisations,
    });
    raised.push(...(await raiseSignals(deps, found)));
  }
  return raised;
}
