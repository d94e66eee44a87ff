import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "../../../shared/kernel/logger";
import { lookAgain } from "../../../shared/sources/files/look-again";

describe("looking again and again", () => {
  let warned: unknown[];
  let stop: () => void = () => undefined;
  const begin = (look: () => Promise<void>, everyMs = 5): void => {
    const log = { warn: (line: unknown) => void warned.push(line) } as unknown as Logger;
    stop = lookAgain({ look, everyMs, log });
  };
  beforeEach(() => {
    warned = [];
  });
  afterEach(() => stop());

  it("never begins a look before the last one ended, and none after it was stopped", async () => {
    let [now, most, looks] = [0, 0, 0];
    await new Promise<void>((resolve) => {
      begin(async () => {
        most = Math.max(most, ++now);
        await sleep(1);
        now -= 1;
        if (++looks === 5) resolve();
      });
    });
    stop();
    const seen = looks;
    await sleep(100);
    expect(most).toBe(1);
    expect(looks).toBe(seen);
  });

  it("leaves a folder alone for longer than the look at it took", async () => {
    const pauses: number[] = [];
    const looks: number[] = [];
    let ended = Number.POSITIVE_INFINITY;
    await new Promise<void>((resolve) => {
      begin(async () => {
        const begun = performance.now();
        pauses.push(begun - ended);
        await sleep(20);
        ended = performance.now();
        looks.push(ended - begun);
        if (pauses.length === 3) resolve();
      });
    });
    // A timer may come a millisecond early; a pause is 20 times the look before it.
    for (const [index, pause] of pauses.slice(1).entries()) {
      expect(pause).toBeGreaterThanOrEqual(19 * (looks[index] ?? Number.NaN));
    }
  });

  it("tells of a folder that is away once, and of the next time that it is", async () => {
    const away = Object.assign(new Error("no such folder"), { code: "ENOENT" });
    const days = [away, away, undefined, away, away];
    await new Promise<void>((resolve) => {
      begin(async () => {
        const fault = days.shift();
        if (days.length === 0) resolve();
        if (fault) throw fault;
      });
    });
    await sleep(1);
    expect(warned).toEqual([{ code: "ENOENT" }, { code: "ENOENT" }]);
  });
});
