// Turns a condition into a few boxes that people can read: in each, some facts have one of some values and the others
// do not matter. The boxes may overlap; together they hold exactly where the condition does.

import { NO, type Diagrams, type Node } from "./diagrams";

/** Per level the places that are allowed; a level that is not there does not matter. */
export type Cube = ReadonlyMap<number, ReadonlySet<number>>;

/** The condition that a box describes. */
export function conditionOf(diagrams: Diagrams, cube: Cube): Node {
  const { never, always } = diagrams;
  const tests = [...cube].map(([level, places]) =>
    diagrams.test(level, (place) => (places.has(place) ? always : never)),
  );
  return diagrams.and(...tests);
}

/**
 * Boxes that hold together exactly where `condition` does, as far as it matters: where `matters` does not hold,
 * either answer is right, which makes for fewer words.
 */
export function cubesOf(diagrams: Diagrams, condition: Node, matters: Node = diagrams.always): Cube[] {
  const wanted = diagrams.and(condition, matters);
  const allowed = diagrams.or(condition, diagrams.not(matters));
  const cubes: Cube[] = [];
  let left = wanted;
  while (left !== diagrams.never) {
    const cube = tighten(diagrams, widen(diagrams, firstPath(diagrams, left), allowed), wanted);
    cubes.push(cube);
    left = diagrams.and(left, diagrams.not(conditionOf(diagrams, cube)));
  }
  return withoutNeedless(diagrams, cubes, wanted);
}

/** A box of which every combination that matters fulfils the condition. Throws a RangeError when none does. */
export function cubeIn(diagrams: Diagrams, condition: Node, matters: Node = diagrams.always): Cube {
  const wanted = diagrams.and(condition, matters);
  const allowed = diagrams.or(condition, diagrams.not(matters));
  return tighten(diagrams, widen(diagrams, firstPath(diagrams, wanted), allowed), wanted);
}

/** One combination for which a condition holds, as a place per level; of the values of each fact the first that will do. */
export function exampleOf(diagrams: Diagrams, condition: Node): number[] {
  const path = firstPath(diagrams, condition);
  return diagrams.widths.map((_, level) => [...(path.get(level) ?? [0])][0] as number);
}

/** A way from the root to a leaf that is not NO. Throws a RangeError when there is none. */
function firstPath(diagrams: Diagrams, root: Node): Cube {
  if (root === diagrams.never) throw new RangeError("The condition never holds.");
  const path = new Map<number, ReadonlySet<number>>();
  let node = root;
  while (diagrams.valueOf(node) === undefined) {
    const level = diagrams.level(node);
    const places = Array.from({ length: diagrams.widths[level] as number }, (_, place) => place);
    const from = node;
    const open = places.find((place) => diagrams.branch(from, place) !== diagrams.never) as number;
    path.set(level, new Set([open]));
    node = diagrams.branch(node, open);
  }
  return path;
}

/** Leaves facts out of a box, and adds values to it, as long as it stays where it is allowed. */
function widen(diagrams: Diagrams, cube: Cube, allowed: Node): Cube {
  const wide = new Map(cube);
  // What few rules ask for is left out first: people know the facts that many rules ask for.
  for (const [level, places] of [...cube].toReversed()) {
    wide.delete(level);
    if (within(diagrams, wide, allowed)) continue;
    let grown: ReadonlySet<number> = places;
    for (let place = 0; place < (diagrams.widths[level] as number); place += 1) {
      const more = new Set([...grown, place]);
      if (within(diagrams, new Map([...wide, [level, more]]), allowed)) grown = more;
    }
    wide.set(level, grown);
  }
  return wide;
}

/** Takes out of a box the values under which nothing of what is wanted lies. */
function tighten(diagrams: Diagrams, cube: Cube, wanted: Node): Cube {
  const inside = diagrams.and(wanted, conditionOf(diagrams, cube));
  const tight = [...cube].map(([level, places]): [number, ReadonlySet<number>] => {
    const needed = [...places].filter((place) => diagrams.fix(inside, level, place) !== diagrams.never);
    return [level, new Set(needed.toSorted((one, other) => one - other))];
  });
  return new Map(tight.toSorted(([one], [other]) => one - other));
}

/** Does the condition `allowed` hold in the whole box? */
function within(diagrams: Diagrams, cube: Cube, allowed: Node): boolean {
  const known = new Map<Node, boolean>();
  const walk = (node: Node): boolean => {
    const value = diagrams.valueOf(node);
    if (value !== undefined) return value !== NO;
    const before = known.get(node);
    if (before !== undefined) return before;
    const level = diagrams.level(node);
    const places =
      cube.get(level) ?? Array.from({ length: diagrams.widths[level] as number }, (_, one) => one);
    const answer = [...places].every((place) => walk(diagrams.branch(node, place)));
    known.set(node, answer);
    return answer;
  };
  return walk(allowed);
}

/** Drops boxes that the others make up for. */
function withoutNeedless(diagrams: Diagrams, cubes: readonly Cube[], wanted: Node): Cube[] {
  const kept = [...cubes];
  for (const cube of cubes) {
    const others = kept.filter((one) => one !== cube);
    const covered = diagrams.or(...others.map((one) => conditionOf(diagrams, one)));
    if (diagrams.and(wanted, diagrams.not(covered)) === diagrams.never) kept.splice(kept.indexOf(cube), 1);
  }
  return kept;
}
