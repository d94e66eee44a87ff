// What the gateway costs beside gateways without rules: requests per second, time, processor, memory.

import type { Benchmark } from "../kit/benchmark";
import { growthReportOf, measureGrowth } from "./growth/measure";
import { measureComparison } from "./measure";
import { OFFLINE } from "./peers/install";
import { measureProfiles, profileReportOf } from "./profile/measure";
import { reportOf, TARGETS } from "./report";

const PROFILE = "profile";
const GROWTH = "growth";

/** The benchmark of the gateway. */
export const benchmark: Benchmark = {
  description: "the gateway with everything on, beside gateways without rules, and a server by hand",
  needs: "the npm registry once, and 600 MB in SCHAKEL_DATA_DIR, for the gateways that it is compared with",
  switches: {
    [OFFLINE]: "installs nothing; what is not installed yet is left out",
    [GROWTH]: "instead of comparing: how the cost grows with what is asked, and with what is stored",
    [PROFILE]: "instead of comparing: where the time goes, by CPU profile",
  },
  run: async (options) => {
    if (options.switches.has(PROFILE)) {
      const profiles = await measureProfiles(options);
      return { figures: { profiles }, text: profileReportOf(profiles) };
    }
    if (options.switches.has(GROWTH)) {
      const growth = await measureGrowth(options);
      return { figures: { growth }, text: growthReportOf(growth) };
    }
    const comparison = await measureComparison(options);
    return { figures: { targets: TARGETS, ...comparison }, text: reportOf(comparison) };
  },
};
