// What a JSONata expression gives, as far as that can be told before it runs; and which of its names the layout has not.

import type { Layout } from "./layout";

/** The layouts that an expression can reach. */
export interface Surroundings {
  readonly part: Layout | undefined;
  readonly record: Layout | undefined;
  readonly person: Layout | undefined;
}

/** A node of JSONata's syntax tree, as far as it is looked at. */
interface SyntaxNode {
  readonly type?: string;
  readonly value?: unknown;
  readonly steps?: readonly SyntaxNode[];
  readonly stages?: readonly SyntaxNode[];
  readonly predicate?: readonly SyntaxNode[];
  readonly expr?: SyntaxNode;
  readonly procedure?: SyntaxNode;
  readonly arguments?: readonly SyntaxNode[];
  readonly condition?: SyntaxNode;
  readonly then?: SyntaxNode;
  readonly else?: SyntaxNode;
  readonly lhs?: unknown;
  readonly rhs?: unknown;
  readonly expressions?: readonly SyntaxNode[];
  readonly body?: SyntaxNode;
}

type Report = (sentence: string) => void;

const TEXT: Layout = { kind: "text" };
const NUMBER: Layout = { kind: "number" };
const FLAG: Layout = { kind: "flag" };

/** What JSONata's own functions give. */
const FUNCTIONS: Readonly<Record<string, Layout>> = {
  string: TEXT,
  join: TEXT,
  trim: TEXT,
  substring: TEXT,
  substringBefore: TEXT,
  substringAfter: TEXT,
  uppercase: TEXT,
  lowercase: TEXT,
  replace: TEXT,
  pad: TEXT,
  number: NUMBER,
  count: NUMBER,
  sum: NUMBER,
  max: NUMBER,
  min: NUMBER,
  round: NUMBER,
  floor: NUMBER,
  exists: FLAG,
  not: FLAG,
  boolean: FLAG,
  contains: FLAG,
  split: { kind: "list", of: TEXT },
};

const ARITHMETIC = new Set(["+", "-", "*", "/", "%"]);

/** The layout that an expression gives, or undefined where only a run can tell. Unknown names are reported. */
export function typeOf(node: SyntaxNode, around: Surroundings, report: Report): Layout | undefined {
  switch (node.type) {
    case "path":
      return typeOfPath(node.steps ?? [], around, report);
    case "name":
      return typeOfPath([node], around, report);
    case "string":
      return TEXT;
    case "number":
      return NUMBER;
    case "value":
      return typeof node.value === "boolean" ? FLAG : undefined;
    case "variable":
      return typeOfVariable(node.value, around);
    case "binary":
      return typeOfBinary(node, around, report);
    case "condition":
      return typeOfCondition(node, around, report);
    case "function": {
      visit(node.arguments, around, report);
      const name = node.procedure?.value;
      return typeof name === "string" && Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    }
    case undefined:
    default:
      // Blocks, constructors, functions of the file's own: what they give shows when they run.
      visit(node, around, report);
      return undefined;
  }
}

function typeOfVariable(name: unknown, { part, record, person }: Surroundings): Layout | undefined {
  if (name === "record") return record;
  if (name === "person") return person;
  return name === "" || name === "$" ? part : undefined;
}

function typeOfPath(steps: readonly SyntaxNode[], around: Surroundings, report: Report): Layout | undefined {
  let at = around.part;
  let throughList = false;
  for (const [position, step] of steps.entries()) {
    if (step.type === "name") at = fieldOf(at, String(step.value), report);
    else if (position === 0) at = typeOf({ ...step, stages: [], predicate: [] }, around, report);
    else {
      visit(step, { ...around, part: itemOf(at) }, report);
      at = undefined;
    }
    const filters = [...(step.stages ?? []), ...(step.predicate ?? [])];
    for (const filter of filters) {
      if (filter.expr) typeOf(filter.expr, { ...around, part: itemOf(at) }, report);
    }
    if (at?.kind === "list" && position < steps.length - 1) {
      throughList = true;
      at = at.of;
    }
  }
  return throughList && at !== undefined && at.kind !== "list" ? { kind: "list", of: at } : at;
}

const itemOf = (layout: Layout | undefined): Layout | undefined =>
  layout?.kind === "list" ? layout.of : layout;

function fieldOf(layout: Layout | undefined, name: string, report: Report): Layout | undefined {
  const part = itemOf(layout);
  if (part === undefined) return undefined;
  const field = part.kind === "part" ? part.fields.get(name) : undefined;
  if (!field) {
    const known = part.kind === "part" ? [...part.fields.keys()].join(", ") : "no fields of its own";
    report(`the layout has no field "${name}" there; it has ${known}`);
  }
  if (field?.kind === "bsn") report(`"${name}" is a BSN, which no mapping sees`);
  return field;
}

function typeOfBinary(node: SyntaxNode, around: Surroundings, report: Report): Layout | undefined {
  visit(node.lhs, around, report);
  visit(node.rhs, around, report);
  if (node.value === "&") return TEXT;
  if (node.value === "..") return undefined;
  return ARITHMETIC.has(String(node.value)) ? NUMBER : FLAG;
}

function typeOfCondition(node: SyntaxNode, around: Surroundings, report: Report): Layout | undefined {
  if (node.condition) typeOf(node.condition, around, report);
  const one = node.then && typeOf(node.then, around, report);
  if (!node.else) return one;
  const other = typeOf(node.else, around, report);
  // Null on one side is nothing, and nothing has every kind.
  if (node.else.type === "value" && node.else.value === null) return one;
  return one?.kind === other?.kind ? one : undefined;
}

/** Looks at everything below a node for names that the layout has not. */
function visit(below: unknown, around: Surroundings, report: Report): void {
  if (Array.isArray(below)) for (const one of below) visit(one, around, report);
  else if (typeof below === "object" && below !== null) {
    const node = below as SyntaxNode;
    const told = ["path", "name", "binary", "condition", "function", "variable", "string", "number", "value"];
    if (node.type !== undefined && told.includes(node.type)) typeOf(node, around, report);
    else for (const one of Object.values(node)) visit(one, around, report);
  }
}
