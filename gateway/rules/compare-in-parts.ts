// Compares side by side: evaluation by Cedar takes most of the time of a
// proof, and a machine has more than one core. Works in what was built: a thread cannot load TypeScript.

import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { addUp, type Comparison } from "./compare-with-cedar";

/** What one part has to do. */
export interface ComparePart {
  readonly set: string | undefined;
  readonly count: number;
  readonly seed: number;
}

/** Always as many, whatever the machine has, so that a seed draws the same combinations everywhere. */
const PARTS = 2;

/** Compares `count` combinations of a set, in parts. Rejects when one of them cannot be carried out. */
export async function compareInParts(
  set: string | undefined,
  count: number,
  seed: number,
): Promise<Comparison> {
  const parts = Array.from({ length: PARTS }, (_, part) =>
    comparePart({ set, count: shareOf(count, part), seed: seed + part }),
  );
  return addUp(await Promise.all(parts), seed);
}

const shareOf = (count: number, part: number): number =>
  Math.floor((count * (part + 1)) / PARTS) - Math.floor((count * part) / PARTS);

const comparePart = async (part: ComparePart): Promise<Comparison> =>
  await new Promise((resolve, reject) => {
    const worker = new Worker(join(__dirname, "compare-worker.js"), { workerData: part });
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => {
      if (code !== 0) reject(new Error(`The comparison with Cedar ended with ${code}.`));
    });
  });
