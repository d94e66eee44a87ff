// A part of the space of facts as lines that people can read: which outcome, by which rule, under which facts.

import type { Outcome } from "../../shared/kernel/codes";
import { countLeaves } from "../privacy/cover/count";
import type { Cover, Verdict } from "../privacy/cover/cover";
import { cubesOf } from "../privacy/cover/cubes";
import { NO, YES, type Node } from "../privacy/cover/diagrams";
import { possible } from "../privacy/cover/possible";
import type { Facts } from "../privacy/facts";
import { conditionWords } from "./words";

/** One line: of several that stand together, the first that fits counts. */
export interface DecisionLine {
  readonly outcome: Outcome;
  readonly rule: string;
  readonly citation: string;
  /** The facts under which it holds, where none of the lines before it does. */
  readonly when: string;
  /** How many combinations come to it. */
  readonly count: bigint;
}

/** Reads parts of a cover into lines. */
export interface LineReader {
  /** The decision, with a leaf of its own for what no request can have. */
  readonly decision: Node;
  /**
   * The lines of what is left of `decision` when the facts named in `fixed` have one value each; counts are of those
   * values alone. Empty where no request can have those facts. Rules in `known` close first, which the reader of the
   * lines is told elsewhere: what opens does not say again that they do not match.
   */
  read(part: Node, fixed: readonly (keyof Facts)[], known?: readonly string[]): readonly DecisionLine[];
  /** How many combinations in such a part no request can have. */
  impossibleIn(part: Node, fixed: readonly (keyof Facts)[]): bigint;
}

/** The leaf for what no request can have; the others are places of verdicts. */
const IMPOSSIBLE = -1;

/** Makes a reader; it remembers the lines of a part, as the same part comes up in many places. */
export function createLineReader(cover: Cover): LineReader {
  const { space, verdicts } = cover;
  const { diagrams } = space;
  const decision = diagrams.choose(possible(space), cover.decision, diagrams.leaf(IMPOSSIBLE));
  const remembered = new Map<string, readonly DecisionLine[]>();

  /** Of all combinations of the whole space, those with one value for each of these facts. */
  const share = (count: bigint, fixed: readonly (keyof Facts)[]): bigint =>
    fixed.reduce((left, name) => left / BigInt(space.valuesOf(name).length), count);
  const where = (part: Node, place: number): Node =>
    diagrams.map(part, (value) => (value === place ? YES : NO));

  const linesOf = (part: Node, known: readonly string[]): readonly DecisionLine[] => {
    const counts = countLeaves(diagrams, part);
    const present = [...counts.keys()]
      .filter((place) => place !== IMPOSSIBLE)
      .toSorted((one, other) => rank(verdicts[one] as Verdict) - rank(verdicts[other] as Verdict));
    const real = diagrams.not(where(part, IMPOSSIBLE));
    // What closes may build on the lines before it; what opens says by itself when it does.
    const toldBefore = present.filter((place) => known.includes((verdicts[place] as Verdict).rule.id));
    const before = {
      closing: diagrams.never,
      opening: diagrams.or(...toldBefore.map((place) => where(part, place))),
    };
    return present.map((place, index) => {
      const { outcome, rule } = verdicts[place] as Verdict;
      const region = where(part, place);
      const side = outcome === "DENY" ? "closing" : "opening";
      const matters = diagrams.and(real, diagrams.not(before[side]));
      before[side] = diagrams.or(before[side], region);
      const isRest = outcome === "DENY" && index > 0 && index === present.length - 1;
      const when = isRest ? "otherwise" : conditionWords(space, cubesOf(diagrams, region, matters));
      return { outcome, rule: rule.id, citation: rule.citation, when, count: counts.get(place) ?? 0n };
    });
  };

  return {
    decision,
    read(part, fixed, known = []) {
      const key = `${part} ${known.join(" ")}`;
      const lines = remembered.get(key) ?? linesOf(part, known);
      remembered.set(key, lines);
      return lines.map((line) => ({ ...line, count: share(line.count, fixed) }));
    },
    impossibleIn: (part, fixed) => share(countLeaves(diagrams, part).get(IMPOSSIBLE) ?? 0n, fixed),
  };
}

/** Rules have orders below this. */
const HIGHEST_ORDER = 1_000;
const RANKS = ["DENY", "PERMIT", "DISCLOSE", "HOLD", "DEFAULT"] as const;

/** In the order in which rules are looked at: what closes, what opens, what is granted, what is held, the default. */
const rank = ({ rule }: Verdict): number =>
  RANKS.findIndex((effect) => effect === rule.effect) * HIGHEST_ORDER + rule.order;
