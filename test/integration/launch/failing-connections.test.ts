// A connection that fails says why, and never with which password; whoever says it, and to whom.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { freePort } from "../../kit/free-ports";
import { hasRedis, SAFE, startRedis } from "../../kit/redis";
import { withDatabase } from "../../kit/database";

const PROJECT_ROOT = join(__dirname, "..", "..", "..");
const SECRET = "n0t-the-password";
/** Far more than any of them takes. */
const PATIENCE_MS = 60_000;
/** How long one that would try for ever goes on after it said what it is to say. */
const LONGER_MS = 1_000;
const database = withDatabase();

/**
 * Runs a program of the hub to its end, or until some time after it said a sentence. Gives all that it said, and its exit code.
 */
async function run(
  script: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  sentence?: string,
) {
  const child = spawn(process.execPath, ["--import", "tsx", script, ...words], {
    cwd: PROJECT_ROOT,
    env: { PATH: process.env["PATH"], SCHAKEL_WORKER_PORT: String(await freePort()), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const endAfter = (ms: number): NodeJS.Timeout => setTimeout(() => child.kill("SIGTERM"), ms);
  const timers = [endAfter(PATIENCE_MS)];
  const hear = (chunk: Buffer): void => {
    said += chunk.toString();
    if (sentence !== undefined && timers.length === 1 && said.includes(sentence)) {
      timers.push(endAfter(LONGER_MS));
    }
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const [code] = (await once(child, "close")) as [number | null];
  for (const timer of timers) clearTimeout(timer);
  return { code, said };
}

const wrongPassword = (): string => {
  const url = new URL(database.ownerUrl);
  url.password = SECRET;
  return url.toString();
};

test.each([
  ["migrate", "shared/database/main.ts", []],
  ["the log command", "subgraphs/access-log/source/command/main.ts", ["status"]],
  ["the queue command", "subgraphs/referrals/source/command/main.ts", ["status"]],
])("a PostgreSQL that takes no such password: %s", async (_name, script, words) => {
  const url = wrongPassword();
  const { code, said } = await run(script, words, { DATABASE_URL: url, MIGRATION_DATABASE_URL: url });
  expect(code).toBe(1);
  expect(said).toMatch(/28P01|password authentication failed/);
  expect(said).not.toContain(SECRET);
});

test("a PostgreSQL that is not there: migrate", async () => {
  const url = `postgresql://hub:${SECRET}@127.0.0.1:${await freePort()}/hub`;
  const { code, said } = await run("shared/database/main.ts", [], {
    DATABASE_URL: url,
    MIGRATION_DATABASE_URL: url,
  });
  expect(code).toBe(1);
  expect(said).toContain("ECONNREFUSED");
  expect(said).not.toContain(SECRET);
});

(hasRedis() ? test : test.skip)("a Redis that takes no such password: the worker", async () => {
  const redis = await startRedis({ ...SAFE, requirepass: "another" });
  try {
    const env = {
      DATABASE_URL: database.workingUrl,
      REDIS_URL: redis.url.replace("://", `://default:${SECRET}@`),
      SCHAKEL_LOG_LEVEL: "debug",
    };
    const sentence = "the queue cannot be reached";
    const { said } = await run("subgraphs/referrals/main.ts", ["work"], env, sentence);
    expect(said).toContain(sentence);
    expect(said).not.toContain(SECRET);
  } finally {
    await redis.remove();
  }
});
