// Holds a cover against plain evaluation by Cedar, on random combinations: the diagrams read the rules in a way of their
// own, and this finds it when they read them differently.

import type { Outcome } from "../../shared/kernel/codes";
import type { Cover } from "../privacy/cover/cover";
import type { Node } from "../privacy/cover/diagrams";
import type { FactValue, Space } from "../privacy/cover/space";
import type { Decider } from "../privacy/decide";
import { FACT_NAMES, FACT_VALUES, type Facts } from "../privacy/facts";
import { employs, purposesOpenTo } from "../privacy/purposes";

/** A combination on which the two do not agree. */
export interface Difference {
  readonly facts: Facts;
  readonly byCedar: string;
  readonly byCover: string;
}

/** What was compared. */
export interface Comparison {
  readonly compared: number;
  readonly seed: number;
  /** How often each outcome was met, and by which rules. */
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly rules: readonly string[];
  readonly differing: number;
  /** The first of those that differ. */
  readonly differences: readonly Difference[];
}

const SHOWN = 5;

/**
 * Compares outcome and rule on `count` combinations. In turn they are drawn evenly; drawn and made plausible, as real
 * requests are; taken from the combinations of one verdict after another; and those with one fact changed.
 */
export function compareWithCedar(cover: Cover, decider: Decider, count: number, seed: number): Comparison {
  const random = createRandom(seed);
  const outcomes: Record<Outcome, number> = { PERMIT: 0, HOLD: 0, DENY: 0 };
  const rules = new Set<string>();
  const differences: Difference[] = [];
  let differing = 0;
  for (const facts of drawn(cover, count, random)) {
    const byCedar = decider.decide(facts);
    const byCover = cover.verdictAt(facts);
    outcomes[byCedar.outcome] += 1;
    rules.add(byCedar.rule);
    if (byCedar.outcome === byCover.outcome && byCedar.rule === byCover.rule.id) continue;
    differing += 1;
    if (differences.length < SHOWN) {
      differences.push({
        facts,
        byCedar: `${byCedar.outcome} by ${byCedar.rule}`,
        byCover: `${byCover.outcome} by ${byCover.rule.id}`,
      });
    }
  }
  return { compared: count, seed, outcomes, rules: [...rules], differing, differences };
}

/** Adds up comparisons that were made side by side; `seed` is the one they were asked for. */
export function addUp(parts: readonly Comparison[], seed: number): Comparison {
  const sum = (of: (part: Comparison) => number): number => parts.reduce((all, part) => all + of(part), 0);
  return {
    compared: sum(({ compared }) => compared),
    seed,
    outcomes: {
      PERMIT: sum(({ outcomes }) => outcomes.PERMIT),
      HOLD: sum(({ outcomes }) => outcomes.HOLD),
      DENY: sum(({ outcomes }) => outcomes.DENY),
    },
    rules: [...new Set(parts.flatMap(({ rules }) => rules))],
    differing: sum(({ differing }) => differing),
    differences: parts.flatMap(({ differences }) => differences).slice(0, SHOWN),
  };
}

/** Draws whole numbers from 0 up to, not including, its argument; the same seed draws the same. */
type Random = (below: number) => number;

/** Mulberry32: small, and even enough to draw samples. */
function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

function* drawn(cover: Cover, count: number, random: Random): Generator<Facts> {
  const { space, verdicts } = cover;
  const regions = verdicts.map((verdict) => cover.whereVerdict((one) => one === verdict));
  const even = (): Facts => factsFrom((name) => pick(space.valuesOf(name), random));
  for (let index = 0; index < count; index += 1) {
    const region = regions[Math.floor(index / WAYS) % regions.length] as Node;
    switch (index % WAYS) {
      case 0:
        yield even();
        break;
      case 1:
        yield plausible(even(), random);
        break;
      case 2:
        yield within(space, region, even(), random);
        break;
      default:
        yield oneChanged(within(space, region, even(), random), random);
    }
  }
}
const WAYS = 4;

const factsFrom = (valueOf: (name: keyof Facts) => FactValue): Facts =>
  Object.fromEntries(FACT_NAMES.map((name) => [name, valueOf(name)])) as unknown as Facts;

const pick = <Item>(items: readonly Item[], random: Random): Item => items[random(items.length)] as Item;

/** The same combination with a function that the employer can have, a purpose that is open to it, and a relation. */
function plausible(facts: Facts, random: Random): Facts {
  const functions = FACT_VALUES.requesterFunction.filter((one) => employs(facts.requesterKind, one));
  const requesterFunction = functions.length > 0 ? pick(functions, random) : facts.requesterFunction;
  const purposes = purposesOpenTo(requesterFunction);
  const relations = FACT_VALUES.relation.filter((one) => one !== "NONE");
  const sameKind = FACT_VALUES.holderKind.find((one) => one === facts.requesterKind);
  return {
    ...facts,
    requesterFunction,
    purpose: purposes.length > 0 ? pick(purposes, random) : facts.purpose,
    relation: facts.relation === "NONE" ? pick(relations, random) : facts.relation,
    holderKind: facts.sameOrganisation && sameKind !== undefined ? sameKind : facts.holderKind,
  };
}

/** A combination of this region: at each fact that matters there, one of the values that stay inside. */
function within(space: Space, region: Node, facts: Facts, random: Random): Facts {
  const { diagrams } = space;
  if (region === diagrams.never) return facts;
  const places = space.names.map((name) => space.placeOf(name, facts[name]));
  let node = region;
  while (diagrams.valueOf(node) === undefined) {
    const level = diagrams.level(node);
    const from = node;
    const open = Array.from({ length: diagrams.widths[level] as number }, (_, place) => place).filter(
      (place) => diagrams.branch(from, place) !== diagrams.never,
    );
    const place = pick(open, random);
    places[level] = place;
    node = diagrams.branch(node, place);
  }
  return space.factsAt(places);
}

/** A neighbour: the edges of a rule are where it is most easily misread. */
function oneChanged(facts: Facts, random: Random): Facts {
  const name = pick(FACT_NAMES, random);
  return { ...facts, [name]: pick<FactValue>(FACT_VALUES[name], random) };
}
