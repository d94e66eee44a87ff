// What a benchmark started, to be stopped again in reverse, whatever happened meanwhile.

/** Something that runs until it is stopped. */
export interface Stoppable {
  readonly stop: () => Promise<void>;
}

/** Keeps what is started. */
export interface Parts {
  /** Resolves with the part, which `stop` will stop. */
  keep<Part extends Stoppable>(starting: Promise<Part>): Promise<Part>;
  /** The same for parts that may start at once; rejects when one cannot, once all others have started. */
  keepAll<Part extends Stoppable>(starting: readonly Promise<Part>[]): Promise<Part[]>;
  readonly stop: () => Promise<void>;
}

/** Keeps nothing yet. */
export function createParts(): Parts {
  const kept: Stoppable[] = [];
  const keep = async <Part extends Stoppable>(starting: Promise<Part>): Promise<Part> => {
    const part = await starting;
    kept.push(part);
    return part;
  };
  return {
    keep,
    keepAll: async (starting) => {
      const keeping = starting.map(keep);
      await Promise.allSettled(keeping);
      return Promise.all(keeping);
    },
    stop: async () => {
      for (const part of kept.splice(0).toReversed()) await part.stop();
    },
  };
}
