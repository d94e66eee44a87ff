// Where the time of a CPU profile goes: self time by package, or by folder and file of the project.

import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Profiler } from "node:inspector";
import { DIST } from "../../kit/project";

/** Self time of a part of the program. */
export interface PartTime {
  readonly part: string;
  readonly ms: number;
  /** Of the time in which anything ran, 0 to 1. */
  readonly share: number;
}

/** The parts of a profile, most time first. */
export interface ProfileSummary {
  /** Milliseconds in which anything ran. */
  readonly busyMs: number;
  readonly byPart: readonly PartTime[];
  readonly byFunction: readonly PartTime[];
}

/** Nothing runs in these. */
const RESTING = ["(idle)", "(program)", "(root)"];
/** Functions that are named. */
const MOST_FUNCTIONS = 40;

/** Whose code a file is: `npm <package>`, `node <module>`, or folder and file of the project. */
function partOf(url: string, functionName: string): string {
  if (url === "") return functionName.startsWith("(") ? functionName : "native";
  if (url.startsWith("node:")) return `node ${url.slice("node:".length).split("/").slice(0, 2).join("/")}`;
  const path = url.startsWith("file:") ? fileURLToPath(url) : url;
  const inPackage = path.split("node_modules/").at(-1);
  if (inPackage !== undefined && path.includes("node_modules/")) {
    const [scope = "", name = ""] = inPackage.split("/");
    return `npm ${scope.startsWith("@") ? `${scope}/${name}` : scope}`;
  }
  return relative(DIST, path);
}

/** Sums up a profile. */
export function summarise({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): ProfileSummary {
  const byId = new Map(nodes.map((node) => [node.id, node.callFrame]));
  const parts = new Map<string, number>();
  const functions = new Map<string, number>();
  let busy = 0;
  for (const [index, id] of samples.entries()) {
    const frame = byId.get(id);
    const us = Math.max(timeDeltas[index] ?? 0, 0);
    if (!frame || RESTING.includes(frame.functionName)) continue;
    busy += us;
    const part = partOf(frame.url, frame.functionName);
    parts.set(part, (parts.get(part) ?? 0) + us);
    const named = `${frame.functionName || "(anonymous)"} ${part}:${frame.lineNumber + 1}`;
    functions.set(named, (functions.get(named) ?? 0) + us);
  }
  const timesOf = (times: ReadonlyMap<string, number>): PartTime[] =>
    [...times]
      .map(([part, us]) => ({ part, ms: us / 1000, share: us / busy }))
      .toSorted((one, other) => other.ms - one.ms);
  return {
    busyMs: busy / 1000,
    byPart: timesOf(parts),
    byFunction: timesOf(functions).slice(0, MOST_FUNCTIONS),
  };
}
