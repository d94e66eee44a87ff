// A second reading of the rules, independent of Cedar's own engine and much faster, so that millions of combinations
// can be visited. It knows only what the rules use and throws on anything else; a test compares it with Cedar.

import type { Expr, PolicyJson } from "@cedar-policy/cedar-wasm/nodejs";
import { HubResource, isCode, type Outcome } from "../../shared/kernel/codes";
import type { Facts } from "../../gateway/privacy/facts";
import type { PolicySet } from "../../gateway/privacy/policy-set";
import type { RuleEffect } from "../../gateway/privacy/rule";

type Read = (facts: Facts) => unknown;
interface Compiled {
  readonly id: string;
  readonly effect: RuleEffect;
  readonly order: number;
  readonly matches: (facts: Facts) => boolean;
}

/** What matched and what follows from it. */
export interface Reading {
  readonly outcome: Outcome;
  readonly rule: string;
  /** Both permitted to read and permitted to request: of a rule that permits and one that holds, neither gives way. */
  readonly torn: boolean;
}

/** Whether one rule matches, whatever the others say. Throws an Error for a rule that the set does not have. */
export function matcher(set: PolicySet, rule: string): (facts: Facts) => boolean {
  const policy = set.policies[rule];
  if (policy === undefined) throw new Error(`There is no rule ${rule}.`);
  return compilePolicy(policy);
}

/** Compiles a set; the result reads one combination of facts. */
export function interpret(set: PolicySet): (facts: Facts) => Reading {
  const rules: Compiled[] = [...set.rules.values()]
    .filter((rule) => rule.effect !== "DEFAULT")
    .map((rule) => ({
      id: rule.id,
      effect: rule.effect,
      order: rule.order,
      matches: compilePolicy(set.policies[rule.id] as PolicyJson),
    }))
    .toSorted((a, b) => a.order - b.order);
  const of = (effect: RuleEffect) => rules.filter((rule) => rule.effect === effect);
  const [denies, keepers, permits, holds] = [of("DENY"), of("KEEP_HELD"), of("PERMIT"), of("HOLD")];
  const disclosures = of("DISCLOSE");
  return (facts) => {
    const first = (some: readonly Compiled[]) => some.find((rule) => rule.matches(facts));
    const deny = first(denies);
    if (deny) return { outcome: "DENY", rule: deny.id, torn: false };
    const permit = first(permits);
    const hold = first(holds);
    const readable = permit !== undefined && first(keepers) === undefined;
    if (readable) return { outcome: "PERMIT", rule: permit.id, torn: hold !== undefined };
    if (hold === undefined) return { outcome: "DENY", rule: set.byDefault.id, torn: false };
    // What is held is open once it was granted; only what is held can be.
    const granted = facts.disclosure ? first(disclosures) : undefined;
    return granted
      ? { outcome: "PERMIT", rule: granted.id, torn: false }
      : { outcome: "HOLD", rule: hold.id, torn: false };
  };
}

function compilePolicy(policy: PolicyJson): (facts: Facts) => boolean {
  const tests: Read[] = [
    scope(policy.principal, (facts) => facts.requesterFunction),
    scope(policy.resource, (facts) => facts.category),
    ...policy.conditions.map(({ kind, body }) => {
      const read = compile(body);
      return kind === "when" ? read : (facts: Facts) => read(facts) !== true;
    }),
  ];
  return (facts) => tests.every((one) => one(facts) === true);
}

function scope(constraint: PolicyJson["principal"], read: Read): Read {
  if (constraint.op === "All") return () => true;
  if (constraint.op === "==" && "entity" in constraint) {
    const { entity } = constraint;
    const id = "__entity" in entity ? entity.__entity.id : entity.id;
    return (facts) => read(facts) === id;
  }
  if (constraint.op === "is" && !("in" in constraint)) return isOf(read, constraint.entity_type);
  throw new Error(`The interpreter does not know the constraint ${constraint.op}.`);
}

/** Only a resource can be of more than one type. */
function isOf(read: Read, type: string): Read {
  if (type !== "Category" && type !== "HubResource")
    throw new Error(`The interpreter does not know resources of the type ${type}.`);
  return (facts) => isCode(HubResource, read(facts)) === (type === "HubResource");
}

function compile(expr: Expr): Read {
  const [name, part] = Object.entries(expr)[0] as [string, unknown];
  const both = (): [Read, Read] => {
    const { left, right } = part as { left: Expr; right: Expr };
    return [compile(left), compile(right)];
  };
  switch (name) {
    case "Value": {
      const value = valueOf(part);
      return () => value;
    }
    case "Var":
      if (part === "principal") return (facts) => facts.requesterFunction;
      if (part === "resource") return (facts) => facts.category;
      if (part === "context") return (facts) => facts;
      break;
    case ".": {
      const { left, attr } = part as { left: Expr; attr: keyof Facts };
      const read = compile(left);
      return (facts) => (read(facts) as Facts)[attr];
    }
    case "Set": {
      const items = (part as Expr[]).map(compile);
      return (facts) => items.map((item) => item(facts));
    }
    case "contains": {
      const [set, item] = both();
      return (facts) => (set(facts) as unknown[]).includes(item(facts));
    }
    case "==":
    case "!=": {
      const [left, right] = both();
      return (facts) => (left(facts) === right(facts)) === (name === "==");
    }
    case "&&": {
      const [left, right] = both();
      return (facts) => left(facts) === true && right(facts) === true;
    }
    case "||": {
      const [left, right] = both();
      return (facts) => left(facts) === true || right(facts) === true;
    }
    case "is": {
      const { left, entity_type: type, in: within } = part as { left: Expr; entity_type: string; in?: Expr };
      if (within !== undefined) break;
      return isOf(compile(left), type);
    }
    case "!": {
      const read = compile((part as { arg: Expr }).arg);
      return (facts) => read(facts) !== true;
    }
    default:
      break;
  }
  throw new Error(`The interpreter does not know ${name}.`);
}

function valueOf(part: unknown): unknown {
  if (typeof part !== "object" || part === null) return part;
  return (part as { __entity: { id: string } }).__entity.id;
}
