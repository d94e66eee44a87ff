// Everything that the door knows of signing in and out, on the issuers of the region and the database of the hub.

import type { Pool } from "pg";
import { endSession, type SessionEnd } from "../../shared/database/ended-sessions";
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
   * Ends the session that a logout token names, for every gateway from the next request on; resolves with what ended. Rejects
   * with the codes of the verifier, TOKEN_INVALID for a token that came before, and RECORD_UNAVAILABLE.
   */
  readonly signOut: (logoutToken: string) => Promise<EndedSession>;
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
    signOut: async (logoutToken) => {
      const end = await verifyLogout(logoutToken);
      const isNew = await endSession(pool, end);
      if (!isNew) throw new SchakelError("TOKEN_INVALID", { reason: "jti" });
      return end;
    },
  };
}
