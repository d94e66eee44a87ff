// The complete matrix: every combination of facts in exactly one line, in blocks that a privacy officer can read.

import { Category, isCode } from "../../shared/kernel/codes";
import type { Cover } from "../privacy/cover/cover";
import type { Node } from "../privacy/cover/diagrams";
import { FACT_VALUES, type Facts } from "../privacy/facts";
import { createLineReader, type DecisionLine, type LineReader } from "./decision-lines";
import { someOf } from "./words";

/** Lines for some kinds of information at some holders; the first line that fits counts. */
export interface MatrixBlock {
  readonly holders: readonly string[];
  readonly categories: readonly string[];
  readonly lines: readonly DecisionLine[];
}

/** What one function may see for some purposes. */
export interface MatrixSection {
  readonly requester: string;
  readonly purposes: readonly string[];
  /** Lines that come before those of every block about people. */
  readonly first: readonly DecisionLine[];
  /** Empty where no rule opens anything: then `first` says all. */
  readonly blocks: readonly MatrixBlock[];
}

/** The matrix of a set. */
export interface Matrix {
  readonly version: string;
  /** How many combinations of facts there are. */
  readonly total: bigint;
  /** Of these, how many no request can have; they are in no line. */
  readonly impossible: bigint;
  readonly sections: readonly MatrixSection[];
}

const ASKED = ["requesterFunction", "requesterKind", "purpose"] as const;
const CELL = [...ASKED, "holderKind", "sameOrganisation", "category"] as const;

type Body = Pick<MatrixSection, "first" | "blocks">;

interface Part<Lines> {
  readonly requester: string;
  readonly purpose: string;
  readonly lines: Lines;
}

/** Makes the matrix. Throws an Error when its lines do not add up to all combinations. */
export function createMatrix(cover: Cover): Matrix {
  const { space } = cover;
  const reader = createLineReader(cover);
  const closed: Part<readonly DecisionLine[]>[] = [];
  const open: Part<Body>[] = [];
  for (const requesterFunction of FACT_VALUES.requesterFunction) {
    const ofFunction = space.fixed(reader.decision, { requesterFunction });
    for (const requesterKind of FACT_VALUES.requesterKind) {
      const ofRequester = space.fixed(ofFunction, { requesterKind });
      const requester = `${requesterFunction} at ${requesterKind}`;
      for (const purpose of FACT_VALUES.purpose) {
        const part = space.fixed(ofRequester, { purpose });
        const lines = reader.read(part, ASKED);
        if (lines.every(({ outcome }) => outcome === "DENY")) closed.push({ requester, purpose, lines });
        else open.push({ requester, purpose, lines: sectionOf(cover, reader, part) });
      }
    }
  }
  const matrix: Matrix = {
    version: cover.set.version,
    total: space.size,
    impossible: reader.impossibleIn(reader.decision, []),
    sections: [
      ...merged(closed, addLines).map(({ lines, ...one }) => ({ ...one, first: lines, blocks: [] })),
      ...merged(open, addBodies).map(({ lines, ...one }) => ({ ...one, ...lines })),
    ],
  };
  const counted = countOf(matrix) + matrix.impossible;
  if (counted !== matrix.total) {
    throw new Error(`The lines of the matrix add up to ${counted} combinations, not to ${matrix.total}.`);
  }
  return matrix;
}

/** How many combinations the lines of a matrix cover. */
export const countOf = ({ sections }: Matrix): bigint =>
  sections
    .flatMap(({ first, blocks }) => [...first, ...blocks.flatMap(({ lines }) => lines)])
    .reduce((sum, { count }) => sum + count, 0n);

/** What one requester may see for one purpose: the lines that all blocks have in common first. */
function sectionOf(cover: Cover, reader: LineReader, part: Node): Body {
  const common = commonLines(blocksOf(cover, reader, part, []).filter(isAboutPeople));
  const told = common.map(({ rule }) => rule);
  const blocks = blocksOf(cover, reader, part, told).map((block) => {
    const lines = block.lines.filter(({ rule }) => !isAboutPeople(block) || !told.includes(rule));
    return { ...block, lines: lines.length > 1 ? lines : lines.map((line) => ({ ...line, when: "always" })) };
  });
  return { first: common, blocks };
}

/** Is this about information on people, not about what the hub itself holds? No block has both. */
export const isAboutPeople = ({ categories }: MatrixBlock): boolean => isCode(Category, categories[0]);

