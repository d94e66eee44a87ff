// Measures several things in turn, so that what the machine does meanwhile happens to all of them.

import type { Sample } from "./samples";

/** The samples of each thing, one per round. */
export type Rounds<Name extends string> = Readonly<Record<Name, readonly Sample[]>>;

/** Measures each thing once per round; every other round goes backwards, so that none always comes first. */
export async function inTurn<Name extends string>(
  names: readonly Name[],
  rounds: number,
  measure: (name: Name) => Promise<Sample>,
): Promise<Rounds<Name>> {
  const samples = Object.fromEntries(names.map((name) => [name, [] as Sample[]])) as Record<Name, Sample[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      samples[name].push(await measure(name));
    }
  }
  return samples;
}
