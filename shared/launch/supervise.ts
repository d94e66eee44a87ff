// Keeps something that may end by itself running: started again after a pause that grows, until it is stopped.

/** One run of what is kept running. */
export interface Run {
  readonly pid: number | undefined;
  /** Resolves when this run is over, with words for it ("exit code 1"). */
  readonly ended: Promise<string>;
  readonly stop: () => Promise<void>;
}

/** What to keep running. */
export interface Supervised {
  readonly name: string;
  start(): Promise<Run>;
  /** Told before each wait. */
  onEnd(how: string, waitMs: number): void;
}

/** Handle on what is kept running. */
export interface Supervision {
  readonly stop: () => Promise<void>;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** After running this long, an end is a new misfortune and not the same one again. */
const SETTLED_MS = 10_000;

/** Starts `supervised` and keeps it running. Rejects when the first start fails; later ones are tried again. */
export async function supervise(supervised: Supervised): Promise<Supervision> {
  let current: Run | undefined = await supervised.start();
  const stopping = new AbortController();
  const { signal } = stopping;

  const keepRunning = async (): Promise<void> => {
    let waitMs = FIRST_WAIT_MS;
    let begun = Date.now();
    while (!signal.aborted) {
      const how = current ? await current.ended : "it did not start";
      current = undefined;
      if (signal.aborted) return;
      if (Date.now() - begun > SETTLED_MS) waitMs = FIRST_WAIT_MS;
      supervised.onEnd(how, waitMs);
      await pause(waitMs, signal);
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
      begun = Date.now();
      if (!signal.aborted) current = await supervised.start().catch(() => undefined);
    }
    await current?.stop();
  };
  const keeping = keepRunning();

  return {
    stop: async () => {
      stopping.abort();
      await current?.stop();
      await keeping;
    },
  };
}

/** Resolves after the time, or at once when the signal is given. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end);
  });
}
