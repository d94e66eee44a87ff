// Turns a Cedar policy into the condition under which it matches, over all combinations of facts. It reads what the
// rules use of Cedar and refuses anything else: what is not understood is never guessed at.

import type { EntityUidJson, Expr, PolicyJson } from "@cedar-policy/cedar-wasm/nodejs";
import type { Facts } from "../facts";
import { NO, YES, type Node } from "./diagrams";
import { PRINCIPAL, RESOURCE, type Space } from "./space";
import { createTerms, type Terms } from "./terms";
import { CoverError, type Vocabulary } from "./vocabulary";

type Scope = PolicyJson["principal"];
type Two = { readonly left: Expr; readonly right: Expr };

/** Makes the function that gives the condition of a policy, whatever its action. It throws a CoverError. */
export function createCompiler(space: Space, vocabulary: Vocabulary): (policy: PolicyJson) => Node {
  const { diagrams } = space;
  const terms = createTerms();
  const { and, or, not, choose, apply, map, leaf } = diagrams;

  /** The diagram whose leaves are the values of one fact. */
  const fact = (name: keyof Facts): Node =>
    diagrams.test(space.levelOf(name), (place) => {
      const value = space.valuesOf(name)[place];
      if (typeof value === "boolean") return leaf(yesNo(value));
      const type = value === undefined ? undefined : vocabulary.typeOf(name, value);
      if (value === undefined || type === undefined)
        throw new CoverError(`The fact ${name} is no list here.`);
      return leaf(terms.number({ kind: "entity", type, id: value }));
    });

  const entity = (uid: EntityUidJson): Node => {
    const { type, id } = "__entity" in uid ? uid.__entity : uid;
    return leaf(terms.number({ kind: "entity", type, id }));
  };
  const equal = (one: Node, other: Node): Node => apply(one, other, (left, right) => yesNo(left === right));
  const isOf = (node: Node, type: string): Node =>
    map(node, (value) => {
      const term = terms.term(value);
      return yesNo(term.kind === "entity" && term.type === type);
    });
  // The entities of the rules have no parents, so one is `in` another only when they are the same.
  const isIn = (one: Node, other: Node): Node =>
    apply(one, other, (left, right) => {
      const term = terms.term(right);
      return yesNo(term.kind === "set" ? term.items.has(left) : left === right);
    });

  const setOf = (items: readonly Expr[]): Node =>
    items
      .map(read)
      .reduce(
        (set, item) =>
          apply(set, item, (left, right) =>
            terms.number({ kind: "set", items: new Set([...itemsOf(terms, left), right]) }),
          ),
        leaf(terms.number({ kind: "set", items: new Set() })),
      );

  const variable = (name: unknown): Node => {
    if (name === "principal") return fact(PRINCIPAL);
    if (name === "resource") return fact(RESOURCE);
    throw new CoverError(`${String(name)} cannot be read as a value.`);
  };

  const attribute = ({ left, attr }: { readonly left: Expr; readonly attr: string }): Node => {
    const ofContext = "Var" in left && left.Var === "context";
    const name = space.names.find((one) => one === attr);
    if (!ofContext || name === undefined) throw new CoverError(`There is no fact ${attr}.`);
    return fact(name);
  };

  function read(expr: Expr): Node {
    const [[operation, part] = ["nothing"]] = Object.entries(expr) as [string, unknown][];
    const both = (): [Node, Node] => [read((part as Two).left), read((part as Two).right)];
    const condition = (one: Expr): Node => map(read(one), (value) => asCondition(terms, value));
    switch (operation) {
      case "Value": {
        const value = terms.literal(part as never);
        if (value === undefined)
          throw new CoverError("A value is neither a Boolean, a text, an entity nor a set.");
        return leaf(value);
      }
      case "Var":
        return variable(part);
      case ".":
        return attribute(part as { left: Expr; attr: string });
      case "Set":
        return setOf(part as Expr[]);
      case "==":
        return equal(...both());
      case "!=":
        return not(equal(...both()));
      case "contains": {
        const [set, item] = both();
        return apply(set, item, (left, right) => yesNo(itemsOf(terms, left).has(right)));
      }
      case "containsAny":
        return apply(...both(), (left, right) =>
          yesNo([...itemsOf(terms, right)].some((one) => itemsOf(terms, left).has(one))),
        );
      case "containsAll":
        return apply(...both(), (left, right) =>
          yesNo([...itemsOf(terms, right)].every((one) => itemsOf(terms, left).has(one))),
        );
      case "in":
        return isIn(...both());
      case "is": {
        const {
          left,
          entity_type: type,
          in: within,
        } = part as { left: Expr; entity_type: string; in?: Expr };
        const node = read(left);
        return and(isOf(node, type), within === undefined ? diagrams.always : isIn(node, read(within)));
      }
      case "&&":
        return and(condition((part as Two).left), condition((part as Two).right));
      case "||":
        return or(condition((part as Two).left), condition((part as Two).right));
      case "!":
        return not(condition((part as { arg: Expr }).arg));
      case "if-then-else": {
        const { if: asked, then, else: otherwise } = part as { if: Expr; then: Expr; else: Expr };
        return choose(condition(asked), read(then), read(otherwise));
      }
      default:
        throw new CoverError(`${operation} is not among what the rules may use of Cedar.`);
    }
  }

  const scope = (constraint: Scope, name: keyof Facts): Node => {
    switch (constraint.op) {
      case "All":
        return diagrams.always;
      case "==":
      case "in":
        if (!("entity" in constraint)) throw new CoverError("A template cannot be covered.");
        return equal(fact(name), entity(constraint.entity));
      case "is": {
        const within = constraint.in;
        if (within !== undefined && !("entity" in within))
          throw new CoverError("A template cannot be covered.");
        const inside = within === undefined ? diagrams.always : equal(fact(name), entity(within.entity));
        return and(isOf(fact(name), constraint.entity_type), inside);
      }
    }
  };

  return ({ principal, resource, conditions }) =>
    and(
      scope(principal, PRINCIPAL),
      scope(resource, RESOURCE),
      ...conditions.map(({ kind, body }) => {
        const node = map(read(body), (value) => asCondition(terms, value));
        return kind === "when" ? node : not(node);
      }),
    );
}

const yesNo = (value: boolean): number => (value ? YES : NO);

const itemsOf = (terms: Terms, number: number): ReadonlySet<number> => {
  const term = terms.term(number);
  if (term.kind !== "set") throw new CoverError("Only a set can contain something.");
  return term.items;
};

const asCondition = (terms: Terms, number: number): number => {
  if (terms.term(number).kind !== "boolean") throw new CoverError("A condition is neither true nor false.");
  return number;
};
