// What the sign-ins that are under way have come to: tries that failed, and the code that is waited for.

import { randomInt, timingSafeEqual } from "node:crypto";
import type { Persona } from "../../region/demo";
import { SIGN_IN_S } from "./lifetimes";

/** Wrong answers after which a sign-in ends. */
const MOST_FAILURES = 5;
/** Sign-ins that are kept; the oldest make room. */
const MOST_SIGN_INS = 5_000;
const CODE_DIGITS = 6;

/** One sign-in under way. */
export interface SignInUnderWay {
  failures: number;
  /** Whose password was right, and the code that has to follow. */
  waiting?: { readonly persona: Persona; readonly code: string };
  readonly expiresAt: number;
}

/** The sign-ins under way at one issuer, by the id of their interaction. */
export class SignInsUnderWay {
  readonly #known = new Map<string, SignInUnderWay>();

  /** The sign-in with this id; a new one when there is none. */
  of(uid: string): SignInUnderWay {
    const known = this.#known.get(uid);
    if (known && known.expiresAt > Date.now()) return known;
    const fresh = { failures: 0, expiresAt: Date.now() + SIGN_IN_S * 1000 };
    const [oldest] = this.#known.keys();
    if (this.#known.size >= MOST_SIGN_INS && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(uid, fresh);
    return fresh;
  }

  /** It is over, well or not. */
  end(uid: string): void {
    this.#known.delete(uid);
  }
}

/** Counts a wrong answer; true when it was the last that is allowed. */
export function countFailure(signIn: SignInUnderWay): boolean {
  signIn.failures += 1;
  return signIn.failures >= MOST_FAILURES;
}

/** A code that nobody can foresee. */
export const newCode = (): string => String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, "0");

/** Are two secrets the same? In a time that does not tell how far they are. */
export function sameSecret(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
