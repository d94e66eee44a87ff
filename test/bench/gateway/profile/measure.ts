// Where the processor time of the gateway goes while it answers, by CPU profile: of the hub's own, and of the bare one.

import { mkdirSync, readFileSync, renameSync, copyFileSync, rmSync } from "node:fs";
import type { Profiler } from "node:inspector";
import { join } from "node:path";
import type { BenchOptions } from "../../kit/benchmark";
import type { TalkingChild, Usage } from "../../kit/child";
import { applyLoad, createPoster } from "../../kit/load";
import { inFigures, tableOf, wrapped } from "../../kit/table";
import { inCircle, postsOf, requireSame } from "../compare";
import { NAMES, type Contestant } from "../contestants";
import { benchFolder } from "../peers/install";
import { startRegion } from "../stage";
import { FAMILIES } from "../world";
import { REGION_WORKS } from "../works";
import { summarise, type PartTime, type ProfileSummary } from "./summarise";

/** Profiled side by side. */
const PROFILED = ["schakel", "apollo"] as const satisfies readonly Contestant[];
const CONCURRENCY = 16;
const WARM_UP_MS = { quick: 8_000, normal: 60_000 };
const PROFILE_MS = { quick: 4_000, normal: 15_000 };
/** Parts and functions that are printed. */
const PRINTED = 25;

/** The profile of one piece of work through one gateway. */
export interface Profiled {
  readonly work: string;
  readonly gateway: Contestant;
  readonly requests: number;
  readonly processorMs: number;
  readonly file: string;
  readonly summary: ProfileSummary;
}

/** Profiles every piece of work of the region through both gateways. */
export async function measureProfiles(options: BenchOptions): Promise<Profiled[]> {
  const { quick, signal, say } = options;
  say("Starting the sources, a database and the gateways ...");
  const stage = await startRegion(options, { missing: "not profiled" }, FAMILIES);
  const poster = createPoster(CONCURRENCY);
  const folder = join(benchFolder(), "profiles");
  mkdirSync(folder, { recursive: true });
  const found: Profiled[] = [];
  try {
    for (const [work, asked] of Object.entries(REGION_WORKS)) {
      await requireSame(stage, poster, work, asked);
      for (const name of PROFILED) {
        say(`${work} through ${NAMES[name]} ...`);
        const gateway = stage.field.get(name) as TalkingChild;
        const next = inCircle(postsOf(stage, gateway, asked));
        const send = async (): Promise<void> => {
          await poster.post(next());
        };
        const load = { concurrency: CONCURRENCY, signal, onRefused: () => undefined };
        await applyLoad(send, { ...load, forMs: quick ? WARM_UP_MS.quick : WARM_UP_MS.normal });
        const before = (await gateway.ask("usage")) as Usage;
        await gateway.ask("profileStart");
        const { latencies } = await applyLoad(send, {
          ...load,
          forMs: quick ? PROFILE_MS.quick : PROFILE_MS.normal,
        });
        const written = (await gateway.ask("profileStop")) as string;
        const used = ((await gateway.ask("usage")) as Usage).processorMs - before.processorMs;
        const file = join(folder, `${work}-${name}.cpuprofile`);
        move(written, file);
        const summary = summarise(JSON.parse(readFileSync(file, "utf8")) as Profiler.Profile);
        found.push({
          work,
          gateway: name,
          requests: latencies.length,
          processorMs: used / latencies.length,
          file,
          summary,
        });
      }
    }
    return found;
  } finally {
    await poster.close();
    await stage.stop();
  }
}

/** The two folders may be on two disks. */
function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch {
    copyFileSync(from, to);
    rmSync(from);
  }
}

/** The profiles in tables. */
export function profileReportOf(profiles: readonly Profiled[]): string {
  return [
    ...profiles.flatMap(({ work, gateway, requests, processorMs, file, summary }) => [
      tableOf(
        [`${work}, ${NAMES[gateway]}: self time by part`, "ms each", "share"],
        summary.byPart.slice(0, PRINTED).map((part) => row(part, requests)),
      ),
      "",
      tableOf(
        ["by function", "ms each", "share"],
        summary.byFunction.slice(0, PRINTED).map((part) => row(part, requests)),
      ),
      `${requests} requests, ${inFigures(processorMs)} ms of the processor each while profiled; ${file}`,
      "",
    ]),
    ...wrapped(
      `${CONCURRENCY} at once. ms each: self time for one request. Taking the profile costs time itself, and the processor time of ` +
        "a request is more than its self time: other threads, and the kernel. Open the files in a browser's developer tools.",
    ),
  ].join("\n");
}

const row = ({ part, ms, share }: PartTime, requests: number): string[] => [
  part,
  inFigures(ms / requests),
  `${(share * 100).toFixed(1)}%`,
];
