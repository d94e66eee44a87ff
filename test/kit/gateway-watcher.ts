// A process that watches a gateway while it is attacked: how much memory it takes, and how soon a good question gets its
// answer. Environment: WATCH_PORT, WATCH_PID, WATCH_TOKEN, WATCH_PURPOSE. Out, over its channel, when it is asked: a WatchReport.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** What was seen. */
export interface WatchReport {
  /** The most memory (resident set) that the gateway took, in megabytes. */
  readonly peakMb: number;
  /** Milliseconds that a good question took before the attack, in the middle of a few. */
  readonly quietMs: number;
  /** Milliseconds of each good question, in order. */
  readonly answeredMs: readonly number[];
  /** What good questions got that was no answer. */
  readonly refused: readonly string[];
}

const LOOK_EVERY_MS = 50;
const ASK_EVERY_MS = 150;
const QUIET_QUESTIONS = 9;
const KB_PER_MB = 1_024;
const QUESTION = "{ caseload(first: 5) { totalCount edges { node { id status } } } }";

const port = process.env["WATCH_PORT"] ?? "";
const pid = process.env["WATCH_PID"] ?? "";
const token = process.env["WATCH_TOKEN"] ?? "";
const purpose = process.env["WATCH_PURPOSE"] ?? "";

/** Memory of the gateway in kilobytes. */
function memoryKb(): number {
  const status = `/proc/${pid}/status`;
  if (existsSync(status)) return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(status, "utf8"))?.[1] ?? 0);
  return Number(execFileSync("ps", ["-o", "rss=", "-p", pid], { encoding: "utf8" }));
}

async function ask(): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}`, purpose },
    body: JSON.stringify({ query: QUESTION }),
    signal: AbortSignal.timeout(20_000),
  });
  return response.text();
}

async function watch(): Promise<void> {
  let peakKb = 0;
  let quietMs = 0;
  const answeredMs: number[] = [];
  const refused: string[] = [];
  process.on("message", () => {
    const report: WatchReport = { peakMb: Math.round(peakKb / KB_PER_MB), quietMs, answeredMs, refused };
    process.send?.(report);
  });
  process.once("disconnect", () => process.exit());
  setInterval(() => {
    peakKb = Math.max(peakKb, memoryKb());
  }, LOOK_EVERY_MS);
  // The first of its kind is planned, and finds connections that are not there yet.
  await ask().catch(() => undefined);
  const quiet: number[] = [];
  for (let n = 0; n < QUIET_QUESTIONS; n += 1) {
    const begun = performance.now();
    await ask().catch(() => undefined);
    quiet.push(Math.round(performance.now() - begun));
    await sleep(ASK_EVERY_MS);
  }
  quietMs = quiet.toSorted((one, other) => one - other)[Math.floor(QUIET_QUESTIONS / 2)] ?? 0;
  process.send?.("watching");
  for (;;) {
    const begun = performance.now();
    const answer = await ask().catch(String);
    if (answer.includes('"totalCount"')) answeredMs.push(Math.round(performance.now() - begun));
    else refused.push(answer.slice(0, 200));
    await sleep(ASK_EVERY_MS);
  }
}

void watch();
