// The tables of growth.

import { inFigures, inWhole, tableOf, wrapped } from "../../kit/table";
import type { DecisionStep } from "./decisions";
import { exponentOf } from "./fit";
import type { Growth, GrowthFigures } from "./measure";

/** All tables, with what their columns mean. */
export function growthReportOf({ growth, decisions }: GrowthFigures): string {
  return [
    ...growth.flatMap((one) => [tableOfGrowth(one), ""]),
    ...(decisions.length === 0 ? [] : [tableOfDecisions(decisions), ""]),
    ...wrapped(
      "One request at a time. gateway: processor time of the gateway's own process for one request; database: that of " +
        "PostgreSQL for it; p50: by the clock. x: over the first row. each more: what each one more than in the row before took (ms). " +
        "exponent: of the power of the size that fits best (least squares over logarithms; rows of size 0 left out).",
    ),
    ...wrapped(
      "Where more is asked, x stays at or below x size, the exponent at or below 1, and each more does not rise. Where more is " +
        "merely stored, x stays near 1 and the exponent near 0.",
    ),
  ].join("\n");
}

const orNothing = (figure: number | undefined): string => (figure === undefined ? "" : inFigures(figure));

function tableOfGrowth({ what, asked, steps, exponents }: Growth): string {
  const rows = steps.map((one) => [
    inWhole(one.size),
    ...(asked ? [orNothing(one.timesSize)] : []),
    inFigures(one.processorMs),
    inFigures(one.timesProcessor),
    ...(asked ? [orNothing(one.eachMoreMs)] : []),
    orNothing(one.databaseMs),
    orNothing(one.timesDatabase),
    ...(asked ? [orNothing(one.eachMoreDatabaseMs)] : []),
    inFigures(one.p50Ms),
    inWhole(one.measured),
  ]);
  const { processor, database, clock } = exponents;
  const fitted = [
    "exponent",
    ...(asked ? [""] : []),
    orNothing(processor),
    "",
    ...(asked ? [""] : []),
    orNothing(database),
    "",
    ...(asked ? [""] : []),
    orNothing(clock),
  ];
  const head = [
    what,
    ...(asked ? ["x size"] : []),
    "gateway (ms)",
    "x",
    ...(asked ? ["each more"] : []),
    "database (ms)",
    "x",
    ...(asked ? ["each more"] : []),
    "p50 (ms)",
    "requests",
  ];
  return tableOf(head, [...rows, fitted]);
}

function tableOfDecisions(steps: readonly DecisionStep[]): string {
  const exponent = (costOf: (step: DecisionStep) => number): string =>
    orNothing(exponentOf(steps.map((one) => ({ size: one.rules, cost: costOf(one) }))));
  return tableOf(
    ["rules in force", "loading (ms)", "first decision (µs)", "remembered (µs)", "decisions"],
    [
      ...steps.map((one) => [
        inWhole(one.rules),
        ...[one.loadMs, one.firstMicroseconds, one.rememberedMicroseconds].map(inFigures),
        inWhole(one.decisions),
      ]),
      [
        "exponent",
        exponent((one) => one.loadMs),
        exponent((one) => one.firstMicroseconds),
        exponent((one) => one.rememberedMicroseconds),
      ],
    ],
  );
}
