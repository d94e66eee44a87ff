// How often may who ask, over all gateways together. Counting is local and takes no time; what was counted is put in the
// shared store in the background, a share of the limit at a time, and the sum of all gateways comes back with it. So one
// gateway may let through at most that share more than the limit, and a request never waits for the store.

import { createHash } from "node:crypto";
import { RateLimiterRes } from "rate-limiter-flexible";

/** Counts in a store that all gateways share; adds and says the sum in this period. */
export interface SharedCount {
  /** Resolves with, or rejects with, a RateLimiterRes; rejects with an Error when the store is away. */
  consume(key: string, points: number): Promise<RateLimiterRes>;
}

/** Whether a request may go on. */
export type Taken =
  | { readonly ok: true }
  /** `isFirst`: the first that is refused in this period, of whom it is put on record. */
  | { readonly ok: false; readonly retryAfterSeconds: number; readonly isFirst: boolean };

interface Count {
  /** Counted here and not yet in the store. */
  own: number;
  /** The sum in the store, as far as it is known, with what is on its way. */
  shared: number;
  endsAt: number;
  isSharing: boolean;
  isRefused: boolean;
}

/** Part of the limit that is counted here before it is shared. */
const SHARE = 1 / 20;
/** Of so many is counted at once; whoever asked longest ago is forgotten here first, and the store still knows. */
const MOST_KEYS = 20_000;
const KEY_CHARACTERS = 22;
const TAKEN: Taken = { ok: true };

/** Limits one kind of who asks: `limit` points per `periodMs`. A limit of 0 limits nothing. */
export class Rate {
  readonly #limit: number;
  readonly #periodMs: number;
  readonly #store: SharedCount;
  readonly #now: () => number;
  readonly #share: number;
  readonly #onAway: (error: unknown) => void;
  readonly #counts = new Map<string, Count>();

  /** `onAway` is told each time that the store could not be reached. */
  constructor(
    limit: number,
    periodMs: number,
    store: SharedCount,
    now: () => number = Date.now,
    onAway: (error: unknown) => void = () => undefined,
  ) {
    this.#limit = limit;
    this.#periodMs = periodMs;
    this.#store = store;
    this.#now = now;
    this.#onAway = onAway;
    this.#share = Math.max(1, Math.floor(limit * SHARE));
  }

  #countOf(name: string): Count {
    const now = this.#now();
    const found = this.#counts.get(name) ?? {
      own: 0,
      shared: 0,
      endsAt: 0,
      isSharing: false,
      isRefused: false,
    };
    if (now >= found.endsAt) {
      Object.assign(found, { own: 0, shared: 0, endsAt: now + this.#periodMs, isRefused: false });
    }
    this.#counts.delete(name);
    this.#counts.set(name, found);
    if (this.#counts.size > MOST_KEYS) {
      for (const oldest of this.#counts.keys()) {
        this.#counts.delete(oldest);
        break;
      }
    }
    return found;
  }

  async #shareOut(name: string, count: Count): Promise<void> {
    const points = count.own;
    count.own = 0;
    count.shared += points;
    count.isSharing = true;
    try {
      // The store is told no name: who asks is nobody's business there.
      const key = createHash("sha256").update(name).digest("base64url").slice(0, KEY_CHARACTERS);
      const sum = await this.#store.consume(key, points).catch((refused: unknown) => {
        if (refused instanceof RateLimiterRes) return refused;
        throw refused;
      });
      count.shared = sum.consumedPoints;
      if (sum.msBeforeNext > 0) count.endsAt = this.#now() + sum.msBeforeNext;
    } catch (error) {
      // Without the store this gateway goes on with what it counted itself.
      this.#onAway(error);
    } finally {
      count.isSharing = false;
    }
  }

  /** Counts `points` for who is called `name`; nothing is counted when that would be too much. */
  take(name: string, points = 1): Taken {
    if (this.#limit === 0) return TAKEN;
    const count = this.#countOf(name);
    if (count.own + count.shared + points > this.#limit) {
      const isFirst = !count.isRefused;
      count.isRefused = true;
      return {
        ok: false,
        isFirst,
        retryAfterSeconds: Math.max(1, Math.ceil((count.endsAt - this.#now()) / 1_000)),
      };
    }
    count.own += points;
    if (count.own >= this.#share && !count.isSharing) void this.#shareOut(name, count);
    return TAKEN;
  }
}
