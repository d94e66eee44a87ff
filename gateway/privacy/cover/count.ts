// Counts combinations of facts, exactly and without visiting them.

import { YES, type Diagrams, type Node } from "./diagrams";

/** How many combinations lead to each value of a leaf; together all of them. Values that none leads to are left out. */
export function countLeaves(diagrams: Diagrams, root: Node): ReadonlyMap<number, bigint> {
  const { widths } = diagrams;
  const depth = widths.length;
  /** Combinations of the facts from one level up to, not including, another. */
  const between = (from: number, to: number): bigint =>
    widths.slice(from, to).reduce((product, width) => product * BigInt(width), 1n);

  // Combinations flow from the root down, level by level; a branch that skips facts carries each of their values.
  const byLevel: Map<Node, bigint>[] = Array.from({ length: depth + 1 }, () => new Map<Node, bigint>());
  const send = (node: Node, flow: bigint): void => {
    const there = byLevel[diagrams.level(node)] as Map<Node, bigint>;
    there.set(node, (there.get(node) ?? 0n) + flow);
  };
  send(root, between(0, diagrams.level(root)));
  for (let level = 0; level < depth; level += 1) {
    for (const [node, flow] of byLevel[level] as Map<Node, bigint>) {
      for (let place = 0; place < (widths[level] as number); place += 1) {
        const branch = diagrams.branch(node, place);
        send(branch, flow * between(level + 1, diagrams.level(branch)));
      }
    }
  }
  const counts = new Map<number, bigint>();
  for (const [leaf, flow] of byLevel[depth] as Map<Node, bigint>) {
    counts.set(diagrams.valueOf(leaf) as number, flow);
  }
  return counts;
}

/** How many combinations a condition holds for. */
export const count = (diagrams: Diagrams, condition: Node): bigint =>
  countLeaves(diagrams, condition).get(YES) ?? 0n;

/** How many combinations of facts there are. */
export const countAll = ({ widths }: Diagrams): bigint =>
  widths.reduce((product, width) => product * BigInt(width), 1n);
