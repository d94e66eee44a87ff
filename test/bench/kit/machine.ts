// Under what the figures came about.

import { availableParallelism, cpus, loadavg, totalmem } from "node:os";

/** The machine, and what else it was doing. */
export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGb: number;
  readonly node: string;
  readonly platform: string;
  /** Processes that wanted to run, on average over the minute before the start. */
  readonly loadBefore: number;
}

/** Reads it; call it before anything is started. */
export function readMachine(): Machine {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? "unknown",
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
    loadBefore: loadavg()[0] ?? 0,
  };
}

/** The same in one line. */
export const machineLine = ({ cores, processor, memoryGb, node, platform, loadBefore }: Machine): string =>
  `${cores} cores (${processor}), ${memoryGb} GB, ${platform}, Node ${node}; load before the start ${loadBefore.toFixed(1)}`;
