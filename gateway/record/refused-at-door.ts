// What happens at the door is on record too: a request that is refused before anything is asked (by whom, when, why, and from
// where), and who was signed out.

import type { AccessLogWriter } from "../../shared/access-log/access-log-writer";
import { subjectInLog } from "../../shared/access-log/subject-in-log";
import type { EndedSession } from "../identify/sign-in";
import type { ErrorCode, SchakelError } from "../../shared/kernel/errors";
import { toOrganisationCode, toWorkerId, type TraceId } from "../../shared/kernel/ids";
import type { Logger } from "../../shared/kernel/logger";
import type { Requester } from "../../shared/kernel/requester";
import { sha256Hex } from "../../shared/kernel/sha256";

/** A refusal, and what is known of the request. */
export interface RefusedAtDoor {
  readonly error: SchakelError;
  readonly traceId: TraceId;
  /** Address that the request came from. */
  readonly origin: string;
  /** Undefined when nobody was identified. */
  readonly requester?: Requester | undefined;
}

/** Sessions that ended because an issuer said so. */
export interface SignedOut {
  readonly ended: EndedSession;
  readonly traceId: TraceId;
  readonly origin: string;
}

/** Puts on record what happens at the door. */
export interface DoorRecord {
  /** Resolves when it is on disk; rejects with LOG_UNAVAILABLE when that is not certain. */
  refused(refusal: RefusedAtDoor): Promise<void>;
  /** The same of a sign-out. */
  signedOut(signedOut: SignedOut): Promise<void>;
}

/**
 * What refusals of strangers may add to the log, so that who has no token cannot fill it: so many of those who showed a token,
 * or none where one is needed, and so many of those who did not come that far. Neither hides the other.
 */
export const STRANGERS_PER_MINUTE = 600;

/** Refusals about who it is, or how often; all others of strangers come before that. */
const ABOUT_WHO: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "TOKEN_REQUIRED",
  "TOKEN_INVALID",
  "TOKEN_EXPIRED",
  "ISSUER_UNKNOWN",
  "ISSUER_UNREACHABLE",
  "SESSION_ENDED",
  "RATE_LIMITED",
]);
const MINUTE_MS = 60_000;

/**
 * A record on a writer of the access log. Of identified requesters every refusal is written; of strangers at most
 * STRANGERS_PER_MINUTE of either kind, and how many there were beyond that is said in `log`, once a minute.
 * Source: NEN 7513, attempts that fail are events as well.
 */
export function createDoorRecord(
  writer: AccessLogWriter,
  log: Logger,
  now: () => number = Date.now,
): DoorRecord {
  const strangers = countStrangers(log, now);
  const unread = countStrangers(log, now);
  return {
    refused: async ({ error, traceId, origin, requester }) => {
      const bounds = ABOUT_WHO.has(error.code) ? strangers : unread;
      if (!requester && !bounds.isWithin()) return;
      await writer.write([
        {
          ...ABOUT_NOBODY,
          traceId,
          act: "READ",
          outcome: "REFUSED",
          operation: "request",
          worker: requester?.worker ?? null,
          organisation: requester?.organisation ?? null,
          team: requester?.team ?? null,
          workerFunction: requester?.workerFunction ?? null,
          source: null,
          reliedOn: [],
          errorCode: error.code,
          origin,
        },
      ]);
    },
    signedOut: async ({ ended: { issuer, session, subject }, traceId, origin }) => {
      await writer.write([
        {
          ...ABOUT_NOBODY,
          traceId,
          act: "UPDATE",
          outcome: "DELIVERED",
          operation: "signOut",
          // The issuer says so, not the worker: who runs the door records it.
          worker: toWorkerId("hub.gateway"),
          organisation: toOrganisationCode("hub"),
          team: null,
          workerFunction: "OPERATOR",
          source: issuer,
          reliedOn: [
            ...(subject === undefined ? [] : [subjectInLog(subject)]),
            ...(session === undefined ? [] : [`SESSION:${sha256Hex(session)}`]),
          ],
          errorCode: null,
          origin,
        },
      ]);
    },
  };
}

const ABOUT_NOBODY = {
  purpose: null,
  subjectType: "NONE",
  subjectId: null,
  familyId: null,
  categoriesDelivered: [],
  categoriesWithheld: [],
  rules: [],
  policySet: null,
} as const;

/** Counts refusals of strangers by the minute, and says in the log when there are too many. */
function countStrangers(log: Logger, now: () => number): { isWithin(): boolean } {
  let minute = 0;
  let strangers = 0;
  return {
    isWithin: () => {
      const current = Math.floor(now() / MINUTE_MS);
      if (current !== minute) {
        const beyond = strangers - STRANGERS_PER_MINUTE;
        if (beyond > 0)
          log.warn({ count: beyond }, "refusals of strangers beyond what is recorded one by one");
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
    },
  };
}
