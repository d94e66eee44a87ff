// Decision diagrams over facts that have more than two values each: one node per fact that matters, one branch per value.
// Because equal parts are one node, what a decision does not depend on takes no room, and all combinations of facts
// are covered by some thousand nodes. A condition is a diagram whose leaves are 0 (no) and 1 (yes).

import { createNodeTable, type Node } from "./node-table";

export type { Node } from "./node-table";

/** The values of the leaves of a condition. */
export const NO = 0;
export const YES = 1;

/** Makes and combines diagrams that share their nodes. Facts are named by their level, values by their place. */
export interface Diagrams {
  /** How many values the fact at each level has. */
  readonly widths: readonly number[];
  /** The conditions that never and always hold. */
  readonly never: Node;
  readonly always: Node;
  readonly leaf: (value: number) => Node;
  /** Tests one fact: each place leads to the node that `branch` gives for it. */
  readonly test: (level: number, branch: (place: number) => Node) => Node;
  /** Combines two diagrams leaf by leaf; `shortcut` may answer early for two nodes. */
  readonly apply: (one: Node, other: Node, leaves: Combine, shortcut?: Shortcut) => Node;
  /** Replaces each leaf's value. */
  readonly map: (node: Node, leaf: (value: number) => number) => Node;
  readonly and: (...conditions: readonly Node[]) => Node;
  readonly or: (...conditions: readonly Node[]) => Node;
  readonly not: (condition: Node) => Node;
  /** `then` where the condition holds, `otherwise` elsewhere. */
  readonly choose: (condition: Node, then: Node, otherwise: Node) => Node;
  /** What is left when a fact has one value; it does not depend on that fact any more. */
  readonly fix: (node: Node, level: number, place: number) => Node;
  /** Where two diagrams have different leaves. */
  readonly differ: (one: Node, other: Node) => Node;
  readonly level: (node: Node) => number;
  /** The value of a leaf; undefined for any other node. */
  readonly valueOf: (node: Node) => number | undefined;
  readonly branch: (node: Node, place: number) => Node;
  /** How many nodes were made so far. */
  readonly size: () => number;
}

type Combine = (one: number, other: number) => number;
type Shortcut = (one: Node, other: Node) => Node | undefined;

/** Numbers of nodes stay below this, so that a pair has one exact number. */
const PAIR = 2 ** 26;

/** Makes diagrams over facts with so many values each; the first fact is tested first. */
export function createDiagrams(widths: readonly number[]): Diagrams {
  const table = createNodeTable(widths);
  const never = table.leaf(NO);
  const always = table.leaf(YES);

  const branchesOf = (level: number, branch: (place: number) => Node): Node => {
    const branches = Array.from({ length: widths[level] as number }, (_, place) => branch(place));
    return table.node(level, branches);
  };
  /** The branch of a node for a value of the fact at `level`; the node itself when it does not test that fact. */
  const at = (node: Node, level: number, place: number): Node =>
    table.level(node) === level ? table.branch(node, place) : node;

  const apply = (one: Node, other: Node, leaves: Combine, shortcut?: Shortcut): Node => {
    const known = new Map<number, Node>();
    const walk = (left: Node, right: Node): Node => {
      const early = shortcut?.(left, right);
      if (early !== undefined) return early;
      const [first, second] = [table.valueOf(left), table.valueOf(right)];
      if (first !== undefined && second !== undefined) return table.leaf(leaves(first, second));
      const key = left * PAIR + right;
      const before = known.get(key);
      if (before !== undefined) return before;
      const level = Math.min(table.level(left), table.level(right));
      const made = branchesOf(level, (place) => walk(at(left, level, place), at(right, level, place)));
      known.set(key, made);
      return made;
    };
    return walk(one, other);
  };

  const map = (root: Node, leaf: (value: number) => number): Node =>
    rewrite(root, (node, again) => {
      const value = table.valueOf(node);
      if (value !== undefined) return table.leaf(leaf(value));
      return branchesOf(table.level(node), (place) => again(table.branch(node, place)));
    });

  const both: Shortcut = (one, other) => {
    if (one === never || other === never) return never;
    if (one === always || one === other) return other;
    return other === always ? one : undefined;
  };
  const either: Shortcut = (one, other) => {
    if (one === always || other === always) return always;
    if (one === never || one === other) return other;
    return other === never ? one : undefined;
  };
  const choose = (condition: Node, then: Node, otherwise: Node): Node => {
    const known = new Map<string, Node>();
    const walk = (asked: Node, yes: Node, no: Node): Node => {
      if (asked === always || yes === no) return yes;
      if (asked === never) return no;
      const key = `${asked} ${yes} ${no}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      const level = Math.min(table.level(asked), table.level(yes), table.level(no));
      const made = branchesOf(level, (place) =>
        walk(at(asked, level, place), at(yes, level, place), at(no, level, place)),
      );
      known.set(key, made);
      return made;
    };
    return walk(condition, then, otherwise);
  };

  return {
    widths,
    never,
    always,
    leaf: table.leaf,
    test: branchesOf,
    apply,
    map,
    and: (...all) => all.reduce((one, other) => apply(one, other, noCondition, both), always),
    or: (...all) => all.reduce((one, other) => apply(one, other, noCondition, either), never),
    not: (condition) => map(condition, (value) => (value === NO ? YES : NO)),
    choose,
    fix: (root, level, place) =>
      rewrite(root, (node, again) => {
        const own = table.level(node);
        if (own > level) return node;
        if (own === level) return table.branch(node, place);
        return branchesOf(own, (one) => again(table.branch(node, one)));
      }),
    differ: (one, other) =>
      apply(
        one,
        other,
        (left, right) => (left === right ? NO : YES),
        (left, right) => (left === right ? never : undefined),
      ),
    level: table.level,
    valueOf: table.valueOf,
    branch: table.branch,
    size: () => table.size,
  };
}

/** Rewrites a diagram from the root; a node that is met again is not rewritten again. */
function rewrite(root: Node, rule: (node: Node, again: (node: Node) => Node) => Node): Node {
  const known = new Map<Node, Node>();
  const walk = (node: Node): Node => {
    const before = known.get(node);
    if (before !== undefined) return before;
    const made = rule(node, walk);
    known.set(node, made);
    return made;
  };
  return walk(root);
}

/** With a shortcut for every pair of leaves of a condition, only what is no condition gets this far. */
function noCondition(): number {
  throw new TypeError("Only conditions can be joined with and, or.");
}
