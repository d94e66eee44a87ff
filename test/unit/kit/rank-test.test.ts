// The test that tells series of measurements apart: few false alarms, and it does see what is there.

import { chanceAlike, chanceOfRanks, chanceOfShapes } from "../../kit/rank-test";

/** A repeatable source of numbers between 0 and 1 (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Answers of a busy machine: around 27 ms, one in ten late, one in a hundred very late. */
const busy = (random: () => number, count: number): number[] =>
  Array.from({ length: count }, () => {
    const jitter = 2 * (random() + random() + random());
    const late = random() < 0.1 ? 25 * random() : 0;
    return 25 + jitter + late + (random() < 0.01 ? 300 * random() : 0);
  });

test("gives the chances that are computed by hand", () => {
  // By hand: U = 2 of 12.5, two ties of two, spread 4.758, z = 2.207.
  expect(chanceOfRanks([1, 2, 3, 4, 5], [4, 5, 6, 7, 8])).toBeCloseTo(0.0273, 4);
  // The distribution of Kolmogorov: D = 0.5 of two series of 100 gives 2 exp(-2 * 50 * 0.25) = 2.8e-11.
  const hundred = Array.from({ length: 100 }, (_, n) => n);
  expect(
    chanceOfShapes(
      hundred,
      hundred.map((n) => n + 50),
    ),
  ).toBeCloseTo(2 * Math.exp(-25), 15);
  expect(chanceAlike(hundred, hundred)).toBe(1);
  expect(chanceAlike([7, 7, 7], [7, 7])).toBe(1);
});

test("raises no more false alarms than it says, on measurements of a busy machine", () => {
  const random = randomOf(1);
  const runs = 1_000;
  let alarms = 0;
  for (let run = 0; run < runs; run += 1) {
    if (chanceAlike(busy(random, 150), busy(random, 150)) < 0.05) alarms += 1;
  }
  // 5% of 1,000 and four times the spread of that.
  expect(alarms).toBeLessThan(0.05 * runs + 4 * Math.sqrt(0.05 * 0.95 * runs));
});

test("sees a millisecond, and what is late only now and then", () => {
  const random = randomOf(2);
  const [one, other, third] = [busy(random, 2_000), busy(random, 2_000), busy(random, 2_000)];
  expect(
    chanceAlike(
      one,
      other.map((ms) => ms + 1),
    ),
  ).toBeLessThan(1e-6);
  expect(
    chanceAlike(
      one,
      third.map((ms, n) => (n % 5 === 0 ? ms + 10 : ms)),
    ),
  ).toBeLessThan(1e-6);
});
