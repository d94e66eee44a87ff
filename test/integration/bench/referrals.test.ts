// The benchmark of referrals runs on real parts and gives figures; how fast anything is, no test says.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { hasRedis } from "../../kit/redis";

const PROJECT_ROOT = join(__dirname, "..", "..", "..");
/** Twenty seconds on a quiet machine. */
const PATIENCE_MS = 300_000;

function bench(...args: string[]): { code: number | null; printed: string; said: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(PROJECT_ROOT, "scripts", "bench.mjs"), "referrals", "--quick", "--rounds", "1", "--json", ...args],
    { encoding: "utf8", timeout: PATIENCE_MS },
  );
  return { code: status, printed: stdout, said: stderr };
}

interface Report {
  readonly measured: readonly ({ readonly backend: string; readonly way: string } & Record<
    string,
    unknown
  >)[];
  readonly ratios: readonly ({ readonly backend: string } & Record<string, unknown>)[];
}

test(
  "measures the hub and bare BullMQ on each backend, and compares them",
  () => {
    const { code, printed, said } = bench();
    expect([code, said]).toEqual([0, expect.stringContaining("As fast as it goes")]);
    const { measured, ratios } = JSON.parse(printed) as Report;
    const backends = hasRedis() ? ["PostgreSQL", "Redis"] : ["PostgreSQL"];
    expect(measured.map(({ backend, way }) => `${way} ${backend}`)).toEqual(
      backends.flatMap((backend) => [`hub ${backend}`, `bare ${backend}`]),
    );
    expect(ratios.map(({ backend }) => backend)).toEqual(backends);
    for (const { backend: _backend, way: _way, ...figures } of [...measured, ...ratios] as Record<
      string,
      unknown
    >[]) {
      for (const [name, figure] of Object.entries(figures)) {
        expect([name, Number.isFinite(figure), Number(figure) > 0]).toEqual([name, true, true]);
      }
    }
  },
  PATIENCE_MS,
);

test(
  "stops when not exactly what was sent was done",
  () => {
    const { code, printed, said } = bench("--plant-difference");
    expect(said).toMatch(/Sent \d+, done \d+/);
    expect([code, printed]).toEqual([1, ""]);
  },
  PATIENCE_MS,
);
