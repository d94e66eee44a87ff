// Work on one connection of a pool that ends in time, or is given up with its connection.

import type { Pool, PoolClient } from "pg";

/** A deadline that passed while the work was under way. */
export class WriteTimeout extends Error {
  constructor() {
    super("The access log did not answer in time.");
    this.name = "WriteTimeout";
  }
}

/**
 * Does `work` on a connection of its own. Rejects with WriteTimeout when it has not ended at `deadline` (milliseconds,
 * clock of `performance.now`): the connection is not used again, and what was under way may or may not come about.
 */
export async function withinDeadline<T>(
  pool: Pool,
  deadline: number,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  let client: PoolClient | undefined;
  let timer: NodeJS.Timeout | undefined;
  let late = false;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => {
        late = true;
        client?.release(true);
        reject(new WriteTimeout());
      },
      Math.max(0, deadline - performance.now()),
    );
  });
  const working = (async (): Promise<T> => {
    const connected = await pool.connect();
    if (late) {
      connected.release();
      throw new WriteTimeout();
    }
    client = connected;
    let failed = true;
    try {
      const result = await work(connected);
      failed = false;
      return result;
    } finally {
      client = undefined;
      // A server that goes away says so before the connection breaks: after an error it must not serve the next write.
      if (!late) connected.release(failed);
    }
  })();
  try {
    return await Promise.race([working, timeout]);
  } finally {
    clearTimeout(timer);
    // After a timeout nobody waits for the work any more; its end must not count as unhandled.
    working.catch(() => undefined);
  }
}