/** Holders and categories with the same lines together. */
function blocksOf({ space }: Cover, reader: LineReader, part: Node, told: readonly string[]): MatrixBlock[] {
  const cells: { holder: string; category: string; lines: readonly DecisionLine[] }[] = [];
  for (const sameOrganisation of FACT_VALUES.sameOrganisation.toReversed()) {
    for (const holderKind of FACT_VALUES.holderKind) {
      const ofHolder = space.fixed(part, { holderKind, sameOrganisation });
      for (const category of FACT_VALUES.category) {
        const known = isCode(Category, category) ? told : [];
        const lines = reader.read(space.fixed(ofHolder, { category }), CELL, known);
        const holder = holderWords(holderKind, sameOrganisation);
        if (lines.length > 0) cells.push({ holder, category, lines });
      }
    }
  }
  const byHolder = grouped(
    cells,
    ({ holder, category, lines }) => `${holder} ${isCode(Category, category)} ${keyOf(lines)}`,
  ).map((group) => ({
    holders: [group[0].holder],
    categories: group.map(({ category }) => category),
    lines: addLines(group.map(({ lines }) => lines)),
  }));
  return grouped(byHolder, ({ categories, lines }) => `${categories.join(",")} ${keyOf(lines)}`).map(
    (group) => ({
      holders: group.flatMap(({ holders }) => holders),
      categories: group[0].categories,
      lines: addLines(group.map(({ lines }) => lines)),
    }),
  );
}

function holderWords(kind: Facts["holderKind"], sameOrganisation: boolean): string {
  if (kind === "HUB") return sameOrganisation ? "own part of the hub" : "the hub";
  return sameOrganisation ? "own organisation" : `other ${kind}`;
}

/** Requesters and purposes with the same lines together; purposes of one requester first. */
function merged<Lines>(
  parts: readonly Part<Lines>[],
  add: (all: readonly Lines[]) => Lines,
): { requester: string; purposes: readonly string[]; lines: Lines }[] {
  const byRequester = grouped(parts, ({ requester, lines }) => `${requester} ${keyOf(lines)}`).map(
    (group) => ({
      requester: group[0].requester,
      purposes: group.map(({ purpose }) => purpose),
      lines: add(group.map(({ lines }) => lines)),
    }),
  );
  return grouped(byRequester, ({ purposes, lines }) => `${purposes.join(",")} ${keyOf(lines)}`).map(
    (group) => ({
      requester: requesterWords(group.map(({ requester }) => requester)),
      purposes: group[0].purposes,
      lines: add(group.map(({ lines }) => lines)),
    }),
  );
}

/** `WORKER at LOCAL_TEAM; PARENT at any but FAMILY`, or by kind where that is shorter: `any function at AUTHORITY`. */
function requesterWords(requesters: readonly string[]): string {
  const pairs = requesters.map((one) => one.split(" at ") as [string, string]);
  const byFunction = grouped(pairs, ([requesterFunction]) => requesterFunction).map(
    (group) =>
      `${group[0][0]} at ${someOf(
        group.map(([, kind]) => kind),
        FACT_VALUES.requesterKind,
        "any",
      )}`,
  );
  const byKind = grouped(pairs, ([, kind]) => kind).map((group) => {
    const functions = group.map(([requesterFunction]) => requesterFunction);
    return `${someOf(functions, FACT_VALUES.requesterFunction, "any function")} at ${group[0][1]}`;
  });
  const [one, other] = [byFunction.join("; "), byKind.join("; ")];
  return other.length < one.length ? other : one;
}

/** The closing lines with which every block about people begins, as long as each has more to say. */
function commonLines(blocks: readonly MatrixBlock[]): DecisionLine[] {
  const common: DecisionLine[] = [];
  for (;;) {
    const here = blocks.map(({ lines }) => lines[common.length]);
    const [one] = here;
    const same = here.every((line) => line !== undefined && keyOf(line) === keyOf(one));
    const isLast = blocks.some(({ lines }) => lines.length === common.length + 1);
    if (one?.outcome !== "DENY" || !same || isLast) return common;
    common.push({ ...one, count: here.reduce((sum, line) => sum + (line?.count ?? 0n), 0n) });
  }
}

/** Adds up the counts of lines that are otherwise the same. */
function addLines(all: readonly (readonly DecisionLine[])[]): readonly DecisionLine[] {
  const [first = []] = all;
  return first.map((line, place) => ({
    ...line,
    count: all.reduce((sum, lines) => sum + (lines[place]?.count ?? 0n), 0n),
  }));
}

function addBodies(all: readonly Body[]): Body {
  const [one] = all;
  return {
    first: addLines(all.map(({ first }) => first)),
    blocks: (one?.blocks ?? []).map((block, place) => ({
      ...block,
      lines: addLines(all.map(({ blocks }) => blocks[place]?.lines ?? [])),
    })),
  };
}

/** Equal for what differs in its counts alone. */
const keyOf = (what: unknown): string =>
  JSON.stringify(what, (name, value: unknown) => (name === "count" ? undefined : value));

/** Groups what has the same key, in the order in which keys are met. */
function grouped<Item>(items: readonly Item[], keyOfItem: (item: Item) => string): [Item, ...Item[]][] {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const group = groups.get(keyOfItem(item));
    if (group === undefined) groups.set(keyOfItem(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
