// How large the logs of this benchmark are, how often everything is measured, and what room that takes.

import type { BenchOptions } from "../kit/benchmark";
import { LARGE_LOG } from "./generated-log";

/** Of the log that is asked; a tenth of it is verified. */
const ASKED = { quick: 1_000_000, normal: LARGE_LOG.entries };
const VERIFIED_SHARE = 0.1;
const ROUNDS = {
  quick: { writing: 3, views: 4, verifying: 2, asking: 4 },
  normal: { writing: 10, views: 20, verifying: 3, asking: 20 },
};
/** The two tables that are asked, with their indexes. */
const BYTES_PER_ENTRY = 1_150;
/** PostgreSQL itself: its log of what is written, and what it sorts for an index. */
const BYTES_BESIDE = 1.5e9;

/** What is measured. */
export interface Sizes {
  readonly asked: number;
  readonly verified: number;
  readonly rounds: {
    readonly writing: number;
    readonly views: number;
    readonly verifying: number;
    readonly asking: number;
  };
  /** Bytes on disk that it takes at most. */
  readonly bytes: number;
}

/** The sizes of a run. */
export function sizesOf({
  quick,
  entries,
  rounds,
}: Pick<BenchOptions, "quick" | "entries" | "rounds">): Sizes {
  const asked = entries ?? (quick ? ASKED.quick : ASKED.normal);
  const usual = quick ? ROUNDS.quick : ROUNDS.normal;
  return {
    asked,
    verified: Math.ceil(asked * VERIFIED_SHARE),
    rounds:
      rounds === undefined
        ? usual
        : {
            writing: rounds,
            views: rounds,
            verifying: Math.min(rounds, ROUNDS.normal.verifying),
            asking: rounds,
          },
    bytes: asked * BYTES_PER_ENTRY + BYTES_BESIDE,
  };
}

/** Sizes of the whole benchmark, to which its targets apply. */
export const WHOLE = sizesOf({ quick: false });
/** Sizes of a first look. */
export const QUICK = sizesOf({ quick: true });
