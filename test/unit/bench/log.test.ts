// The parts of the benchmark of the access log: what is written, what is asked, how large it is, and the check before asking.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { processingLinesOf } from "../../../shared/access-log/processing-lines";
import { BenchError } from "../../bench/kit/benchmark";
import { requireSpace } from "../../bench/kit/space";
import { generatedFamily, LARGE_LOG, logOfSize } from "../../bench/log/generated-log";
import { drawn, plainKeys } from "../../bench/log/questions";
import { ENTRIES_OF, nthRequest, SHAPES } from "../../bench/log/requests";
import { requireSamePages } from "../../bench/log/same-pages";
import { sizesOf } from "../../bench/log/sizes";

describe("a request that is written", () => {
  it.each(SHAPES)("has the entries of its shape, each of one subject and source: %s", (shape) => {
    const { entries } = nthRequest(shape, 3, 10);
    expect(entries).toHaveLength(ENTRIES_OF[shape]);
    expect(new Set(entries.map(({ subjectId, source }) => `${subjectId} ${source}`)).size).toBe(
      entries.length,
    );
    expect(new Set(entries.map(({ traceId }) => traceId)).size).toBe(1);
  });

  it("takes families in turn, and comes with a line for each member and source, and one for the request", () => {
    const { entries, context } = nthRequest("view", 12, 10);
    expect(new Set(entries.map(({ familyId }) => familyId))).toEqual(new Set(["W-2"]));
    const lines = processingLinesOf(entries, context).flat();
    const persons = entries.filter(({ subjectType }) => subjectType === "PERSON");
    expect(lines).toHaveLength(persons.length + 1);
  });
});

describe("the sizes", () => {
  it("are those of the targets, unless less is asked for", () => {
    expect(sizesOf({ quick: false })).toMatchObject({ asked: 10_000_000, verified: 1_000_000 });
    expect(sizesOf({ quick: true }).asked).toBeLessThan(10_000_000);
    expect(sizesOf({ quick: true, entries: 5_000, rounds: 1 })).toMatchObject({
      asked: 5_000,
      verified: 500,
      rounds: { writing: 1, views: 1, verifying: 1, asking: 1 },
    });
  });

  it("keep as many entries about each family and of each worker", () => {
    expect(logOfSize(LARGE_LOG.entries)).toEqual(LARGE_LOG);
    expect(logOfSize(LARGE_LOG.entries / 10)).toMatchObject({ months: 60, families: 400, workers: 15 });
    expect(logOfSize(1_000)).toMatchObject({ families: 1, workers: 1 });
  });

  it("are refused where there is no room, with what can be done", () => {
    const folder = mkdtempSync(join(tmpdir(), "bench-space-"));
    try {
      expect(() => {
        requireSpace(1, "ask for less", folder);
      }).not.toThrow();
      const tooMuch = () => {
        requireSpace(1e18, "ask for less", folder);
      };
      expect(tooMuch).toThrow(BenchError);
      expect(tooMuch).toThrow(/needs about 1 000 000 000 GB in .*, where .* GB are free\. .*ask for less/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("a drawing", () => {
  const log = logOfSize(100_000);

  it("is the same each time, and of who is in the log", () => {
    const families = Array.from({ length: log.families }, (_, rank) => generatedFamily(rank));
    for (let n = 0; n < 50; n += 1) {
      const filter = drawn("who", n, log);
      expect(drawn("who", n, log)).toEqual(filter);
      const [child = "", family = ""] = plainKeys(filter);
      expect(families).toContain(family);
      expect(child).toMatch(new RegExp(`^${family}-[1-4]$`));
      expect(drawn("what", n, log)["worker"]).toMatch(/^lokalis\.worker-[01]$/);
    }
  });

  it("is of some far more often than of others, as in the log", () => {
    const times = new Map<string, number>();
    for (let n = 0; n < 1_000; n += 1) {
      const [, family = ""] = plainKeys(drawn("who", n, log));
      times.set(family, (times.get(family) ?? 0) + 1);
    }
    const first = times.get(generatedFamily(0)) ?? 0;
    const last = times.get(generatedFamily(log.families - 1)) ?? 0;
    expect(first).toBeGreaterThan(4 * last);
  });
});

describe("the check before asking", () => {
  it("accepts the same page from everybody", () => {
    expect(() => {
      requireSamePages({ plain: ["a", "b"], source: ["a", "b"], door: ["a", "b"] });
    }).not.toThrow();
  });

  it.each<[string, string[], string]>([
    ["another entry", ["a", "c"], "2 and 2 entries, of which number 2 differs"],
    ["another order", ["b", "a"], "2 and 2 entries, of which number 1 differs"],
    ["one less", ["a"], "2 and 1 entries, of which number 2 differs"],
    ["one more", ["a", "b", "c"], "2 and 3 entries, of which number 3 differs"],
  ])("stops at %s", (_what, door, words) => {
    const compare = () => {
      requireSamePages({ plain: ["a", "b"], source: ["a", "b"], door });
    };
    expect(compare).toThrow(BenchError);
    expect(compare).toThrow(`"plain" and "door" do not answer the same: ${words}`);
  });
});
