// Tokens that were verified before. Verifying the same text by the same key once more gives the same, but for what depends
// on the time; so that is what is looked at again, and whether the issuer still has that very key. Whom its claims vouch for is
// read anew each time, for that may depend on the day; and nothing of a session or a team is remembered.

import { createHash } from "node:crypto";
import type { CryptoKey, JWTHeaderParameters, JWTPayload, JWTVerifyGetKey } from "jose";
import { BoundedCache } from "../door/bounded-cache";
import type { Issuer } from "./issuer";

/** Tokens that are remembered; those not used lately are forgotten first. */
const MOST_REMEMBERED = 5_000;

/** A token that was verified, with what it was verified by. */
export interface VerifiedToken {
  readonly issuer: Issuer;
  readonly keys: JWTVerifyGetKey;
  readonly header: JWTHeaderParameters;
  readonly key: CryptoKey | Uint8Array;
  readonly payload: JWTPayload;
}

interface Remembered extends VerifiedToken {
  /** Seconds since 1970 between which no claim of the token says otherwise; the first is when it was verified. */
  readonly from: number;
  readonly until: number;
}

/** A key is chosen by the header alone (RFC 7515, 7.1: a compact token has no unprotected one). */
const NO_TOKEN = { payload: "", signature: "" };

/** The text itself is kept by nobody: it is as good as a password while it holds. */
const digestOf = (token: string): string => createHash("sha256").update(token).digest("base64");

/** Seconds since 1970 from which the token is refused: it expired, or is older than its issuer lets tokens become. */
function endOf({ exp = 0, iat = 0 }: JWTPayload, { tokenAgeSeconds, clockSkewSeconds }: Issuer): number {
  return Math.min(exp, iat + tokenAgeSeconds) + clockSkewSeconds;
}

/** Remembers tokens that were verified. */
export class VerifiedTokens {
  readonly #remembered = new BoundedCache<Remembered>(MOST_REMEMBERED, () => 1);
  readonly #now: () => number;

  /** `now`: milliseconds since 1970. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  #seconds(): number {
    return Math.floor(this.#now() / 1_000);
  }

  /** Remembers a token that was verified just now. */
  remember(token: string, verified: VerifiedToken): void {
    const until = endOf(verified.payload, verified.issuer);
    this.#remembered.set(digestOf(token), { ...verified, from: this.#seconds(), until });
  }

  /** What this token was found to be, when it was verified before and nothing says otherwise now; else it is to be verified. */
  async find(token: string): Promise<VerifiedToken | undefined> {
    const name = digestOf(token);
    const found = this.#remembered.get(name);
    if (!found) return undefined;
    const now = this.#seconds();
    if (found.from <= now && now < found.until && (await this.#hasKey(found))) return found;
    this.#remembered.delete(name);
    return undefined;
  }

  /** Does the issuer have that very key, by its key set as it is known now? */
  async #hasKey({ keys, header, key }: Remembered): Promise<boolean> {
    try {
      return (await keys(header, NO_TOKEN)) === key;
    } catch {
      // Whoever verifies the token says what is wrong.
      return false;
    }
  }
}
