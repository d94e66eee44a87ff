// Requests per worker, organisation and address, counted in PostgreSQL or, where there is one, in Redis.

import { Redis } from "ioredis";
import type { Pool } from "pg";
import { RateLimiterPostgres, RateLimiterRedis } from "rate-limiter-flexible";
import { SchakelError } from "../../shared/kernel/errors";
import type { Logger } from "../../shared/kernel/logger";
import type { Requester } from "../../shared/kernel/requester";
import { redisProducer } from "../../shared/queue/queue-backend";
import { addressGroup } from "./address-group";
import { Rate, type SharedCount } from "./rates";

/** Requests per minute; 0: no limit. */
export interface RateNumbers {
  readonly worker: number;
  readonly organisation: number;
  readonly address: number;
}

/** Who may ask how often. */
export interface RateLimits {
  /** Counts a request of an address, before anything of it is read. Throws RATE_LIMITED. */
  address(address: string): void;
  /** Counts a request of a requester. Throws RATE_LIMITED. */
  requester(requester: Requester): void;
  /** Counts what a text that was not seen before costs more than one that was. Throws RATE_LIMITED. */
  newText(requester: Requester): void;
}

type Who = keyof RateNumbers;

/** The refusal of who asks too often; `isFirst` in its period. */
export class RateLimitedError extends SchakelError {
  readonly isFirst: boolean;
  constructor(of: Who | "worker at once", limit: number, retryAfterSeconds: number, isFirst: boolean) {
    super("RATE_LIMITED", { of, limit, retryAfterSeconds });
    this.isFirst = isFirst;
  }
}

export const DEFAULT_RATES: RateNumbers = { worker: 600, organisation: 12_000, address: 6_000 };

const PERIOD_S = 60;
/** What a new text counts beside the request itself: it is checked and planned, where a known one is looked up. */
const NEW_TEXT_POINTS = 9;

/** Limits nothing. */
export const NO_RATES: RateLimits = {
  address: () => undefined,
  requester: () => undefined,
  newText: () => undefined,
};

/** Makes the shared count of one kind; `points` in a minute is what the store itself would refuse beyond. */
export type CountMaker = (who: Who, points: number) => SharedCount;

/** Counts in table hub.rate of the database. */
export function countInDatabase(pool: Pool): CountMaker {
  return (who, points) =>
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: "pool",
      schemaName: "hub",
      tableName: "rate",
      tableCreated: true,
      // One of the three clears what has passed, of all of them.
      clearExpiredByTimeout: who === "address",
      keyPrefix: who,
      points,
      duration: PERIOD_S,
    });
}

/** Counts in Redis. `close` ends the connection. */
export function countInRedis(url: string, log: Logger): { make: CountMaker; close: () => Promise<void> } {
  const { url: address, ...options } = redisProducer(url);
  const redis = new Redis(address, options);
  redis.on("error", (error: Error) => {
    log.warn({ error }, "Redis is away; requests are counted by each gateway apart");
  });
  return {
    make: (who, points) =>
      new RateLimiterRedis({
        storeClient: redis,
        keyPrefix: `schakel-rate-${who}`,
        points,
        duration: PERIOD_S,
      }),
    close: async () => {
      redis.disconnect();
    },
  };
}

const nameOf = ({ organisation, worker }: Requester): string => `${organisation} ${worker}`;

/**
 * Limits by these numbers, with counts that the given maker makes; by what this process counts alone while their store is
 * away, of which `onAway` is told once a minute at most.
 */
export function createRateLimits(
  numbers: RateNumbers,
  make: CountMaker,
  onAway: (error: unknown) => void = () => undefined,
  now: () => number = Date.now,
): RateLimits {
  let toldAt = Number.NEGATIVE_INFINITY;
  const tell = (error: unknown): void => {
    if (now() - toldAt < PERIOD_S * 1_000) return;
    toldAt = now();
    onAway(error);
  };
  const rateOf = (who: Who): Rate =>
    new Rate(numbers[who], PERIOD_S * 1_000, make(who, Math.max(numbers[who], 1)), now, tell);
  const rates = {
    worker: rateOf("worker"),
    organisation: rateOf("organisation"),
    address: rateOf("address"),
  };
  const take = (who: Who, name: string, points?: number): void => {
    const taken = rates[who].take(name, points);
    if (!taken.ok) throw new RateLimitedError(who, numbers[who], taken.retryAfterSeconds, taken.isFirst);
  };
  return {
    address: (address) => {
      take("address", addressGroup(address));
    },
    requester: (requester) => {
      take("worker", nameOf(requester));
      take("organisation", requester.organisation);
    },
    newText: (requester) => {
      take("worker", nameOf(requester), NEW_TEXT_POINTS);
    },
  };
}
