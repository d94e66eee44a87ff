// Everything that the door knows of signing in and out, on the issuers of the region and the database of the hub.

import type { Pool } from "pg";
import { endIsOnRecord, endSession, type SessionEnd } from "../../shared/database/ended-sessions";
import { SchakelError } from "../../shared/kernel/errors";
import type { Issuer } from "./issuer";
import type { KeyDeps } from "./issuer-keys";
import { createLogoutVerifier } from "./logout-token";
import { createSessionCheck, type SessionCheck } from "./sessions";
import { createTokenVerifier, knownIssuers, type TokenVerifier } from "./token";

/** What ended by a sign-out. */
export type EndedSession = Pick<SessionEnd, "issuer" | "session" | "subject">;

/** Signing in and out. */
export interface SignIn {
  readonly verifyToken: TokenVerifier;
  /** Rejects with SESSION_ENDED for who signed out. */
  readonly refuseEnded: SessionCheck;
  /**
   * Ends the session that a logout token names, for every gateway from the next request on, and has `record` put on record what
   * ended; resolves with it. Where that fails the session has ended all the same, and the token may come again to be recorded.
   * Rejects with the codes of the verifier, TOKEN_INVALID for a token that came before and is on record, RECORD_UNAVAILABLE, and
   * what `record` rejects with.
   */
  readonly signOut: (
    logoutToken: string,
    record: (ended: EndedSession) => Promise<void>,
  ) => Promise<EndedSession>;
}

/** Signing in by these issuers. */
export function createSignIn(
  issuers: readonly Issuer[],
  pool: Pick<Pool, "query">,
  keyDeps: KeyDeps,
): SignIn {
  const known = knownIssuers(issuers, keyDeps);
  const verifyLogout = createLogoutVerifier(known);
  return {
    verifyToken: createTokenVerifier(known),
    refuseEnded: createSessionCheck(pool),
    signOut: async (logoutToken, record) => {
      const end = await verifyLogout(logoutToken);
      const isToRecord = await endSession(pool, end);
      if (!isToRecord) throw new SchakelError("TOKEN_INVALID", { reason: "jti" });
      await record(end);
      await endIsOnRecord(pool, end);
      return end;
    },
  };
}
