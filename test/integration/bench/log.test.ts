// The benchmark of the access log runs on real parts, gives figures, and clears away; how fast anything is, no test says.

import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withConnection } from "../../bench/kit/connect";
import { reportOf, type LogFigures } from "../../bench/log/report";
import { inFigures } from "../../bench/kit/table";
import { withDatabase } from "../../kit/database";
import { numbersIn, runBench } from "./run-bench";

/** A minute on a quiet machine; databases and processes start on a busy one as well. */
const PATIENCE_MS = 600_000;
const TINY = ["--brief", "--rounds", "1", "--entries", "3000"];
/** Differences between two gateways, which noise can turn around; a machine that did nothing; what need not be refused. */
const NEED_NOT_BE_POSITIVE = /\.byLog\.|\.(refused|failed)$|^machine\.loadBefore$/;

describe("npm run bench -- log", () => {
  it(
    "measures writing, views, verifying and asking, and tells it in tables",
    async () => {
      const { code, printed, said } = await runBench(["log", ...TINY, "--json"]);
      expect([code, said]).toEqual([0, expect.stringContaining("64 at once")]);
      const report = JSON.parse(printed) as LogFigures;
      const numbers = numbersIn(report);
      expect(numbers.filter(([, number]) => !Number.isFinite(number))).toEqual([]);
      expect(
        numbers.filter(([path, number]) => (number as number) <= 0 && !NEED_NOT_BE_POSITIVE.test(path)),
      ).toEqual([]);
      expect(report).toMatchObject({
        benchmark: "log",
        writing: {
          shapes: [
            { entriesPerRequest: 30, at: [{ concurrency: 1 }, { concurrency: 16 }, { concurrency: 64 }] },
            { entriesPerRequest: 1, at: [{ concurrency: 1 }, { concurrency: 16 }, { concurrency: 64 }] },
          ],
        },
        views: { entriesPerView: 30, at: [{ concurrency: 1 }, { concurrency: 16 }] },
        questions: { entries: 3_000, main: [{ question: "who" }, { question: "what" }] },
      });
      // A tenth, and the sealing of the months before this one.
      expect(report.verification.entries).toBeGreaterThan(300);
      expect(report.verification.checkpoints).toBeGreaterThan(5);

      const told = reportOf(report);
      const { writing, verification, questions } = report;
      for (const [row, figure] of [
        ["64 at once, log", writing.shapes[0]?.at[2]?.log.p50Ms],
        ["npm run log -- verify", verification.verify.median],
        ["through the door", questions.main[0]?.ways.door.p95Ms],
        [
          "a rare rule, in all years",
          questions.others.find(({ question }) => /all years/.test(question))?.p50Ms,
        ],
      ] as const) {
        const line = told.split("\n").find((one) => one.startsWith(row));
        expect(line).toContain(` ${inFigures(figure ?? Number.NaN)} `);
      }
      expect(told).toContain("This run is smaller: it says nothing about that.");
    },
    PATIENCE_MS,
  );

  it(
    "stops when a writer did not write what it was given",
    async () => {
      const { code, printed, said } = await runBench(["log", ...TINY, "--plant-difference"]);
      expect(said).toMatch(/The writer "plain" was given \d+ entries and \d+ are there/);
      expect([code, printed]).toEqual([1, ""]);
    },
    PATIENCE_MS,
  );

  it(
    "leaves nothing behind after a Ctrl-C",
    async () => {
      const folder = mkdtempSync(join(tmpdir(), "bench-stopped-"));
      // The server runs as another user when this is root.
      chmodSync(folder, 0o755);
      try {
        const stopped = await runBench(["log", ...TINY], {
          env: { TMPDIR: folder },
          interruptAt: /Writing 30 entries/,
        });
        expect(stopped.said).toMatch(/Stopped\.\n$/);
        expect([stopped.code, stopped.printed]).toEqual([1, ""]);
        expect(readdirSync(folder).filter((name) => name.startsWith("schakel-test-"))).toEqual([]);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    PATIENCE_MS,
  );

  it("says what it needs, and refuses a size that is none or for which there is no room", async () => {
    const help = await runBench(["--help"]);
    expect(help.printed).toMatch(/log needs [\d.]+ GB of room/);
    expect(await runBench(["log", "--entries", "12"])).toMatchObject({ code: 2, printed: "" });
    expect(await runBench(["rules", "--entries", "5000"])).toMatchObject({ code: 2, printed: "" });
    const huge = await runBench(["log", "--entries", String(10 ** 15)]);
    expect(huge.said).toMatch(/needs about .* GB in .*, where .* GB are free/);
    expect([huge.code, huge.printed]).toEqual([1, ""]);
  });
});

describe("long work on the database of a benchmark", () => {
  const database = withDatabase();

  it("ends when the benchmark is stopped", async () => {
    const stop = new AbortController();
    const work = withConnection(database.ownerUrl, stop.signal, async (client) => {
      setImmediate(() => {
        stop.abort(new Error("Stopped."));
      });
      await client.query("select pg_sleep(600)");
    });
    await expect(work).rejects.toThrow("Stopped.");
    const { rows } = await database.owner.query<{ many: number }>(
      "select count(*)::int as many from pg_stat_activity where query = 'select pg_sleep(600)' and state = 'active'",
    );
    expect(rows[0]?.many).toBe(0);
  });
});
