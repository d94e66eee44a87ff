// What ends by itself is started again after a pause that grows; what is stopped stays stopped.

import { supervise, type Run } from "../../../shared/launch/supervise";

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
});

afterEach(() => {
  jest.useRealTimers();
});

/** Something that can be made to end, and counts how often it was started. */
function fragile() {
  const ends: ((how: string) => void)[] = [];
  const waits: number[] = [];
  let refuses = false;
  return {
    ends,
    waits,
    refuse: (value: boolean) => {
      refuses = value;
    },
    supervised: {
      name: "fragile",
      start: async (): Promise<Run> => {
        if (refuses) throw new Error("refused");
        let end!: (how: string) => void;
        const ended = new Promise<string>((resolve) => {
          end = resolve;
        });
        ends.push(end);
        return { pid: 1, ended, stop: async () => end("stopped") };
      },
      onEnd: (_how: string, waitMs: number) => {
        waits.push(waitMs);
      },
    },
  };
}

const endLatest = async (ends: ((how: string) => void)[], waitMs: number): Promise<void> => {
  ends.at(-1)?.("exit code 1");
  await jest.advanceTimersByTimeAsync(waitMs);
};

test("waits 1 s, then twice as long each time, up to 30 s", async () => {
  const { supervised, ends, waits } = fragile();
  const supervision = await supervise(supervised);
  for (const waitMs of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) await endLatest(ends, waitMs);
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  expect(ends).toHaveLength(8);
  await supervision.stop();
});

test("counts from 1 s again after a run that held", async () => {
  const { supervised, ends, waits } = fragile();
  const supervision = await supervise(supervised);
  await endLatest(ends, 1_000);
  await endLatest(ends, 2_000);
  await jest.advanceTimersByTimeAsync(11_000);
  await endLatest(ends, 1_000);
  expect(waits).toEqual([1_000, 2_000, 1_000]);
  await supervision.stop();
});

test("goes on trying when a later start fails", async () => {
  const { supervised, ends, waits, refuse } = fragile();
  const supervision = await supervise(supervised);
  refuse(true);
  await endLatest(ends, 1_000);
  await jest.advanceTimersByTimeAsync(2_000);
  refuse(false);
  await jest.advanceTimersByTimeAsync(4_000);
  expect(waits).toEqual([1_000, 2_000, 4_000]);
  expect(ends).toHaveLength(2);
  await supervision.stop();
});

test("throws when the first start fails", async () => {
  const { supervised, refuse } = fragile();
  refuse(true);
  await expect(supervise(supervised)).rejects.toThrow("refused");
});

test("starts nothing after it was stopped, also when it was waiting", async () => {
  const { supervised, ends, waits } = fragile();
  const supervision = await supervise(supervised);
  await endLatest(ends, 500);
  await supervision.stop();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(ends).toHaveLength(1);
  expect(waits).toEqual([1_000]);
});
