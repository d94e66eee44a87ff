// What the privacy rules cost: of a decision, and in one combined view.

import type { Benchmark } from "../kit/benchmark";
import { measureDecisions } from "./decisions";
import { measureViews } from "./measure-views";
import { reportOf, TARGET_MS } from "./report";

const ROUNDS = { quick: 2, normal: 6 };

/** The benchmark of the rules. */
export const benchmark: Benchmark = {
  description: "decisions per second, and what the rules add to one combined view over five organisations",
  run: async (options) => {
    const rounds = options.rounds ?? (options.quick ? ROUNDS.quick : ROUNDS.normal);
    const views = await measureViews(options, rounds);
    options.say("Deciding ...");
    const decisions = measureDecisions(options, rounds);
    return {
      figures: { rounds, targetMs: TARGET_MS, decisions, views },
      text: reportOf(decisions, views),
    };
  },
};
