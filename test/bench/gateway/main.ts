// What the gateway costs beside gateways without rules: requests per second, time, processor, memory.

import type { Benchmark } from "../kit/benchmark";
import { measureGrowth, TABLES, type TableName } from "./growth/measure";
import { growthReportOf } from "./growth/report";
import { measureComparison, ONLY_VIEW } from "./measure";
import { OFFLINE } from "./peers/install";
import { measureProfiles, profileReportOf } from "./profile/measure";
import { reportOf, TARGETS } from "./report";
import { ALIKE } from "./stage";

const PROFILE = "profile";
const GROWTH = "growth";
/** Each table of growth by itself. */
const ALONE = Object.fromEntries(
  (Object.keys(TABLES) as TableName[]).map((name) => [`${GROWTH}-${name}`, name]),
);

/** The benchmark of the gateway. */
export const benchmark: Benchmark = {
  description: "the gateway with everything on, beside gateways without rules, and a server by hand",
  needs: "the npm registry once, and 600 MB in SCHAKEL_DATA_DIR, for the gateways that it is compared with",
  switches: {
    [ALIKE]: "starts every gateway with the options of Node that the hub's is started with",
    [ONLY_VIEW]: "compares at the combined view alone",
    [OFFLINE]: "installs nothing; what is not installed yet is left out",
    [GROWTH]: "instead of comparing: how the cost grows with what is asked, and with what is stored",
    ...Object.fromEntries(
      Object.entries(ALONE).map(([option, name]) => [option, `of that, alone: ${TABLES[name].what}`]),
    ),
    [PROFILE]: "instead of comparing: where the time goes, by CPU profile",
  },
  run: async (options) => {
    if (options.switches.has(PROFILE)) {
      const profiles = await measureProfiles(options);
      return { figures: { profiles }, text: profileReportOf(profiles) };
    }
    const alone = Object.entries(ALONE).flatMap(([option, name]) =>
      options.switches.has(option) ? [name] : [],
    );
    if (alone.length > 0 || options.switches.has(GROWTH)) {
      const names = alone.length > 0 ? alone : Object.values(ALONE);
      const figures = await measureGrowth(names, options);
      return { figures: { ...figures }, text: growthReportOf(figures) };
    }
    const comparison = await measureComparison(options);
    return { figures: { targets: TARGETS, ...comparison }, text: reportOf(comparison) };
  },
};
