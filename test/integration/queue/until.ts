// What comes about after a while.

import { setTimeout as sleep } from "node:timers/promises";

/** Waits until something holds, at most ten seconds. */
export async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries > 200) throw new Error("It did not come about in time.");
    await sleep(50);
  }
}
