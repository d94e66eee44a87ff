// How long some work takes in this process: by the clock, and in time of the processor, which what else runs on the
// machine hardly touches.

/** What some work took, in seconds. */
export interface Taken {
  readonly seconds: number;
  readonly processorSeconds: number;
}

/** Does the work and says what it took. */
export function take(work: () => void): Taken {
  const cpu = process.cpuUsage();
  const begun = performance.now();
  work();
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { seconds, processorSeconds: (user + system) / 1_000_000 };
}
