// The figures of this benchmark in words and tables.

import { inFigures, inWhole, tableOf, wrapped } from "../kit/table";
import type { Compared, GatewayFigures } from "./compare";
import { CONTESTANTS, NAMES, OTHERS } from "./contestants";
import { QUICKEST_MS, SLOWEST_MS } from "./delays";
import type { Comparison } from "./measure";

/** The target of the combined view at 16 requests at once, and with slow sources. */
export const TARGETS = { overApollo: 1.5, overHiveRust: 1, overSlowestSource: 1.1 } as const;

/** The whole report, but for the line about the machine. */
export function reportOf({ compared, peers }: Comparison): string {
  return [
    ...compared.flatMap((one) => [tableAt(one), ""]),
    ratioTable(compared),
    "",
    ...slowestLines(compared),
    ...notes(),
    ...("missing" in peers ? wrapped(`Hive Gateway was left out: ${peers["missing"] ?? ""}.`) : []),
  ].join("\n");
}

const titleOf = ({ work, slowSources, concurrency }: Compared): string =>
  `${work}${slowSources ? ", slow sources" : ""}, ${concurrency} at once`;

function tableAt(one: Compared): string {
  const row = (name: string, figures: GatewayFigures): string[] => [
    name,
    ...[figures.perSecond, figures.p50Ms, figures.p95Ms, figures.p99Ms, figures.processorMs].map(inFigures),
    inWhole(figures.memoryMb),
    inWhole(figures.measured),
    inWhole(figures.refused),
  ];
  return tableOf(
    [
      titleOf(one),
      "per second",
      "p50 (ms)",
      "p95 (ms)",
      "p99 (ms)",
      "processor (ms)",
      "memory (MB)",
      "answered",
      "refused",
    ],
    CONTESTANTS.flatMap((name) => {
      const figures = one.gateways[name];
      return figures ? [row(NAMES[name], figures)] : [];
    }),
  );
}

/** The hub's gateway to each other one. */
function ratioTable(compared: readonly Compared[]): string {
  const rows = compared.flatMap((one) =>
    OTHERS.flatMap((other) => {
      const ratio = one.ratios[other];
      if (!ratio) return [];
      const { middle, least, most } = ratio.byRound;
      return [
        [
          `${titleOf(one)}: to ${NAMES[other]}`,
          inFigures(ratio.throughput),
          `${middle.toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)})`,
          ...[ratio.p50, ratio.p99, ratio.processor].map(inFigures),
        ],
      ];
    }),
  );
  return tableOf(
    ["Schakel, everything on", "per second", "by round", "p50", "p99", "processor"],
    rows.map((row) => row.map((cell, column) => (column === 0 ? cell : `x ${cell}`))),
  );
}

function slowestLines(compared: readonly Compared[]): string[] {
  return compared.flatMap(({ slowSources, concurrency, work, gateways }) => {
    const own = gateways.schakel;
    if (!slowSources || !own) return [];
    const ratio = (own.p50Ms / SLOWEST_MS).toFixed(2);
    return wrapped(
      `${work} with slow sources, ${concurrency} at once: p50 is ${ratio} x the slowest source (${SLOWEST_MS} ms). ` +
        `Target: at most ${TARGETS.overSlowestSource}.`,
    );
  });
}

const notes = (): string[] => [
  ...wrapped(
    `Targets, for the view with 16 at once: at least ${TARGETS.overApollo} x the requests per second of ${NAMES.apollo}, p99 no ` +
      `longer; ${TARGETS.overHiveRust} x ${NAMES.hiveRust} is aimed at.`,
  ),
  ...wrapped(
    "Every gateway has a process of its own, as have the sources, PostgreSQL, and the load. All ask the same sources, with " +
      `fixed answers: at once, or slow (the organisations ${QUICKEST_MS} to ${SLOWEST_MS} ms). Measured in turn, in short ` +
      "windows, after each had answered every field as the bare gateway does. All rounds count.",
  ),
  ...wrapped(
    "by hand: a plain server that makes the same calls and merges by hand. processor: time of the gateway's own process for " +
      "one request; of Schakel the database is not in it. memory: of the process, at most. refused: with status 503, because the access log could not keep up; in no other column. to ...: Schakel's figure over the other's.",
  ),
];
