// Whatever is killed under a load of views: every answer that a client received has all its entries in the log.

import { newTrace } from "../kit/access-log";
import { ask, eventually, post, TestHub, tokenOf } from "../kit/hub";
import { asOwner } from "../kit/hub-database";
import { whilePostgresIsGone } from "../kit/hub-processes";
import { FAMILY_VIEW } from "../kit/view";

const START_MS = 180_000;
const CLIENTS = 6;
const ANSWERS_BEFORE = 30;
const PATIENCE_MS = 150_000;

let hub: TestHub;
beforeAll(async () => {
  hub = await TestHub.start();
}, START_MS);
afterAll(async () => {
  await hub.remove();
});

/** A crowd of clients that ask views without pause; they go on through errors until they are told to stop. */
class Crowd {
  /** Trace ids of the answers with data that were received whole. */
  readonly answered: string[] = [];
  #stopping = false;
  #running: Promise<void>[] = [];

  async start(): Promise<void> {
    const authorization = `Bearer ${await tokenOf(hub.place, "lokalis.worker")}`;
    const body = JSON.stringify({ query: FAMILY_VIEW, variables: { id: "OVV-06" } });
    const one = async (): Promise<void> => {
      while (!this.#stopping) {
        const { traceId, headers } = newTrace();
        try {
          const answer = await post(hub.place.port, body, { authorization, purpose: "CARE", ...headers });
          if (answer.body.data?.["family"]) this.answered.push(traceId);
        } catch {
          // Nothing was received; a client of a hub that is away waits a moment.
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
    };
    this.#running = Array.from({ length: CLIENTS }, one);
  }

  async until(count: number): Promise<void> {
    await eventually(
      `${count} answers`,
      async () => (this.answered.length >= count ? true : undefined),
      PATIENCE_MS,
    );
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#running);
  }
}

/** How many entries each of these requests has. */
async function countEntries(traceIds: readonly string[]): Promise<number[]> {
  return asOwner(hub.place, async (owner) => {
    const { rows } = await owner.query<{ trace_id: string; entries: number }>(
      `select trace_id, count(*)::int as entries from access_log.entry
       where trace_id = any ($1) and outcome <> 'FAILED' group by 1`,
      [traceIds],
    );
    const counted = new Map(rows.map(({ trace_id, entries }) => [trace_id, entries]));
    return traceIds.map((traceId) => counted.get(traceId) ?? 0);
  });
}

test.each([
  [
    "everything",
    async (crowd: Crowd): Promise<void> => {
      await hub.kill();
      await crowd.stop();
      await hub.start();
    },
  ],
  [
    "PostgreSQL",
    async (crowd: Crowd): Promise<void> => {
      await whilePostgresIsGone(hub, async () => undefined);
      await crowd.until(crowd.answered.length + ANSWERS_BEFORE);
      await crowd.stop();
    },
  ],
  [
    "the gateway",
    async (crowd: Crowd): Promise<void> => {
      process.kill(hub.pidOf("gateway"), "SIGKILL");
      await crowd.until(crowd.answered.length + ANSWERS_BEFORE);
      await crowd.stop();
    },
  ],
])(
  "no answer is without its entries when %s is killed under load",
  async (_what, killUnder) => {
    const { traceId, headers } = newTrace();
    await ask(hub.place, {
      persona: "lokalis.worker",
      purpose: "CARE",
      query: FAMILY_VIEW,
      variables: { id: "OVV-06" },
      headers,
    });
    const [whole = 0] = await countEntries([traceId]);
    expect(whole).toBeGreaterThan(5);

    const crowd = new Crowd();
    await crowd.start();
    await crowd.until(ANSWERS_BEFORE);
    await killUnder(crowd);

    expect(crowd.answered.length).toBeGreaterThanOrEqual(ANSWERS_BEFORE);
    const entries = await countEntries(crowd.answered);
    expect(entries).toEqual(crowd.answered.map(() => whole));
  },
  400_000,
);
