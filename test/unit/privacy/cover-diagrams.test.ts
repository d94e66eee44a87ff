// Diagrams against plain tables of all combinations, on facts few enough to visit each.

import * as fc from "fast-check";
import { count, countAll, countLeaves } from "../../../gateway/privacy/cover/count";
import { conditionOf, cubesOf, exampleOf } from "../../../gateway/privacy/cover/cubes";
import { createDiagrams, type Diagrams, type Node } from "../../../gateway/privacy/cover/diagrams";

const WIDTHS = [2, 3, 2, 4];
const SIZE = WIDTHS.reduce((product, width) => product * width, 1);

/** The places of the combination with this number. */
function placesOf(number: number): number[] {
  const places: number[] = [];
  let rest = number;
  for (const width of WIDTHS.toReversed()) {
    places.unshift(rest % width);
    rest = Math.floor(rest / width);
  }
  return places;
}
const ALL = Array.from({ length: SIZE }, (_, number) => placesOf(number));

/** The diagram of a table with one value per combination. */
function diagramOf(diagrams: Diagrams, table: readonly number[]): Node {
  const build = (level: number, number: number): Node => {
    if (level === WIDTHS.length) return diagrams.leaf(table[number] as number);
    return diagrams.test(level, (place) => build(level + 1, number * (WIDTHS[level] as number) + place));
  };
  return build(0, 0);
}

function valueAt(diagrams: Diagrams, root: Node, places: readonly number[]): number {
  let node = root;
  for (;;) {
    const value = diagrams.valueOf(node);
    if (value !== undefined) return value;
    node = diagrams.branch(node, places[diagrams.level(node)] as number);
  }
}
const tableOf = (diagrams: Diagrams, root: Node): number[] =>
  ALL.map((places) => valueAt(diagrams, root, places));

/** Tables in which neighbours are often equal, so that diagrams have something to leave out. */
const tables = (highest: number) =>
  fc
    .array(fc.integer({ min: 0, max: highest }), { minLength: 6, maxLength: 6 })
    .chain((few) => fc.array(fc.constantFrom(...few), { minLength: SIZE, maxLength: SIZE }));
const conditions = tables(1);

test("a diagram says what its table says, and equal tables are one node", () => {
  fc.assert(
    fc.property(tables(5), (table) => {
      const diagrams = createDiagrams(WIDTHS);
      const node = diagramOf(diagrams, table);
      expect(tableOf(diagrams, node)).toEqual(table);
      const nodes = diagrams.size();
      expect(diagramOf(diagrams, table)).toBe(node);
      expect(diagrams.size()).toBe(nodes);
    }),
  );
});

test("and, or, not and choose work per combination", () => {
  fc.assert(
    fc.property(conditions, conditions, tables(5), (first, second, values) => {
      const diagrams = createDiagrams(WIDTHS);
      const [one, other, third] = [first, second, values].map((table) => diagramOf(diagrams, table)) as [
        Node,
        Node,
        Node,
      ];
      const each = (value: (place: number) => number) => ALL.map((_, place) => value(place));
      expect(tableOf(diagrams, diagrams.and(one, other))).toEqual(
        each((place) => Math.min(first[place] as number, second[place] as number)),
      );
      expect(tableOf(diagrams, diagrams.or(one, other))).toEqual(
        each((place) => Math.max(first[place] as number, second[place] as number)),
      );
      expect(tableOf(diagrams, diagrams.not(one))).toEqual(each((place) => 1 - (first[place] as number)));
      expect(tableOf(diagrams, diagrams.choose(one, third, other))).toEqual(
        each((place) => (first[place] === 1 ? values[place] : second[place]) as number),
      );
      expect(tableOf(diagrams, diagrams.differ(third, other))).toEqual(
        each((place) => (values[place] === second[place] ? 0 : 1)),
      );
    }),
  );
});

test("with one fact fixed, a diagram says what it said for that value, whatever the fact is", () => {
  fc.assert(
    fc.property(tables(3), fc.nat(WIDTHS.length - 1), fc.nat(3), (table, level, any) => {
      const diagrams = createDiagrams(WIDTHS);
      const node = diagramOf(diagrams, table);
      const place = any % (WIDTHS[level] as number);
      const fixed = diagrams.fix(node, level, place);
      expect(tableOf(diagrams, fixed)).toEqual(
        ALL.map((places) => valueAt(diagrams, node, places.with(level, place))),
      );
    }),
  );
});

test("the counts of the leaves are those of the table and add up to all combinations", () => {
  fc.assert(
    fc.property(tables(4), (table) => {
      const diagrams = createDiagrams(WIDTHS);
      const counts = countLeaves(diagrams, diagramOf(diagrams, table));
      for (const value of new Set(table)) {
        expect(counts.get(value)).toBe(BigInt(table.filter((one) => one === value).length));
      }
      expect([...counts.values()].reduce((sum, one) => sum + one, 0n)).toBe(countAll(diagrams));
    }),
  );
  expect(countAll(createDiagrams(WIDTHS))).toBe(BigInt(SIZE));
});

test("counts beyond what a number can hold are exact", () => {
  const many = createDiagrams(Array.from({ length: 60 }, () => 7));
  const first = many.test(0, (place) => (place === 3 ? many.never : many.always));
  expect(count(many, first)).toBe(6n * 7n ** 59n);
});

test("boxes hold exactly where the condition does, or where it does not matter", () => {
  fc.assert(
    fc.property(conditions, conditions, (wanted, mattering) => {
      const diagrams = createDiagrams(WIDTHS);
      const condition = diagramOf(diagrams, wanted);
      const matters = diagramOf(diagrams, mattering);
      const boxes = cubesOf(diagrams, condition, matters);
      const together = diagrams.or(...boxes.map((box) => conditionOf(diagrams, box)));
      expect(diagrams.and(matters, diagrams.differ(together, condition))).toBe(diagrams.never);
    }),
  );
});

test("a box leaves out the facts that do not matter", () => {
  const diagrams = createDiagrams(WIDTHS);
  const second = diagrams.test(1, (place) => (place === 1 ? diagrams.never : diagrams.always));
  expect(cubesOf(diagrams, second)).toEqual([new Map([[1, new Set([0, 2])]])]);
  expect(cubesOf(diagrams, diagrams.always)).toEqual([new Map()]);
  expect(cubesOf(diagrams, diagrams.never)).toEqual([]);
});

test("an example is a combination for which the condition holds", () => {
  fc.assert(
    fc.property(conditions, (table) => {
      fc.pre(table.includes(1));
      const diagrams = createDiagrams(WIDTHS);
      const condition = diagramOf(diagrams, table);
      expect(valueAt(diagrams, condition, exampleOf(diagrams, condition))).toBe(1);
    }),
  );
  const diagrams = createDiagrams(WIDTHS);
  expect(() => exampleOf(diagrams, diagrams.never)).toThrow(RangeError);
});
