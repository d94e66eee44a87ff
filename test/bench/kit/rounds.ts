// Measures several things in turn, so that what the machine does meanwhile happens to all of them.

import type { Sample } from "./samples";

/** The samples of each thing, one per round. */
export type Rounds<Name extends string, Measurement extends Sample = Sample> = Readonly<
  Record<Name, readonly Measurement[]>
>;

/** Measures each thing once per round; every other round goes backwards, so that none always comes first. */
export async function inTurn<Name extends string, Measurement extends Sample>(
  names: readonly Name[],
  rounds: number,
  measure: (name: Name) => Promise<Measurement>,
): Promise<Rounds<Name, Measurement>> {
  const samples = Object.fromEntries(names.map((name) => [name, [] as Measurement[]])) as Record<
    Name,
    Measurement[]
  >;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      samples[name].push(await measure(name));
    }
  }
  return samples;
}
