// How long sources take when they take their time.

/** Milliseconds of the quickest and of the slowest organisation. */
export const QUICKEST_MS = 20;
export const SLOWEST_MS = 200;

/** The delay of one of so many sources: evenly from the quickest to the slowest. */
export const delayOf = (place: number, sources: number): number =>
  QUICKEST_MS + Math.round(((SLOWEST_MS - QUICKEST_MS) * place) / Math.max(sources - 1, 1));
