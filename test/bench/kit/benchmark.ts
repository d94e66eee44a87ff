// What a benchmark is: a folder of its own with a main.ts that says what it measures, and measures it.

/** How a benchmark is run. */
export interface BenchOptions {
  /** Shorter, for a first look; the figures are rougher. */
  readonly quick: boolean;
  /** So short that only whether it runs is seen; `quick` as well. */
  readonly brief: boolean;
  /** How often everything is measured in turn; the benchmark's own number when left out. */
  readonly rounds?: number;
  /** Size of what a benchmark that is `sized` measures; its own size when left out. */
  readonly entries?: number;
  /** For the test of the benchmark: make what it compares differ, which has to stop it. */
  readonly plantDifference: boolean;
  /** Which of the benchmark's own switches were given. */
  readonly switches: ReadonlySet<string>;
  /** Aborted when the operator stops it. */
  readonly signal: AbortSignal;
  /** Tells how far it is; results go nowhere near it. */
  readonly say: (sentence: string) => void;
}

/** What was measured: figures for programs, and the same in plain text for people. */
export interface BenchReport {
  /** Becomes JSON; every figure is a finite number with its unit in its name. */
  readonly figures: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** A benchmark. It measures and does not judge: a figure never makes it fail. */
export interface Benchmark {
  /** One line for the list. */
  readonly description: string;
  /** What `--entries` means to it; without this it has no such option. */
  readonly sized?: string;
  /** Switches that it alone has, by name, with what they mean. */
  readonly switches?: Readonly<Record<string, string>>;
  /** What it needs of the machine, beyond the usual. */
  readonly needs?: string;
  /** Rejects with a BenchError when there is nothing to measure or what was measured is not what it claims to be. */
  run(options: BenchOptions): Promise<BenchReport>;
}

/** Why a benchmark stopped; the text is for people. */
export class BenchError extends Error {
  override name = "BenchError";
}
