// Holds the nodes of diagrams, each once: two nodes with the same fact and the same branches are one node.

/** A node, by its number. Leaves and inner nodes share one numbering. */
export type Node = number;

/** So that two nodes fit into one exact number, as a key. */
const MOST_NODES = 2 ** 26;
const FIRST_SLOTS = 2 ** 16;

/** Where nodes live. `level` of a leaf is the number of facts: it lies below all of them. */
export interface NodeTable {
  readonly leaf: (value: number) => Node;
  /** The node that tests the fact at `level`; when all branches are one, that branch itself. */
  readonly node: (level: number, branches: readonly Node[]) => Node;
  readonly level: (node: Node) => number;
  /** The value of a leaf; undefined for any other node. */
  readonly valueOf: (node: Node) => number | undefined;
  readonly branch: (node: Node, place: number) => Node;
  /** How many nodes were ever made. */
  readonly size: number;
}

/** Makes a table for facts with so many values each, in the order in which diagrams test them. */
export function createNodeTable(widths: readonly number[]): NodeTable {
  const depth = widths.length;
  const levels: number[] = [];
  /** Of a leaf its value, of an inner node where its branches begin. */
  const places: number[] = [];
  const leaves = new Map<number, Node>();
  let branches = new Int32Array(FIRST_SLOTS);
  let used = 0;
  // Open addressing: a slot holds a node + 1, or 0.
  let slots = new Int32Array(FIRST_SLOTS);
  let inner = 0;

  const add = (level: number, place: number): Node => {
    if (levels.length >= MOST_NODES) throw new RangeError("These rules make too large a diagram.");
    levels.push(level);
    places.push(place);
    return levels.length - 1;
  };

  const sameBranches = (node: Node, wanted: readonly Node[]): boolean => {
    const start = places[node] as number;
    for (let place = 0; place < wanted.length; place += 1) {
      if (branches[start + place] !== wanted[place]) return false;
    }
    return true;
  };

  const slotOf = (level: number, wanted: readonly Node[]): number => {
    let hash = Math.imul(level + 1, 0x9e3779b1);
    for (const one of wanted) hash = Math.imul(hash ^ one, 0x85ebca6b) ^ (hash >>> 13);
    const mask = slots.length - 1;
    let slot = (hash ^ (hash >>> 16)) & mask;
    for (;;) {
      const found = (slots[slot] as number) - 1;
      if (found < 0 || (levels[found] === level && sameBranches(found, wanted))) return slot;
      slot = (slot + 1) & mask;
    }
  };

  const grow = (): void => {
    const old = slots;
    slots = new Int32Array(old.length * 2);
    for (const one of old) {
      if (one === 0) continue;
      const node = one - 1;
      const level = levels[node] as number;
      const start = places[node] as number;
      slots[slotOf(level, [...branches.subarray(start, start + (widths[level] as number))])] = one;
    }
  };

  return {
    leaf(value) {
      const known = leaves.get(value);
      if (known !== undefined) return known;
      const made = add(depth, value);
      leaves.set(value, made);
      return made;
    },
    node(level, wanted) {
      const [first] = wanted;
      if (first === undefined || wanted.length !== widths[level]) {
        throw new RangeError("A node needs one branch per value of its fact.");
      }
      if (wanted.every((one) => one === first)) return first;
      const slot = slotOf(level, wanted);
      const known = slots[slot] as number;
      if (known > 0) return known - 1;
      if (used + wanted.length > branches.length) {
        const larger = new Int32Array(branches.length * 2);
        larger.set(branches);
        branches = larger;
      }
      branches.set(wanted, used);
      const made = add(level, used);
      used += wanted.length;
      slots[slot] = made + 1;
      inner += 1;
      if (inner * 2 > slots.length) grow();
      return made;
    },
    level: (node) => levels[node] as number,
    valueOf: (node) => (levels[node] === depth ? places[node] : undefined),
    branch: (node, place) => branches[(places[node] as number) + place] as Node,
    get size() {
      return levels.length;
    },
  };
}
