// Looks at a folder again and again, as often as it can bear.

import type { Logger } from "../../kernel/logger";
import { describeFailure } from "../source-failure";

/** Between two looks at the folder, in ms. Notices of the system would not come from folders on other machines. */
export const LOOK_EVERY_MS = 2_000;

/** A pause is at least so many times as long as the look before it: a folder of many files is not looked at all the time. */
const PAUSE_PER_LOOK = 20;
/** Longest pause, in ms. */
const LONGEST_PAUSE_MS = 60_000;

/** What looks, and how often. */
export interface Looking {
  /** Rejects when the folder cannot be looked at. */
  readonly look: () => Promise<void>;
  readonly everyMs: number;
  readonly log?: Logger | undefined;
}

/** Begins after the first pause; returns what ends it. A folder that is away is told of once, until it is back. */
export function lookAgain({ look, everyMs, log }: Looking): () => void {
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  let toldOf: string | null | undefined;
  const lookOnce = async (): Promise<void> => {
    const begun = performance.now();
    try {
      await look();
      toldOf = undefined;
    } catch (error) {
      const { code } = describeFailure(error);
      if (code !== toldOf) log?.warn({ code }, "the folder could not be looked at");
      toldOf = code;
    }
    const took = performance.now() - begun;
    if (!ended) pause(Math.max(everyMs, Math.min(PAUSE_PER_LOOK * took, LONGEST_PAUSE_MS)));
  };
  const pause = (ms: number): void => {
    timer = setTimeout(() => void lookOnce(), ms);
    timer.unref();
  };
  pause(everyMs);
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}
