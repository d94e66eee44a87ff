// How the cost of a request grows: with what is asked, which is to be at most in proportion, and with what is merely stored,
// with which it is not to grow at all.

import type { BenchOptions } from "../../kit/benchmark";
import { createPoster } from "../../kit/load";
import * as asked from "./asked";
import { measureDecisionGrowth, type DecisionStep } from "./decisions";
import { exponentOf } from "./fit";
import type { Growing, GrowthTools } from "./growing";
import { startGrowthStage } from "./stage";
import { consentsMadeAgain, consentsOfOthers, logEntries, rules } from "./stored";
import type { Measured } from "./step";

/** One row of a table. */
export interface GrowthStep extends Measured {
  /** Times the first row: processor time of the gateway, that of the database, and size. */
  readonly timesProcessor: number;
  readonly timesDatabase?: number;
  readonly timesSize?: number;
  /** What each one more than in the row before took: processor time of the gateway, and of the database. */
  readonly eachMoreMs?: number;
  readonly eachMoreDatabaseMs?: number;
}

/** One thing that grows. */
export interface Growth {
  readonly what: string;
  /** Whether more of it is asked, or only stored. */
  readonly asked: boolean;
  readonly steps: readonly GrowthStep[];
  /** Of the power of the size that fits best, over the rows with a size above 0. */
  readonly exponents: Readonly<Partial<Record<"clock" | "processor" | "database", number>>>;
}

/** All that was measured. */
export interface GrowthFigures {
  readonly growth: readonly Growth[];
  /** Empty when the rules were not measured. */
  readonly decisions: readonly DecisionStep[];
}

/** What can be measured by itself, by its name on the command line. */
export const TABLES = {
  families: asked.families,
  members: asked.members,
  organisations: asked.organisations,
  consents: consentsOfOthers,
  repeats: consentsMadeAgain,
  rules,
  log: logEntries,
} as const satisfies Readonly<Record<string, Growing>>;
export type TableName = keyof typeof TABLES;

/** Measures these tables, on hubs of their own. */
export async function measureGrowth(
  names: readonly TableName[],
  options: BenchOptions,
): Promise<GrowthFigures> {
  const poster = createPoster(1);
  const onStage: GrowthTools["onStage"] = async (plan, act) => {
    const stage = await startGrowthStage(plan);
    try {
      return await act(stage, poster);
    } finally {
      await stage.stop();
    }
  };
  const growth: Growth[] = [];
  try {
    for (const growing of names.map((name): Growing => TABLES[name])) {
      growth.push(growthOf(growing, await growing.measure({ options, onStage })));
    }
  } finally {
    await poster.close();
  }
  return { growth, decisions: names.includes("rules") ? measureDecisionGrowth(options) : [] };
}

function growthOf({ what, asked: isAsked }: Growing, measured: readonly Measured[]): Growth {
  const [first] = measured;
  if (!first) throw new Error("Nothing was measured.");
  const steps = measured.map((one, index): GrowthStep => {
    const before = isAsked ? measured[index - 1] : undefined;
    const databaseMs = one.databaseMs ?? Number.NaN;
    return {
      ...one,
      timesProcessor: one.processorMs / first.processorMs,
      ...known("timesDatabase", databaseMs / (first.databaseMs ?? Number.NaN)),
      ...(first.size > 0 ? { timesSize: one.size / first.size } : {}),
      ...(before && {
        eachMoreMs: (one.processorMs - before.processorMs) / (one.size - before.size),
        ...known(
          "eachMoreDatabaseMs",
          (databaseMs - (before.databaseMs ?? Number.NaN)) / (one.size - before.size),
        ),
      }),
    };
  });
  const found = {
    clock: exponentOf(measured.map(({ size, p50Ms }) => ({ size, cost: p50Ms }))),
    processor: exponentOf(measured.map(({ size, processorMs }) => ({ size, cost: processorMs }))),
    database: exponentOf(
      measured.flatMap(({ size, databaseMs }) =>
        databaseMs === undefined ? [] : [{ size, cost: databaseMs }],
      ),
    ),
  };
  const exponents = Object.fromEntries(Object.entries(found).filter(([, one]) => one !== undefined));
  return { what, asked: isAsked, steps, exponents };
}

/** A figure, left out where what it is made of is not known. */
const known = <Name extends string>(name: Name, figure: number): Partial<Record<Name, number>> =>
  Number.isFinite(figure) ? ({ [name]: figure } as Record<Name, number>) : {};
