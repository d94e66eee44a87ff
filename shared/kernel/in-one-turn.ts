// Requests that come in one turn of the event loop ask the database together: on a busy gateway a question costs more by
// itself than by what it asks.

/** Requests that share one question. */
export const MOST_TOGETHER = 100;

/**
 * For a DataLoader: goes when everything that came in this turn was taken in. So nobody waits for another turn, and a
 * question begins after all who share it asked: what it finds is of no earlier moment than if each asked alone.
 */
export const inOneTurn = (go: () => void): void => {
  setImmediate(go);
};
