// How many referrals the hub takes and delivers, and how soon, beside bare BullMQ with an empty processor.

import "reflect-metadata";
import { hasRedis } from "../../kit/redis";
import { BenchError, type Benchmark } from "../kit/benchmark";
import { createParts } from "../kit/parts";
import { inTurn } from "../kit/rounds";
import { measure, type Batch, type Load, type Way } from "./measure";
import { figuresOfReferrals, ratioOf, reportOf, type Measured } from "./report";
import { openStage, type Backend } from "./stage";

const ROUNDS = { quick: 3, normal: 10 };
const BURST = { quick: 60, normal: 300 };
const CALM = { quick: 20, normal: 100 };
const SENDERS = 4;
const CALM_PAUSE_MS = 40;
const WAYS: readonly Way[] = ["hub", "bare"];

/** The benchmark of referrals. */
export const benchmark: Benchmark = {
  description:
    "referrals accepted and delivered per second and how soon, beside bare BullMQ, on both backends",
  run: async (options) => {
    const size = options.quick ? "quick" : "normal";
    const rounds = options.rounds ?? ROUNDS[size];
    const burst: Load = { count: BURST[size], senders: SENDERS, pauseMs: 0 };
    const calm: Load = { count: CALM[size], senders: 1, pauseMs: CALM_PAUSE_MS };
    const backends: readonly Backend[] = hasRedis() ? ["PostgreSQL", "Redis"] : ["PostgreSQL"];
    const parts = createParts();
    try {
      options.say("Starting ...");
      const stages = new Map(
        await Promise.all(
          backends.map(async (backend) => [backend, await openStage(backend, parts)] as const),
        ),
      );
      const names = backends.flatMap((backend) => WAYS.map((way) => `${way} ${backend}` as const));
      const of = (name: (typeof names)[number]) => {
        const [way, backend] = name.split(" ") as [Way, Backend];
        const stage = stages.get(backend);
        if (!stage) throw new BenchError(`There is no ${backend}.`);
        return { way, backend, stage };
      };
      const measureAll = (load: Load) =>
        inTurn(names, rounds, (name): Promise<Batch> => {
          const { way, stage } = of(name);
          return measure(stage, way, load, options);
        });
      // Connections, plans and caches, as in a hub that has run for a while.
      for (const name of names) await measure(of(name).stage, of(name).way, calm, options);
      options.say("At a calm pace ...");
      const calms = await measureAll(calm);
      options.say("As fast as it goes ...");
      const bursts = await measureAll(burst);
      const measured = names.map((name): Measured => {
        const { way, backend } = of(name);
        return { way, backend, burst: bursts[name], calm: calms[name] };
      });
      const figures = measured.map(figuresOfReferrals);
      const ratios = backends.map((backend) => {
        const [hub, bare] = WAYS.map((way) =>
          measured.find((one) => one.backend === backend && one.way === way),
        );
        if (!hub || !bare) throw new BenchError("Nothing to compare.");
        return ratioOf(hub, bare);
      });
      const left = backends.includes("Redis")
        ? ""
        : "No redis-server on this machine: only PostgreSQL was measured.";
      return {
        figures: { rounds, burst: burst.count, calm: calm.count, measured: figures, ratios },
        text: reportOf(figures, ratios, left),
      };
    } finally {
      await parts.stop();
    }
  },
};
