import { setTimeout as sleep } from "node:timers/promises";
import { array, assert, asyncProperty, integer } from "fast-check";
import { createGuard, type GuardOptions } from "../../../shared/sources/guard";
import { SourceFailed } from "../../../shared/sources/source-failure";

const PATIENT: GuardOptions = { deadlineMs: 5_000 };
const causeOf = async (asked: Promise<unknown>): Promise<unknown> =>
  await asked.then(
    () => "ANSWERED",
    (error: { details?: { cause?: unknown } }) => error.details?.cause,
  );
const never = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error("stopped")));
  });

describe("a guard of a system", () => {
  it("never lets more questions through at a time, or wait, than its limits", async () => {
    await assert(
      asyncProperty(
        integer({ min: 1, max: 5 }),
        integer({ min: 0, max: 5 }),
        array(integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 20 }),
        async (concurrent, queued, takes) => {
          let now = 0;
          let most = 0;
          let asked = 0;
          const guard = createGuard({ ...PATIENT, concurrent, queued, onAsk: () => void asked++ });
          const causes = await Promise.all(
            takes.map((ms) =>
              causeOf(
                guard.ask("x", async () => {
                  most = Math.max(most, ++now);
                  await sleep(ms);
                  now--;
                }),
              ),
            ),
          );
          const answered = Math.min(takes.length, concurrent + queued);
          expect(most).toBeLessThanOrEqual(concurrent);
          expect(asked).toBe(answered);
          expect(causes.filter((cause) => cause === "ANSWERED")).toHaveLength(answered);
          expect(causes.filter((cause) => cause === "BUSY")).toHaveLength(takes.length - answered);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("gives up at the deadline, tells the work to stop, and asks no question whose turn comes too late", async () => {
    const asked: string[] = [];
    const guard = createGuard({
      deadlineMs: 50,
      concurrent: 1,
      onAsk: (question) => void asked.push(question),
    });
    let stopped = false;
    const first = guard.ask("first", async (signal) => {
      await never(signal).catch(() => {
        stopped = true;
      });
      await sleep(50);
    });
    const second = guard.ask("second", async () => "late");
    expect(await Promise.all([causeOf(first), causeOf(second)])).toEqual(["TIMEOUT", "TIMEOUT"]);
    expect(stopped).toBe(true);
    await sleep(100);
    expect(asked).toEqual(["first"]);
  });

  it("keeps a place taken while the system still works for somebody who has given up", async () => {
    let now = 0;
    let most = 0;
    const guard = createGuard({ deadlineMs: 30, concurrent: 1, breaksAfter: 100 });
    const stubborn = async (): Promise<void> => {
      most = Math.max(most, ++now);
      await sleep(80);
      now--;
    };
    const first = causeOf(guard.ask("x", stubborn));
    await sleep(40);
    const second = causeOf(guard.ask("x", stubborn));
    expect([await first, await second]).toEqual(["TIMEOUT", "TIMEOUT"]);
    expect(most).toBe(1);
  });

  it("leaves a system alone that fails again and again, and finds out by itself that it is back", async () => {
    let asked = 0;
    let down = true;
    const guard = createGuard({ breaksAfter: 3, restMs: 60, onAsk: () => void asked++ });
    const ask = () =>
      causeOf(
        guard.ask("x", async () => {
          if (down) throw new SourceFailed("UNREACHABLE");
        }),
      );
    for (let tries = 0; tries < 20; tries += 1) expect(await ask()).toBe("UNREACHABLE");
    expect(asked).toBe(3);
    down = false;
    await sleep(80);
    expect(await ask()).toBe("ANSWERED");
    expect(await ask()).toBe("ANSWERED");
  });

  it("tells and logs nothing of what the system said", async () => {
    const logged: unknown[] = [];
    const log = { warn: (...line: unknown[]) => void logged.push(line) };
    const guard = createGuard({ log: log as never });
    const error: unknown = await guard
      .ask("families", async () => {
        throw Object.assign(new Error("Jansen, 999920212"), {
          detail: "Key (bsn)=(999920212)",
          code: "23505",
        });
      })
      .catch((one: unknown) => one);
    expect(error).toMatchObject({ code: "SOURCE_UNAVAILABLE", details: { cause: "FAILED" } });
    expect(
      JSON.stringify([logged, error, String((error as Error).stack), (error as Error).cause]),
    ).not.toMatch(/Jansen|9999/);
    expect(JSON.stringify(logged)).toContain("23505");
  });
});
