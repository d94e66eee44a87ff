// Requests without a grant that holds are on record too. Anybody who reaches the port can send them, so they may not fill
// the disk: of each kind the first in a minute has a line at once, and those that follow share one.

import type { ErrorCode } from "../../kernel/errors";
import type { NewDeliveryLine } from "./delivery-line";
import { withoutGrantLine } from "./request-deliveries";

/** How long those that follow wait for their line. */
const GATHER_MS = 60_000;

/** Notes refused requests. */
export interface RefusalsWithoutGrant {
  /** `traceId` is what the request claims. Never fails: nothing left that depends on it. */
  note(code: ErrorCode, traceId: string | null): void;
  /** Hands over what still waits. */
  close(): void;
}

/** Notes them with `write`, which must not throw. */
export function gatherRefusals(write: (line: NewDeliveryLine) => void): RefusalsWithoutGrant {
  const gathering = new Map<ErrorCode, number>();
  const timers = new Map<ErrorCode, NodeJS.Timeout>();
  const end = (code: ErrorCode): void => {
    clearTimeout(timers.get(code));
    timers.delete(code);
    const times = gathering.get(code) ?? 0;
    gathering.delete(code);
    if (times > 0) write(withoutGrantLine(code, null, times));
  };
  return {
    note: (code, traceId) => {
      if (timers.has(code)) {
        gathering.set(code, (gathering.get(code) ?? 0) + 1);
        return;
      }
      write(withoutGrantLine(code, traceId, 1));
      const timer = setTimeout(() => {
        end(code);
      }, GATHER_MS);
      timer.unref();
      timers.set(code, timer);
    },
    close: () => {
      for (const code of timers.keys()) end(code);
    },
  };
}
