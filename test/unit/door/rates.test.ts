// Counting over more gateways: what is known at once, what is shared, and what holds when the store is away.

import * as fc from "fast-check";
import { createRateLimits, RateLimitedError } from "../../../gateway/door/rate-limits";
import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { Rate, type SharedCount } from "../../../gateway/door/rates";
import { addressGroup } from "../../../gateway/door/address-group";
import { aRequester } from "../../kit/requesters";

const MINUTE_MS = 60_000;

/** A store of which a test decides when it answers: a tick later. */
const storeOf = (points: number): SharedCount => {
  const memory = new RateLimiterMemory({ points, duration: 60 });
  return { consume: async (key, many): Promise<RateLimiterRes> => memory.consume(key, many) };
};
const away: SharedCount = { consume: async () => Promise.reject(new Error("away")) };
const tick = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("one gateway lets through what is allowed, and says when to come back", () => {
  let now = 1_000;
  const rate = new Rate(10, MINUTE_MS, away, () => now);
  const taken = Array.from({ length: 12 }, () => rate.take("a"));
  expect(taken.map(({ ok }) => ok)).toEqual([...Array<boolean>(10).fill(true), false, false]);
  expect(taken.slice(10)).toEqual([
    { ok: false, isFirst: true, retryAfterSeconds: 60 },
    { ok: false, isFirst: false, retryAfterSeconds: 60 },
  ]);
  expect(rate.take("b").ok).toBe(true);
  now += MINUTE_MS;
  expect(rate.take("a").ok).toBe(true);
});

test("points count together, and nothing is counted of what is refused", () => {
  const rate = new Rate(10, MINUTE_MS, away, () => 0);
  expect(rate.take("a", 9).ok).toBe(true);
  expect(rate.take("a", 9).ok).toBe(false);
  expect(rate.take("a", 1).ok).toBe(true);
});

test("a limit of 0 limits nothing", () => {
  const rate = new Rate(0, MINUTE_MS, away);
  expect(Array.from({ length: 1_000 }, () => rate.take("a").ok)).not.toContain(false);
});

test("more gateways let through what is allowed together, and each at most its unshared part more", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 5, max: 200 }),
      fc.array(fc.nat(3), { minLength: 50, maxLength: 700 }),
      async (gateways, limit, turns) => {
        const store = storeOf(limit);
        const rates = Array.from({ length: gateways }, () => new Rate(limit, MINUTE_MS, store));
        let through = 0;
        for (const turn of turns) {
          if (rates[turn % gateways]?.take("a").ok) through += 1;
          await tick();
        }
        const share = Math.max(1, Math.floor(limit / 20));
        expect(through).toBeGreaterThanOrEqual(Math.min(limit, turns.length));
        expect(through).toBeLessThanOrEqual(limit + gateways * share);
      },
    ),
    { numRuns: 40 },
  );
});

test("what is counted elsewhere is told no name", async () => {
  const keys: string[] = [];
  const rate = new Rate(5, MINUTE_MS, {
    consume: async (key) => {
      keys.push(key);
      return Promise.reject(new Error("away"));
    },
  });
  rate.take("lokalis lokalis.worker");
  await tick();
  expect(keys).toHaveLength(1);
  expect(keys[0]).toMatch(/^[\w-]{22}$/);
});

test.each([
  ["10.1.2.3", "10.1.2.3"],
  ["::ffff:10.1.2.3", "10.1.2.3"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0db8:0001:0002::6", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["somewhere", "unknown"],
])("%s is counted as %s", (address, group) => {
  expect(addressGroup(address)).toBe(group);
});

test("that the store is away is told once a minute, and limits nothing less", async () => {
  const told: unknown[] = [];
  let now = 0;
  const failure = new Error("gone");
  const limits = createRateLimits(
    { worker: 3, organisation: 0, address: 0 },
    () => ({ consume: () => Promise.reject(failure) }),
    (error) => told.push(error),
    () => now,
  );
  const requester = aRequester("lokalis.worker", "WORKER");
  const askMuch = async (): Promise<number> => {
    let through = 0;
    for (let asked = 0; asked < 10; asked += 1) {
      try {
        limits.requester(requester);
        through += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(RateLimitedError);
      }
      await new Promise(setImmediate);
    }
    return through;
  };
  expect(await askMuch()).toBe(3);
  expect(told).toEqual([failure]);
  now = MINUTE_MS;
  expect(await askMuch()).toBe(3);
  expect(told).toEqual([failure, failure]);
});
