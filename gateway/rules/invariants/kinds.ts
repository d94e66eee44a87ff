// What a promise about the rules looks like, and how it is checked: over all combinations of facts, with diagrams.

import type { Outcome } from "../../../shared/kernel/codes";
import { count } from "../../privacy/cover/count";
import type { Cover, Verdict } from "../../privacy/cover/cover";
import { conditionOf, cubeIn, exampleOf, type Cube } from "../../privacy/cover/cubes";
import { NO, YES, type Node } from "../../privacy/cover/diagrams";
import { possible } from "../../privacy/cover/possible";
import type { Space } from "../../privacy/cover/space";
import { FACT_VALUES, type Facts } from "../../privacy/facts";

/** A promise that must hold for every combination that it speaks of. */
export interface Invariant {
  readonly id: string;
  readonly sentence: string;
  check(ground: Ground): Finding;
}

/** What a promise is checked against. */
export interface Ground {
  readonly cover: Cover;
  readonly space: Space;
  /** Where the outcome is one of these. */
  readonly outcomeIn: (...outcomes: readonly Outcome[]) => Node;
  /** The decision as openness alone: a leaf of OPENNESS. */
  readonly openness: Node;
  readonly possible: Node;
}

/** What a check found. */
export interface Finding {
  /** How many combinations, or pairs of them, the promise speaks of. */
  readonly covered: bigint;
  readonly unit: "combinations" | "pairs" | "rules";
  /** For how many of these it is broken. */
  readonly broken: bigint;
  readonly example?: Example;
  /** What is broken, where no combination shows it. */
  readonly detail?: string;
}

/** Where a promise is broken. */
export interface Example {
  /** The facts that matter; whatever the others are, it is broken. */
  readonly cube: Cube;
  /** One such combination, or two that differ in what the promise is about, with what came out. */
  readonly cases: readonly { readonly facts: Facts; readonly verdict: Verdict }[];
  /** The facts in which two cases differ. */
  readonly differing: readonly (keyof Facts)[];
}

/** How open an outcome is. */
export const OPENNESS: Readonly<Record<Outcome, number>> = { DENY: 0, HOLD: 1, PERMIT: 2 };
const OUTCOMES: readonly Outcome[] = ["DENY", "HOLD", "PERMIT"];

/** Prepares a cover for checks. */
export function createGround(cover: Cover): Ground {
  const { space, verdicts } = cover;
  const openness = space.diagrams.map(
    cover.decision,
    (place) => OPENNESS[(verdicts[place] as Verdict).outcome],
  );
  return {
    cover,
    space,
    openness,
    possible: possible(space),
    outcomeIn: (...outcomes) =>
      space.diagrams.map(openness, (value) => (outcomes.includes(OUTCOMES[value] as Outcome) ? YES : NO)),
  };
}

type Where = (ground: Ground) => Node;

/** Promises that, where `where` holds, no other outcome than these comes out. */
export function only(id: string, sentence: string, where: Where, ...outcomes: readonly Outcome[]): Invariant {
  return {
    id,
    sentence,
    check(ground) {
      const { diagrams } = ground.space;
      const asked = where(ground);
      const broken = diagrams.and(asked, diagrams.not(ground.outcomeIn(...outcomes)));
      return findingOf(ground, asked, broken);
    },
  };
}

/** Promises that a condition on the rules themselves never holds. */
export function never(id: string, sentence: string, condition: Where): Invariant {
  return {
    id,
    sentence,
    check: (ground) => findingOf(ground, ground.space.diagrams.always, condition(ground)),
  };
}

/** A change of some facts, all others staying as they are. */
export interface Change {
  readonly from: Partial<Facts>;
  readonly to: Partial<Facts>;
}

/**
 * Promises something of what each of these changes does to the outcome. `where` must not speak of the facts that
 * change; `allowed` gets the outcome before and after.
 */
