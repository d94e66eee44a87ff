// The arithmetic of the benchmarks: percentiles, medians, and measuring in turn.

import { inTurn } from "../../bench/kit/rounds";
import { figuresOf, median, percentile } from "../../bench/kit/samples";
import { inFigures, inWhole, tableOf } from "../../bench/kit/table";

const oneTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

describe("figures", () => {
  it("gives the value that half, or 99 of 100, do not exceed", () => {
    const values = oneTo(200).toReversed();
    expect(percentile(values, 0.5)).toBe(100);
    expect(percentile(values, 0.99)).toBe(198);
    expect(percentile([7], 0.99)).toBe(7);
    expect(percentile([], 0.5)).toBeNaN();
  });

  it("takes the middle of an odd number of values, and between the two of an even one", () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([8, 1, 3, 5])).toBe(4);
    expect(median([])).toBeNaN();
  });

  it("takes samples together, with the time of all of them", () => {
    const figures = figuresOf([
      { latencies: [1, 2], seconds: 1 },
      { latencies: [3, 4, 5], seconds: 1.5 },
    ]);
    expect(figures).toEqual({ p50Ms: 3, p95Ms: 5, p99Ms: 5, perSecond: 2, measured: 5 });
  });
});

describe("measuring in turn", () => {
  it("measures each thing once a round, and every other round backwards", async () => {
    const order: string[] = [];
    const samples = await inTurn(["one", "two", "three"], 3, async (name) => {
      order.push(name);
      return { latencies: [order.length], seconds: 1 };
    });
    expect(order.join(" ")).toBe("one two three three two one one two three");
    expect(samples.two.map((one) => one.latencies)).toEqual([[2], [5], [8]]);
  });
});

describe("tables", () => {
  it("aligns names to the left and figures to the right", () => {
    expect(
      tableOf(
        ["", "ms"],
        [
          ["a view", "1.5"],
          ["it", "120"],
        ],
      ).split("\n"),
    ).toEqual(["         ms", "------  ---", "a view  1.5", "it      120"]);
  });

  it("writes numbers so that about three digits count", () => {
    expect([0.12345, 1.2345, 12.345, 123.45, 1234567, -0.5].map(inFigures)).toEqual([
      "0.123",
      "1.23",
      "12.3",
      "123",
      "1 234 567",
      "-0.500",
    ]);
    expect(inWhole(20000)).toBe("20 000");
  });
});
