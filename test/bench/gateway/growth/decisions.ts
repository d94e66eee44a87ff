// What more rules cost where the rules are looked at: when a set is loaded, and when facts are decided on that were never seen
// before. After that a decision is remembered.

import { deciderOver } from "../../../../gateway/policy-files";
import type { Decider, Decision } from "../../../../gateway/privacy/decide";
import type { Facts } from "../../../../gateway/privacy/facts";
import { BenchError, type BenchOptions } from "../../kit/benchmark";
import { countRules, rulesTimes } from "../../kit/more-rules";
import { take, type Taken } from "../../kit/stopwatch";
import { distinctFacts } from "../../rules/decisions";
import { RULES_TIMES } from "./stored";

/** Processor time with so many rules. */
export interface DecisionStep {
  readonly rules: number;
  /** Reading the set, checking it against its schema, and making it ready. */
  readonly loadMs: number;
  readonly firstMicroseconds: number;
  readonly rememberedMicroseconds: number;
  /** Different combinations of facts that were decided on. */
  readonly decisions: number;
}

const WARM_UP = 100;
const DECISIONS = { quick: 500, normal: 2_000 };
const REPEATS = 200;
const MICROSECONDS = 1_000_000;

/** Measures; rejects when rules that hold for no request make any decision another one. */
export function measureDecisionGrowth({ quick, signal, say }: BenchOptions): DecisionStep[] {
  const facts = possibleFacts(WARM_UP + (quick ? DECISIONS.quick : DECISIONS.normal));
  let asBefore: readonly Decision[] | undefined;
  return RULES_TIMES.map((times) => {
    signal.throwIfAborted();
    const files = rulesTimes(times);
    const rules = countRules(files);
    say(`decisions with ${rules} rules ...`);
    let decider: Decider | undefined;
    const loaded = take(() => {
      decider = deciderOver(files);
    });
    if (!decider) throw new Error("No decider.");
    const decided = decideAll(decider, facts);
    requireSame(asBefore ?? decided.decisions, decided.decisions);
    asBefore ??= decided.decisions;
    return {
      rules,
      loadMs: loaded.processorSeconds * 1000,
      firstMicroseconds: microsecondsOf(decided.first, facts.length - WARM_UP),
      rememberedMicroseconds: microsecondsOf(decided.again, (facts.length - WARM_UP) * REPEATS),
      decisions: facts.length - WARM_UP,
    };
  });
}

/** Without pressure where a measure is in force: no request has both, and that is what the rules that are added ask for. */
const possibleFacts = (many: number): Facts[] =>
  distinctFacts(2 * many)
    .filter(({ drang, framework }) => !drang || framework !== "COMPULSORY")
    .slice(0, many);

const microsecondsOf = ({ processorSeconds }: Taken, many: number): number =>
  (processorSeconds * MICROSECONDS) / many;

/** Decides once on all, then often on those after the warm-up. */
function decideAll(decider: Decider, facts: readonly Facts[]) {
  const decisions = facts.slice(0, WARM_UP).map((one) => decider.decide(one));
  const measured = facts.slice(WARM_UP);
  const first = take(() => {
    for (const one of measured) decisions.push(decider.decide(one));
  });
  const again = take(() => {
    for (let time = 0; time < REPEATS; time += 1) for (const one of measured) decider.decide(one);
  });
  return { decisions, first, again };
}

function requireSame(expected: readonly Decision[], decisions: readonly Decision[]): void {
  const differing = decisions.filter(
    ({ outcome, rule }, index) => outcome !== expected[index]?.outcome || rule !== expected[index]?.rule,
  );
  if (differing.length === 0) return;
  throw new BenchError(
    `With more rules ${differing.length} decisions are others; the figures would mean nothing.`,
  );
}