export function changing(
  id: string,
  sentence: string,
  changes: readonly Change[],
  where: Where,
  allowed: (before: Outcome, after: Outcome) => boolean,
): Invariant {
  return {
    id,
    sentence,
    check(ground) {
      const { space, openness } = ground;
      const { diagrams } = space;
      let [covered, broken] = [0n, 0n];
      let example: Example | undefined;
      for (const { from, to } of changes) {
        const asked = where(ground);
        const bad = diagrams.apply(space.fixed(openness, from), space.fixed(openness, to), (before, after) =>
          allowed(OUTCOMES[before] as Outcome, OUTCOMES[after] as Outcome) ? NO : YES,
        );
        const found = diagrams.and(asked, bad);
        const facts = Object.keys(from) as (keyof Facts)[];
        covered += withoutFacts(space, count(diagrams, asked), facts);
        broken += withoutFacts(space, count(diagrams, found), facts);
        if (found !== diagrams.never) example ??= exampleOfChange(ground, found, { from, to });
      }
      return { covered, unit: "pairs", broken, ...(example === undefined ? {} : { example }) };
    },
  };
}

/** A change may leave the outcome as open as it was or close it, never open it. */
export const neverOpens = (before: Outcome, after: Outcome): boolean => OPENNESS[after] <= OPENNESS[before];

/** Every change of these facts to another value of their list, one fact at a time. */
export const everyChangeOf = (names: readonly (keyof Facts)[]): Change[] =>
  names.flatMap((name) => {
    const [first, ...others] = FACT_VALUES[name];
    return others.map((other) => ({ from: { [name]: first }, to: { [name]: other } }));
  });

/** Promises that, where `where` holds, neither outcome nor rule depends on these facts. */
export function independent(
  id: string,
  sentence: string,
  names: readonly (keyof Facts)[],
  where: Where,
): Invariant {
  return {
    id,
    sentence,
    check(ground) {
      const { cover, space } = ground;
      const { diagrams } = space;
      const asked = where(ground);
      let example: Example | undefined;
      let broken = diagrams.never;
      for (const { from, to } of everyChangeOf(names)) {
        const differ = diagrams.differ(space.fixed(cover.decision, from), space.fixed(cover.decision, to));
        const found = diagrams.and(asked, differ);
        broken = diagrams.or(broken, diagrams.and(found, space.where(listed(to))));
        if (found !== diagrams.never) example ??= exampleOfChange(ground, found, { from, to });
      }
      return {
        covered: count(diagrams, asked),
        unit: "combinations",
        broken: count(diagrams, broken),
        ...(example === undefined ? {} : { example }),
      };
    },
  };
}

function findingOf(ground: Ground, asked: Node, broken: Node): Finding {
  const { diagrams } = ground.space;
  const example = broken === diagrams.never ? {} : { example: exampleOfOne(ground, broken) };
  const [covered, found] = [count(diagrams, asked), count(diagrams, broken)];
  return { covered, unit: "combinations", broken: found, ...example };
}

function exampleOfOne(ground: Ground, broken: Node): Example {
  const { cube, facts } = typical(ground, broken);
  return { cube, differing: [], cases: [{ facts, verdict: ground.cover.verdictAt(facts) }] };
}

function exampleOfChange(ground: Ground, broken: Node, { from, to }: Change): Example {
  const { cube, facts } = typical(ground, broken);
  const cases = [from, to].map((changed) => {
    const whole = { ...facts, ...changed };
    return { facts: whole, verdict: ground.cover.verdictAt(whole) };
  });
  return { cube, differing: Object.keys(from) as (keyof Facts)[], cases };
}

/** One that a request can have, when there is one. */
function typical({ space, possible: real }: Ground, broken: Node): { cube: Cube; facts: Facts } {
  const { diagrams } = space;
  const isReal = diagrams.and(broken, real) !== diagrams.never;
  const matters = isReal ? real : diagrams.always;
  const cube = cubeIn(diagrams, broken, matters);
  const inside = diagrams.and(broken, matters, conditionOf(diagrams, cube));
  return { cube, facts: space.factsAt(exampleOf(diagrams, inside)) };
}

/** Of a count over all combinations, those with one value for each of these facts. */
const withoutFacts = (space: Space, counted: bigint, names: readonly (keyof Facts)[]): bigint =>
  names.reduce((left, name) => left / BigInt(space.valuesOf(name).length), counted);

const listed = (facts: Partial<Facts>) =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, [value]]));
