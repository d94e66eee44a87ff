// Which organisations are in planned maintenance: they are not asked then, and the view says until when.

import type { Pool } from "pg";
import { loadMaintenance, type MaintenanceWindow } from "../../shared/database/maintenance";

/** Until when a source is in maintenance; undefined when it is not. */
export type InMaintenance = (source: string) => Date | undefined;

/** Where nobody announces any. */
export const NO_MAINTENANCE: InMaintenance = () => undefined;

/** Milliseconds between two looks: what is announced or ended counts after so long at the latest. */
const LOOK_EVERY_MS = 2_000;
/** Seconds ahead that each look brings, so that what was planned begins on time while the database is away. */
const AHEAD_S = 3_600;

/** What a gateway knows of planned maintenance, kept up while it runs. */
export interface MaintenanceWatch {
  readonly inMaintenance: InMaintenance;
  stop(): void;
}

/** The end of what runs at `now` for a source; of several at once the latest. */
export function untilOf(
  windows: readonly MaintenanceWindow[],
  source: string,
  now: number,
): Date | undefined {
  const running = windows.filter(
    ({ organisation, from, until }) =>
      (organisation as string) === source && from.getTime() <= now && now < until.getTime(),
  );
  const last = Math.max(...running.map(({ until }) => until.getTime()));
  return running.length === 0 ? undefined : new Date(last);
}

/**
 * Looks at the register every few seconds. It never keeps the gateway from starting or serving: while the register cannot
 * be read, `onError` is told and what is known goes on.
 */
export async function watchMaintenance(
  pool: Pick<Pool, "query">,
  onError: (error: unknown) => void,
): Promise<MaintenanceWatch> {
  let windows: readonly MaintenanceWindow[] = [];
  let isLooking = false;
  let isFailing = false;
  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    try {
      windows = await loadMaintenance(pool, AHEAD_S);
      isFailing = false;
    } catch (error) {
      if (!isFailing) onError(error);
      isFailing = true;
    } finally {
      isLooking = false;
    }
  };
  await look();
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  timer.unref();
  return {
    inMaintenance: (source) => untilOf(windows, source, Date.now()),
    stop: () => {
      clearInterval(timer);
    },
  };
}
