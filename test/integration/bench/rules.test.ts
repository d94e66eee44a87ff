// The benchmark of the rules runs on real parts and gives figures; how fast anything is, no test says.

import { numbersIn, runBench } from "./run-bench";

/** Half a minute on a quiet machine; a database and five processes start on a busy one as well. */
const PATIENCE_MS = 300_000;

/** Differences between two gateways, which noise can turn around; a machine that did nothing; an outcome that no rule gave. */
const NEED_NOT_BE_POSITIVE = /\.(byRules|byRulesAndLog|outcomes)\.|^machine\.loadBefore$/;

describe("npm run bench -- rules", () => {
  it(
    "measures decisions and views",
    async () => {
      const { code, printed, said } = await runBench(["rules", "--brief", "--rounds", "1", "--json"]);
      expect([code, said]).toEqual([0, expect.stringContaining("16 at once")]);
      const report = JSON.parse(printed) as Record<string, unknown>;
      const numbers = numbersIn(report);
      expect(numbers.filter(([, number]) => !Number.isFinite(number))).toEqual([]);
      expect(
        numbers.filter(([path, number]) => (number as number) <= 0 && !NEED_NOT_BE_POSITIVE.test(path)),
      ).toEqual([]);
      const paths = numbers.map(([path]) => path);
      expect(paths).toEqual(
        expect.arrayContaining([
          "decisions.notRemembered.perSecond",
          "decisions.remembered.microsecondsEach",
          "views.firstMs.on",
          "views.at.0.views.on.p50Ms",
          "views.at.1.views.off.p99Ms",
          "views.at.1.views.withheld.perSecond",
          "views.at.0.byRules.p50Ms",
          "views.at.0.byRulesAndLog.p50Ratio",
        ]),
      );
      expect(report).toMatchObject({
        benchmark: "rules",
        views: { answer: { organisations: 5 }, at: [{ concurrency: 1 }, { concurrency: 16 }] },
      });
    },
    PATIENCE_MS,
  );

  it(
    "stops when the gateways that it compares do not answer the same",
    async () => {
      const { code, printed, said } = await runBench([
        "rules",
        "--brief",
        "--rounds",
        "1",
        "--json",
        "--plant-difference",
      ]);
      expect(said).toMatch(/do not answer the same: \d+ fields differ/);
      expect([code, printed]).toEqual([1, ""]);
    },
    PATIENCE_MS,
  );

  it("names the benchmarks that there are", async () => {
    const { code, printed, said } = await runBench(["speed"]);
    expect(said).toMatch(
      /There is no benchmark speed\. There are:\n {2}gateway .*\n {2}log .*\n {2}referrals .*\n {2}rules /,
    );
    expect([code, printed]).toEqual([2, ""]);
    expect(await runBench(["--help"])).toMatchObject({
      code: 0,
      printed: expect.stringContaining("--quick") as string,
    });
    expect(await runBench(["rules", "--rounds", "none"])).toMatchObject({ code: 2, printed: "" });
  });
});
