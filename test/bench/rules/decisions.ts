// How fast decisions are: with facts that were never seen before, which Cedar evaluates, and with the same facts again.

import { loadDecider, readPolicyFiles } from "../../../gateway/policy-files";
import { DEFAULT_MEMORY, type Decider } from "../../../gateway/privacy/decide";
import { COMBINATIONS, factsNumber, type Facts } from "../../../gateway/privacy/facts";
import { plausible, spreadFacts } from "../../kit/facts";
import { BenchError, type BenchOptions } from "../kit/benchmark";
import { countRules } from "../kit/more-rules";
import { take, type Taken } from "../kit/stopwatch";

/** What was measured of decisions. */
export interface DecisionFigures {
  readonly policySet: string;
  readonly rules: number;
  /** Combinations of facts that there are; the memory never holds all of them. */
  readonly combinations: number;
  /** Different combinations that were decided on. */
  readonly distinct: number;
  /** How many decisions a gateway remembers. */
  readonly memorySize: number;
  readonly outcomes: Readonly<Record<"PERMIT" | "HOLD" | "DENY", number>>;
  readonly notRemembered: DecisionSpeed;
  readonly remembered: DecisionSpeed;
}

/** How fast one kind of decision is. */
export interface DecisionSpeed {
  readonly perSecond: number;
  readonly microsecondsEach: number;
  readonly processorMicrosecondsEach: number;
}

/** Decisions before the clock runs, so that Cedar is compiled. */
const WARM_UP = 200;
/** How often the same facts are decided on again in a round. */
const REPEATS = 100;
/** Different combinations over all rounds (the memory forgets beyond half of its size), and in one at most. */
const IN_ALL = { quick: 1_200, normal: 3_000 };
const MOST_PER_ROUND = 500;

/** Measures; rejects when what should be remembered is decided otherwise than the first time. */
export function measureDecisions(options: BenchOptions, rounds: number): DecisionFigures {
  const inAll = options.quick ? IN_ALL.quick : IN_ALL.normal;
  const perRound = Math.min(Math.ceil(inAll / rounds), MOST_PER_ROUND);
  const facts = distinctFacts(WARM_UP + rounds * perRound);
  const decider = loadDecider();
  decideAll(decider, facts.slice(0, WARM_UP), 1);

  const outcomes = { PERMIT: 0, HOLD: 0, DENY: 0 };
  const first: Taken[] = [];
  const again: Taken[] = [];
  for (let from = WARM_UP; from < facts.length; from += perRound) {
    options.signal.throwIfAborted();
    const fresh = facts.slice(from, from + perRound);
    const decided = decideAll(decider, fresh, 1);
    const repeated = decideAll(decider, fresh, REPEATS);
    first.push(decided.taken);
    again.push(repeated.taken);
    for (const [outcome, count] of Object.entries(decided.outcomes) as [keyof typeof outcomes, number][]) {
      outcomes[outcome] += count;
      if (repeated.outcomes[outcome] !== count * REPEATS) {
        throw new BenchError("What is remembered is not what was decided; the figures would mean nothing.");
      }
    }
  }
  const distinct = facts.length - WARM_UP;
  return {
    policySet: decider.version,
    rules: countRules(readPolicyFiles()),
    combinations: COMBINATIONS,
    distinct,
    memorySize: DEFAULT_MEMORY,
    outcomes,
    notRemembered: speedOf(distinct, first),
    remembered: speedOf(distinct * REPEATS, again),
  };
}

/** So many different combinations that a real request can have, the same each time. Throws a BenchError when there are not. */
export function distinctFacts(count: number): Facts[] {
  const found = new Map<number, Facts>();
  let step = 0;
  for (const any of spreadFacts(4 * count)) {
    const facts = plausible(any, step);
    step += 1;
    found.set(factsNumber(facts), facts);
    if (found.size === count) return [...found.values()];
  }
  throw new BenchError(`There are no ${count} different combinations of facts to decide on.`);
}

/** Decides on all of them, so often; only the whole is timed, for a clock costs as much as remembering. */
function decideAll(decider: Decider, facts: readonly Facts[], times: number) {
  const outcomes = { PERMIT: 0, HOLD: 0, DENY: 0 };
  const taken = take(() => {
    for (let time = 0; time < times; time += 1) {
      for (const one of facts) outcomes[decider.decide(one).outcome] += 1;
    }
  });
  return { outcomes, taken };
}

function speedOf(decisions: number, takes: readonly Taken[]): DecisionSpeed {
  const seconds = takes.reduce((sum, one) => sum + one.seconds, 0);
  const processorSeconds = takes.reduce((sum, one) => sum + one.processorSeconds, 0);
  return {
    perSecond: decisions / seconds,
    microsecondsEach: (seconds * 1_000_000) / decisions,
    processorMicrosecondsEach: (processorSeconds * 1_000_000) / decisions,
  };
}
