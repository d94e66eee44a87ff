// A request that is refused before anything is asked is on record too: by whom, when, why, and from where.

import type { AccessLogWriter } from "../../shared/access-log/access-log-writer";
import type { SchakelError } from "../../shared/kernel/errors";
import type { TraceId } from "../../shared/kernel/ids";
import type { Logger } from "../../shared/kernel/logger";
import type { Requester } from "../../shared/kernel/requester";

/** A refusal, and what is known of the request. */
export interface RefusedAtDoor {
  readonly error: SchakelError;
  readonly traceId: TraceId;
  /** Address that the request came from. */
  readonly origin: string;
  /** Undefined when nobody was identified. */
  readonly requester?: Requester | undefined;
}

/** Puts a refusal on record. */
export interface DoorRecord {
  /** Resolves when it is on disk; rejects with LOG_UNAVAILABLE when that is not certain. */
  refused(refusal: RefusedAtDoor): Promise<void>;
}

/** What refusals of strangers may add to the log, so that who has no token cannot fill it. */
export const STRANGERS_PER_MINUTE = 600;
const MINUTE_MS = 60_000;

/**
 * A record on a writer of the access log. Of identified requesters every refusal is written; of strangers at most
 * STRANGERS_PER_MINUTE, and how many there were beyond that is said in `log`, once a minute.
 * Source: NEN 7513, attempts that fail are events as well.
 */
export function createDoorRecord(
  writer: AccessLogWriter,
  log: Logger,
  now: () => number = Date.now,
): DoorRecord {
  let minute = 0;
  let strangers = 0;

  const isWithinBounds = (): boolean => {
    const current = Math.floor(now() / MINUTE_MS);
    if (current !== minute) {
      const beyond = strangers - STRANGERS_PER_MINUTE;
      if (beyond > 0) log.warn({ count: beyond }, "refusals of strangers beyond what is recorded one by one");
      minute = current;
      strangers = 0;
    }
    strangers += 1;
    // Said at once as well: after the last stranger of a flood nobody comes to have the count told.
    if (strangers === STRANGERS_PER_MINUTE + 1) {
      log.warn(
        { most: STRANGERS_PER_MINUTE },
        "refusals of strangers from here on are not recorded one by one",
      );
    }
    return strangers <= STRANGERS_PER_MINUTE;
  };

  return {
    refused: async ({ error, traceId, origin, requester }) => {
      if (!requester && !isWithinBounds()) return;
      await writer.write([
        {
          traceId,
          act: "READ",
          outcome: "REFUSED",
          operation: "request",
          worker: requester?.worker ?? null,
          organisation: requester?.organisation ?? null,
          team: requester?.team ?? null,
          workerFunction: requester?.workerFunction ?? null,
          purpose: null,
          subjectType: "NONE",
          subjectId: null,
          familyId: null,
          source: null,
          categoriesDelivered: [],
          categoriesWithheld: [],
          rules: [],
          policySet: null,
          reliedOn: [],
          errorCode: error.code,
          origin,
        },
      ]);
    },
  };
}
