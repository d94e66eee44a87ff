// Other questions than the two main ones, through the door: what an officer also asks, and what is hard to find in a large log.

import { addDays, today } from "../../../shared/kernel/plain-date";
import type { BenchOptions } from "../kit/benchmark";
import { percentile } from "../kit/samples";
import type { Door } from "./door";
import { ASK, PAGE, type Filter, type MainQuestion } from "./questions";

/** The figures of one other question. */
export interface OtherFigures {
  readonly question: string;
  readonly p50Ms: number;
  readonly mostMs: number;
  readonly asked: number;
  /** How many of them were refused, as too wide. */
  readonly refused: number;
}

const TIMES = 20;
/** A rule with which some entries in hundred thousand have to do. */
const RARE_RULE = "rule-rare";

const daysAgo = (days: number): string => `${addDays(today(), -days)}T00:00:00Z`;
const COUNTS = `query Counts($period: AccessLogPeriod!, $filter: AccessLogFilter) {
  accessLogCounts(period: $period, by: DAY, filter: $filter) { key entries delivered withheld }
}`;

interface OtherQuestion {
  readonly name: string;
  readonly query: string;
  readonly variables: (n: number, draw: Draw) => object;
}

type Draw = (question: MainQuestion, n: number) => Filter;

const paged = (name: string, filter: (n: number, draw: Draw) => Filter, total = false): OtherQuestion => ({
  name,
  query: ASK,
  variables: (n, draw) => ({ filter: filter(n, draw), first: PAGE, after: null, total }),
});

const QUESTIONS: readonly OtherQuestion[] = [
  paged("who saw this child, with the number of entries", (n, draw) => draw("who", n), true),
  paged("what did this worker see, with the number of entries", (n, draw) => draw("what", n), true),
  paged("what did this worker see in a month a year ago", (n, draw) => ({
    ...draw("what", n),
    from: daysAgo(365 + 30),
    to: daysAgo(365),
  })),
  paged("in an emergency", () => ({ emergency: true })),
  paged("refused", () => ({ outcome: "REFUSED" })),
  paged("reporters withheld", () => ({ withheld: "REPORTER" })),
  paged("a rare rule, in a month", () => ({ rule: RARE_RULE, from: daysAgo(60), to: daysAgo(30) })),
  paged("a rare rule, in a year", () => ({ rule: RARE_RULE, from: daysAgo(365) })),
  paged("a rare rule, in all years", () => ({ rule: RARE_RULE })),
  {
    name: "entries per day of a month",
    query: COUNTS,
    variables: () => ({ period: { from: daysAgo(60), to: daysAgo(30) } }),
  },
  {
    name: "entries per day of a quarter",
    query: COUNTS,
    variables: () => ({ period: { from: daysAgo(120), to: daysAgo(30) } }),
  },
];

/** Asks each some times. */
export async function measureOthers(
  { door, draw }: { readonly door: Door; readonly draw: Draw },
  { signal, quick }: BenchOptions,
): Promise<OtherFigures[]> {
  const measured: OtherFigures[] = [];
  for (const { name, query, variables } of QUESTIONS) {
    const latencies: number[] = [];
    let refused = 0;
    for (let n = 0; n < (quick ? TIMES / 4 : TIMES); n += 1) {
      signal.throwIfAborted();
      const begun = performance.now();
      const answer = await door.ask(query, variables(n, draw));
      latencies.push(performance.now() - begun);
      if ("refusedWith" in answer) refused += 1;
    }
    measured.push({
      question: name,
      p50Ms: percentile(latencies, 0.5),
      mostMs: Math.max(...latencies),
      asked: latencies.length,
      refused,
    });
  }
  return measured;
}
