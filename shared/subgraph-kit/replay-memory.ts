// What was used once and may not be used again. The memory is bounded, and belongs to one process: docs/verify-a-grant.md
// says what that means where a source has several.

/** Ids that are remembered at most: more than a process can answer in a minute. */
export const REPLAY_CAPACITY = 200_000;

/** What came of an id: `FRESH` it was never seen, `SEEN` it was, `FULL` it cannot be remembered. */
export type ReplayCheck = "FRESH" | "SEEN" | "FULL";

/** Remembers ids for a fixed time. */
export interface ReplayMemory {
  /** Judges an id, and remembers it when it is fresh. */
  use(id: string): ReplayCheck;
}

/** How long, how many, and by which clock (milliseconds, never going back). */
export interface ReplayMemoryOptions {
  /** No shorter than what was made with the id can be valid from now on. */
  readonly holdMs: number;
  readonly capacity?: number;
  readonly now?: () => number;
}

/** A memory that forgets an id after `holdMs`, and never sooner: when it is full, it takes no new ones. */
export function createReplayMemory(options: ReplayMemoryOptions): ReplayMemory {
  const { holdMs, capacity = REPLAY_CAPACITY, now = () => performance.now() } = options;
  // All are held equally long, so that the oldest stands first.
  const seen = new Map<string, number>();
  const forgetOld = (moment: number): void => {
    for (const [id, since] of seen) {
      if (moment - since < holdMs) return;
      seen.delete(id);
    }
  };
  return {
    use: (id) => {
      const moment = now();
      forgetOld(moment);
      if (seen.has(id)) return "SEEN";
      if (seen.size >= capacity) return "FULL";
      seen.set(id, moment);
      return "FRESH";
    },
  };
}
