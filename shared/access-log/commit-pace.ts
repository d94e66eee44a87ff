// How fast a writer gets its entries on disk, so that who is refused can be told when to try again.

/** Seconds that are named when the pace is not known: after a time-out, or before the first commit. */
export const DEFAULT_RETRY_S = 5;
const LONGEST_RETRY_S = 30;
/** Weight of the latest commit in the pace. */
const LATEST = 0.3;

/** The pace of a writer. */
export class CommitPace {
  #entriesPerSecond = 0;

  /** Notes that so many entries took so many milliseconds. */
  note(entries: number, milliseconds: number): void {
    const latest = (entries * 1_000) / Math.max(milliseconds, 1);
    this.#entriesPerSecond =
      this.#entriesPerSecond === 0 ? latest : LATEST * latest + (1 - LATEST) * this.#entriesPerSecond;
  }

  /** Whole seconds after which so many waiting entries will be on disk; 1 to 30. */
  secondsFor(entries: number): number {
    if (this.#entriesPerSecond === 0) return DEFAULT_RETRY_S;
    return Math.min(LONGEST_RETRY_S, Math.max(1, Math.ceil(entries / this.#entriesPerSecond)));
  }
}
