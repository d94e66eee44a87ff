// Refuses the tokens of sessions that ended. It is looked up at every request, in the database that all gateways share, and
// never remembered: requests that come at the same time share one question.

import DataLoader from "dataloader";
import type { Pool } from "pg";
import { endedAmong, type SessionOfToken } from "../../shared/database/ended-sessions";
import { SchakelError } from "../../shared/kernel/errors";
import { MOST_TOGETHER, inOneTurn } from "../../shared/kernel/in-one-turn";
import type { SignedIn } from "./read-claims";

/** Passes over who is signed in; rejects with SESSION_ENDED for who is not any more, and with RECORD_UNAVAILABLE. */
export type SessionCheck = (signedIn: SignedIn) => Promise<void>;

/** A check against the sessions that ended. A system has no session that could end. */
export function createSessionCheck(pool: Pick<Pool, "query">): SessionCheck {
  const questions = new DataLoader<SessionOfToken, boolean>(
    async (asked) => {
      const ended = await endedAmong(pool, asked);
      return asked.map((_, place) => ended.has(place));
    },
    // An answer is of its own moment: nothing is kept.
    { cache: false, maxBatchSize: MOST_TOGETHER, batchScheduleFn: inOneTurn },
  );
  return async ({ requester, subject, issuedAt }) => {
    const { organisation: issuer, session } = requester;
    const isEnded = await questions.load({ issuer, session, subject, issuedAt });
    if (isEnded) throw new SchakelError("SESSION_ENDED");
  };
}
