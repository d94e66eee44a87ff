// The benchmarks, by the name of their folder.

import type { Benchmark } from "./kit/benchmark";
import { benchmark as gateway } from "./gateway/main";
import { benchmark as log } from "./log/main";
import { benchmark as referrals } from "./referrals/main";
import { benchmark as rules } from "./rules/main";

/** A new benchmark is a folder with a main.ts, and a line here. */
export const BENCHMARKS: Readonly<Record<string, Benchmark>> = { gateway, log, referrals, rules };
