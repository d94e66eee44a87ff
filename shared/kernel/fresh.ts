// Something that is read from disk and kept, and read again while the process runs: keys and certificates change without a
// restart.

/** What is kept, at most as old as was asked for. */
export interface Fresh<T> {
  /** What is kept; read again first when it is older than `maxAgeMs`. Never rejects. */
  get(): Promise<T>;
  /** The same, read again first when it is older than `minAgeMs`: for who misses something in it. Never rejects. */
  renew(): Promise<T>;
}

/** How something is read, and how old it may be. */
export interface FreshOptions<T> {
  readonly read: () => Promise<T>;
  readonly maxAgeMs: number;
  /** Bounds how often somebody can make it be read. */
  readonly minAgeMs: number;
  /** Told of each time that it could not be read again; what was kept goes on. */
  readonly onError: (error: unknown) => void;
  readonly now?: () => number;
}

/** Reads it for the first time; rejects when that fails. */
export async function keepFresh<T>(options: FreshOptions<T>): Promise<Fresh<T>> {
  const { read, maxAgeMs, minAgeMs, onError, now = () => performance.now() } = options;
  let kept = await read();
  let readAt = now();
  let reading: Promise<void> | undefined;

  const readAgain = async (): Promise<void> => {
    readAt = now();
    try {
      kept = await read();
    } catch (error) {
      onError(error);
    }
  };
  const noOlderThan = async (ageMs: number): Promise<T> => {
    if (reading === undefined && now() - readAt >= ageMs) {
      reading = readAgain().finally(() => {
        reading = undefined;
      });
    }
    await reading;
    return kept;
  };
  return { get: () => noOlderThan(maxAgeMs), renew: () => noOlderThan(minAgeMs) };
}
