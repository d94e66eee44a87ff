// Starting and stopping are one list, read both ways.

import { SettingsError } from "./settings";

/** One part of a process: `start` may return what stops it again. */
export interface Part {
  readonly name: string;
  start(): Promise<(() => Promise<void>) | undefined>;
}

/**
 * Starts the parts in order and returns a function that stops them in reverse.
 * When a part fails to start, those before it are stopped and the error is thrown on: a SettingsError as it is.
 */
export async function start(parts: readonly Part[]): Promise<() => Promise<void>> {
  const stops: { name: string; stop: () => Promise<void> }[] = [];
  const stopAll = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (const { stop } of stops.splice(0).toReversed()) {
      try {
        await stop();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, "Not every part stopped cleanly.");
  };
  for (const part of parts) {
    try {
      const stop = await part.start();
      if (stop) stops.push({ name: part.name, stop });
    } catch (error) {
      await stopAll();
      // Its faults are for whoever reads the log; the words of other errors are not.
      if (error instanceof SettingsError) throw error;
      throw new Error(`Could not start ${part.name}.`, { cause: error });
    }
  }
  return stopAll;
}

/**
 * Stops a process once on SIGTERM, SIGINT, or when the parent that started it goes away.
 * Exit code 0 after a clean stop, 1 otherwise.
 */
export function stopOnSignal(stop: () => Promise<void>, report: (error: unknown) => void): void {
  let stopping = false;
  const stopOnce = (): void => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        report(error);
        process.exit(1);
      },
    );
  };
  process.once("SIGTERM", stopOnce);
  process.once("SIGINT", stopOnce);
  if (process.connected) process.once("disconnect", stopOnce);
}
