// Verifies what an issuer says when somebody signs out: a logout token (OpenID Connect Back-Channel Logout 1.0, 2.4 and 2.6).

import type { JWTPayload } from "jose";
import type { SessionEnd } from "../../shared/database/ended-sessions";
import { SchakelError } from "../../shared/kernel/errors";
import type { Issuer } from "./issuer";
import { MOST_ID_CHARACTERS } from "./read-claims";
import { verifiedClaims, type KnownIssuers } from "./token";

/** The event that a logout token tells of. */
export const LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";
/** Seconds that a logout token may be on its way; issuers give it no longer to live. */
const LOGOUT_TOKEN_AGE_S = 120;
/** `typ` where an issuer gives one; the standard recommends it without demanding it, so an older `JWT` or none will do. */
const TYPES = ["logout+jwt", "jwt", undefined];
/** Seconds that the end of a session is kept longer than its tokens can hold. */
const SPARE_S = 60;

/** Turns a logout token into the session that ends. */
export type LogoutVerifier = (token: string) => Promise<SessionEnd>;

const invalid = (reason: string): SchakelError => new SchakelError("TOKEN_INVALID", { reason });

/** An id of somebody else's making. */
function idIn(payload: JWTPayload, claim: "jti" | "sid" | "sub"): string | undefined {
  const value: unknown = payload[claim];
  if (value === undefined) return undefined;
  if (typeof value !== "string" || value === "" || value.length > MOST_ID_CHARACTERS) throw invalid(claim);
  return value;
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function endIn(issuer: Issuer, payload: JWTPayload): SessionEnd {
  const events: unknown = payload["events"];
  const isLogout =
    isObject(events) &&
    Object.hasOwn(events, LOGOUT_EVENT) &&
    isObject((events as Record<string, unknown>)[LOGOUT_EVENT]);
  if (!isLogout) throw invalid("events");
  // So that an ID token is never taken for a logout token.
  if (Object.hasOwn(payload, "nonce")) throw invalid("nonce");
  const messageId = idIn(payload, "jti");
  if (messageId === undefined) throw invalid("jti");
  const session = idIn(payload, "sid");
  const subject = idIn(payload, "sub");
  if (session === undefined && subject === undefined) throw invalid("sid");
  return {
    issuer: issuer.organisation,
    messageId,
    session,
    subject,
    issuedBefore: payload.iat ?? 0,
    keepSeconds: issuer.tokenAgeSeconds + 2 * issuer.clockSkewSeconds + SPARE_S,
  };
}

/**
 * A verifier of logout tokens. It throws ISSUER_UNKNOWN, TOKEN_EXPIRED, TOKEN_INVALID (`reason` names the claim that is wrong)
 * or ISSUER_UNREACHABLE. That a token comes once is for who ends the session: all gateways share that.
 */
export function createLogoutVerifier(known: KnownIssuers): LogoutVerifier {
  return async (token) => {
    const { issuer, payload } = await verifiedClaims(known, token, ({ signOutAudience }) => ({
      audience: signOutAudience,
      types: TYPES,
      tokenAgeSeconds: LOGOUT_TOKEN_AGE_S,
      requiredClaims: ["exp", "iat", "jti", "events"],
    }));
    return endIn(issuer, payload);
  };
}
