// Who hands over a message, by a UsernameToken of WS-Security (OASIS, profile 1.1): a digest of the secret, for one message, of just
// now. Over mutual TLS the certificate says it too.

import { timingSafeEqual } from "node:crypto";
import { passwordDigest, SECEXT, UTILITY, SOAP, DIGEST } from "../../shared/sources/soap/envelope";
import { childOf, elementAt, textAt, type XmlElement } from "../../shared/stuf/read-xml";

/** Milliseconds that the moment in a token may lie away: clocks differ, and messages wait on the way. */
const HOLDS_MS = 5 * 60_000;
/** Nonces that are remembered at most; more within the time that they count are refused. */
const MOST_NONCES = 100_000;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;

/** Knows who hands over messages. */
export interface UserCheck {
  /** Does the envelope hold a token of `name`, made with the secret, that was not used before? */
  isFrom(name: string, envelope: XmlElement): boolean;
}

const sameText = (one: string, other: string): boolean => {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/** A check with one secret; `now` is for tests. */
export function createUserCheck(secret: string, now: () => number = Date.now): UserCheck {
  const used = new Map<string, number>();
  const isFresh = (nonce: string, at: number): boolean => {
    for (const [old, until] of used) {
      if (until > at) break;
      used.delete(old);
    }
    if (used.has(nonce) || used.size >= MOST_NONCES) return false;
    used.set(nonce, at + 2 * HOLDS_MS);
    return true;
  };
  return {
    isFrom: (name, envelope) => {
      const security = elementAt(childOf(envelope, SOAP, "Header"), SECEXT, "Security");
      const token = childOf(security, SECEXT, "UsernameToken");
      const at = (namespace: string, what: string): string => textAt(token, namespace, what) ?? "";
      const [nonce, created] = [at(SECEXT, "Nonce"), at(UTILITY, "Created")];
      if (childOf(token, SECEXT, "Password")?.attributes.get("Type") !== DIGEST) return false;
      if (!MOMENT.test(created) || Math.abs(Date.parse(created) - now()) > HOLDS_MS) return false;
      const bytes = Buffer.from(nonce, "base64");
      const digest = passwordDigest(bytes, created, secret);
      const isRight = sameText(at(SECEXT, "Password"), digest) && sameText(at(SECEXT, "Username"), name);
      // Last: what is refused for something else uses nothing up.
      // By its bytes, as the digest is: they can be written in many ways.
      return isRight && bytes.length > 0 && isFresh(bytes.toString("hex"), now());
    },
  };
}
