// Answers that leave at even times, so that how long something took says nothing of what was found.

import { setInterval } from "node:timers/promises";

/**
 * Does `work` and gives its result, or its error, at the first multiple of `periodMs` after the start at which it is done.
 * The ticks are counted from the start: when the work was done within a period makes no difference to when it is told.
 */
export async function atEvenTimes<T>(periodMs: number, work: () => Promise<T>): Promise<T> {
  const state = { done: false };
  const ticks = setInterval(periodMs, state);
  const result = work().finally(() => {
    state.done = true;
  });
  // Awaited below; until then an error is not one that nobody handles.
  result.catch(() => undefined);
  for await (const { done } of ticks) if (done) break;
  return result;
}
