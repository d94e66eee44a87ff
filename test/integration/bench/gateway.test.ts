// The benchmark of the gateway runs on real parts and gives figures; how fast anything is, no test says. Gateways that npm
// would have to fetch take part when they are there already.

import { reportOf } from "../../bench/gateway/report";
import type { GrowthFigures } from "../../bench/gateway/growth/measure";
import { growthReportOf } from "../../bench/gateway/growth/report";
import type { Comparison } from "../../bench/gateway/measure";
import { inFigures } from "../../bench/kit/table";
import { numbersIn, runBench } from "./run-bench";

/** Some two minutes on a quiet machine. */
const PATIENCE_MS = 900_000;
const SHORT = ["--brief", "--rounds", "1", "--offline", "--json"];

/** A machine that did nothing; a gateway that refused nothing. */
const NEED_NOT_BE_POSITIVE = /\.refused$|^machine\.loadBefore$/;

describe("npm run bench -- gateway", () => {
  it(
    "compares the gateway with others, and tells it in tables",
    async () => {
      const { code, printed, said } = await runBench(["gateway", ...SHORT]);
      expect([code, said]).toEqual([0, expect.stringContaining("shop, 64 at once")]);
      const report = JSON.parse(printed) as Comparison;
      const numbers = numbersIn(report);
      expect(numbers.filter(([, number]) => !Number.isFinite(number))).toEqual([]);
      expect(
        numbers.filter(([path, number]) => (number as number) <= 0 && !NEED_NOT_BE_POSITIVE.test(path)),
      ).toEqual([]);
      const asked = report.compared.map(
        ({ work, slowSources, concurrency }) => `${work} ${slowSources ? "slow " : ""}${concurrency}`,
      );
      expect(asked).toEqual(
        ["view", "caseload", "known", "view slow", "shop"].flatMap((work) =>
          [1, 16, 64].map((concurrency) => `${work} ${concurrency}`),
        ),
      );
      for (const { work, gateways, ratios } of report.compared) {
        expect(Object.keys(gateways)).toEqual(expect.arrayContaining(["floor", "apollo"]));
        expect(Object.keys(ratios).includes("apollo")).toBe(work !== "shop");
      }
      const ratio = report.compared[1]?.ratios.apollo?.throughput ?? Number.NaN;
      const line = reportOf(report)
        .split("\n")
        .find((one) => one.startsWith("view, 16 at once: to Apollo Gateway"));
      expect(line).toContain(` x ${inFigures(ratio)} `);
    },
    PATIENCE_MS,
  );

  it(
    "compares at the view alone, with others that are started as the hub's gateway is",
    async () => {
      const { code, printed } = await runBench(["gateway", ...SHORT, "--only-view", "--alike"]);
      expect(code).toBe(0);
      const { compared } = JSON.parse(printed) as Comparison;
      expect(compared.map(({ work, concurrency }) => `${work} ${concurrency}`)).toEqual(
        [1, 16, 64, 1, 16, 64].map((concurrency) => `view ${concurrency}`),
      );
    },
    PATIENCE_MS,
  );

  it(
    "stops when the gateways do not answer the same",
    async () => {
      const { code, printed, said } = await runBench(["gateway", ...SHORT, "--plant-difference"]);
      expect(said).toMatch(/do not answer "view" the same: \d+ fields differ/);
      expect([code, printed]).toEqual([1, ""]);
    },
    PATIENCE_MS,
  );

  it(
    "tells how the cost grows with what is stored",
    async () => {
      const { code, printed, said } = await runBench(["gateway", "--growth-consents", ...SHORT]);
      expect([code, said]).toEqual([0, expect.stringContaining("1 000 consents about one child")]);
      const report = JSON.parse(printed) as GrowthFigures;
      const numbers = numbersIn(report.growth);
      expect(numbers.filter(([, number]) => !Number.isFinite(number))).toEqual([]);
      expect(report.growth.map(({ asked, steps }) => [asked, steps.map(({ size }) => size)])).toEqual([
        [false, [0, 100, 1_000]],
      ]);
      for (const { steps, exponents } of report.growth) {
        expect(
          steps.every(({ processorMs, p50Ms, measured }) => processorMs > 0 && p50Ms > 0 && measured > 2),
        ).toBe(true);
        expect(Object.keys(exponents)).toEqual(expect.arrayContaining(["clock", "processor"]));
        const processor = inFigures(exponents.processor ?? Number.NaN);
        expect(growthReportOf(report)).toMatch(new RegExp(`^exponent +${processor} `, "m"));
      }
    },
    PATIENCE_MS,
  );

  it("has switches that no other benchmark has", async () => {
    expect((await runBench(["--help"])).printed).toMatch(/--profile +gateway:/);
    expect(await runBench(["log", "--offline"])).toMatchObject({ code: 2, printed: "" });
  });
});
