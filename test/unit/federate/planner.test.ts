// Planning apart: in its time and memory, or not at all, while everything else goes on.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { QueryPlan } from "@apollo/query-planner";
import { PlanStore } from "../../../gateway/federate/plan-store";
import { createPlanner, type Planner } from "../../../gateway/federate/planner";
import { SchakelError } from "../../../shared/kernel/errors";
import { createLogger } from "../../../shared/kernel/logger";

/** A thread that plans nothing: it repeats what it is asked, or does not end, or takes all memory. */
const THREAD = `
const { parentPort } = require("node:worker_threads");
parentPort.on("message", ({ text }) => {
  if (text === "endless") for (;;);
  if (text === "memory") { const all = []; for (;;) all.push(new Array(1e6).fill(all.length)); }
  if (text === "fault") parentPort.postMessage({ fault: "cannot" });
  else parentPort.postMessage({ plan: JSON.stringify({ kind: "QueryPlan", text }) });
});
parentPort.postMessage("ready");
`;
const DEADLINE_MS = 500;

let folder = "";
let planner: Planner;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "schakel-planner-"));
  writeFileSync(join(folder, "thread.js"), THREAD);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  const log = createLogger("test", "silent");
  planner = createPlanner({ file: join(folder, "thread.js"), supergraph: "", deadlineMs: DEADLINE_MS, log });
});
afterEach(async () => {
  await planner.stop();
});

const plan = async (text: string): Promise<string> => planner.plan({ text, operationName: undefined });
/** The code with which something is refused; undefined when it is not. */
const codeOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof SchakelError ? error.code : error),
  );

test("each gets its own plan", async () => {
  const texts = ["a", "b", "c"];
  const plans = await Promise.all(texts.map(plan));
  expect(plans.map((one) => (JSON.parse(one) as { text: string }).text)).toEqual(texts);
});

test("a plan that does not end is refused, keeps nobody waiting, and those behind it get theirs", async () => {
  let ticks = 0;
  const timer = setInterval(() => (ticks += 1), 10);
  const [endless, after] = await Promise.all([codeOf(plan("endless")), plan("after")]);
  clearInterval(timer);
  expect(endless).toBe("QUERY_TOO_COSTLY");
  expect(after).toContain("after");
  expect(ticks).toBeGreaterThan(10);
});

test("a plan that takes all memory ends the thread and nothing else", async () => {
  const patient = createPlanner({
    file: join(folder, "thread.js"),
    supergraph: "",
    deadlineMs: 30_000,
    log: createLogger("test", "silent"),
  });
  try {
    const ask = async (text: string) => patient.plan({ text, operationName: undefined });
    const [greedy, after] = await Promise.all([codeOf(ask("memory")), ask("after")]);
    expect([greedy, after]).toEqual(["QUERY_TOO_COSTLY", expect.stringContaining("after")]);
  } finally {
    await patient.stop();
  }
}, 60_000);

test("when too many wait, others are told to come back", async () => {
  const asked = ["endless", ...Array.from({ length: 60 }, (_, n) => String(n))].map(async (text) =>
    codeOf(plan(text)),
  );
  const codes = await Promise.all(asked);
  expect(codes[0]).toBe("QUERY_TOO_COSTLY");
  expect(codes.filter((code) => code === undefined).length).toBeGreaterThanOrEqual(30);
  expect(codes).toContain("GATEWAY_BUSY");
});

test("a planner that is stopped leaves nobody waiting", async () => {
  const waiting = codeOf(plan("endless"));
  await planner.stop();
  expect(await waiting).toBe("GATEWAY_BUSY");
});

describe("the store of plans", () => {
  const counting = (answer: (text: string) => Promise<string>) => {
    const asked: string[] = [];
    const store = new PlanStore({
      plan: async ({ text }) => {
        asked.push(text);
        return answer(text);
      },
      stop: async () => undefined,
    });
    const ensure = async (key: string) => store.ensure(key, () => ({ text: key, operationName: undefined }));
    return { asked, store, ensure };
  };

  test("has a plan made once, for all who ask it at once and after", async () => {
    const { asked, store, ensure } = counting(async (text) => JSON.stringify({ kind: "QueryPlan", text }));
    await Promise.all(["a", "a", "b", "a"].map(ensure));
    await ensure("a");
    expect(asked).toEqual(["a", "b"]);
    expect(await store.get("a")).toEqual({ kind: "QueryPlan", text: "a" });
  });

  test("remembers what is too costly to plan, and tries again what failed otherwise", async () => {
    const { asked, ensure } = counting(async (text) => {
      throw text === "costly" ? new SchakelError("QUERY_TOO_COSTLY") : new SchakelError("GATEWAY_BUSY");
    });
    for (const key of ["costly", "costly", "busy", "busy"]) await codeOf(ensure(key));
    expect(asked).toEqual(["costly", "busy", "busy"]);
  });

  test("keeps what fits, and of that what was used last", async () => {
    const { asked, ensure } = counting(async (text) =>
      JSON.stringify({ kind: "QueryPlan", text: text.padEnd(700_000) }),
    );
    for (const key of ["a", "b", "c", "a", ...Array.from({ length: 10 }, (_, n) => `d${n}`), "a"])
      await ensure(key);
    expect(asked.filter((key) => key === "a")).toEqual(["a"]);
    await ensure("b");
    expect(asked.filter((key) => key === "b")).toEqual(["b", "b"]);
  });

  test("without a planner keeps what Apollo plans itself", async () => {
    const store = new PlanStore();
    const made = { kind: "QueryPlan" } as QueryPlan;
    await store.set("a", made);
    expect(await store.get("a")).toBe(made);
  });
});
