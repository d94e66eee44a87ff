// Chance that can be had again: everything that follows from one seed is the same whenever it is asked.

import { createHash } from "node:crypto";

/** A sequence of choices that follows from a seed alone. */
export interface Chance {
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  /** True in so many of a hundred times. */
  percent(times: number): boolean;
  /** One of these; throws a RangeError when there is none. */
  pick<T>(from: readonly T[]): T;
  /** One of these, each as often as its weight says. */
  weighted<T>(from: readonly (readonly [weight: number, value: T])[]): T;
  /** Some of these, in their own order, each in so many of a hundred times. */
  some<T>(from: readonly T[], times: number): T[];
  /** All of these in another order. */
  shuffled<T>(from: readonly T[]): T[];
  /** Chance of its own for a part, so that what is chosen there changes nothing elsewhere. */
  part(name: string | number): Chance;
}

/** The first 32 bits of a digest: the start of a sequence. */
const numberOf = (text: string): number => createHash("sha256").update(text).digest().readUInt32LE(0);

/** The same text gives the same number from 0 (included) to 1. */
export const fraction = (text: string): number => numberOf(text) / 2 ** 32;

/** Chance that follows from this seed. */
export function chanceOf(seed: string): Chance {
  let state = numberOf(seed);
  // Mulberry32: short, fast, and good enough for choices.
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = <T>(from: readonly T[]): T => {
    if (from.length === 0) throw new RangeError("There is nothing to pick from.");
    return from[Math.floor(next() * from.length)] as T;
  };
  return {
    whole: (least, most) => least + Math.floor(next() * (most - least + 1)),
    percent: (times) => next() * 100 < times,
    pick,
    weighted: (from) => {
      let rest = next() * from.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, value] of from) {
        rest -= weight;
        if (rest < 0) return value;
      }
      return pick(from)[1];
    },
    some: (from, times) => from.filter(() => next() * 100 < times),
    shuffled: (from) => {
      const order = from.map((value) => [next(), value] as const);
      return order.toSorted(([one], [other]) => one - other).map(([, value]) => value);
    },
    part: (name) => chanceOf(`${seed}/${name}`),
  };
}
