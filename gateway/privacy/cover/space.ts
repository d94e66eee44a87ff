// All combinations of facts, as the levels and places of diagrams.

import type { PolicyJson } from "@cedar-policy/cedar-wasm/nodejs";
import { FACT_NAMES, FACT_VALUES, type Facts } from "../facts";
import { countAll } from "./count";
import { createDiagrams, type Diagrams, type Node } from "./diagrams";

/** The fact that Cedar knows as the principal, and the one that it knows as the resource; the others are its context. */
export const PRINCIPAL: keyof Facts = "requesterFunction";
export const RESOURCE: keyof Facts = "category";

/** A value of a fact. */
export type FactValue = string | boolean;

/** Which values some facts may have, such as `{ category: ["REPORTER"] }`; facts that are left out may have any. */
export type Allowed = { readonly [Name in keyof Facts]?: readonly Facts[Name][] };

/** The combinations of facts, and conditions on them. */
export interface Space {
  readonly diagrams: Diagrams;
  /** The facts in the order in which diagrams test them. */
  readonly names: readonly (keyof Facts)[];
  /** How many combinations there are. */
  readonly size: bigint;
  levelOf(name: keyof Facts): number;
  valuesOf(name: keyof Facts): readonly FactValue[];
  /** The place of a value; throws a RangeError when the fact has no such value. */
  placeOf(name: keyof Facts, value: FactValue): number;
  /** Where each of these facts has one of these values. */
  where(allowed: Allowed): Node;
  /** Where the named facts have values for which `holds` is true; visits the combinations of those facts only. */
  wherever<Name extends keyof Facts>(
    names: readonly Name[],
    holds: (facts: { readonly [One in Name]: Facts[One] }) => boolean,
  ): Node;
  /** What is left of a diagram when these facts have one value each. */
  fixed(node: Node, facts: Partial<Facts>): Node;
  /** The value of the leaf for one combination. */
  leafAt(node: Node, facts: Facts): number;
  /** The combination that has these places. */
  factsAt(places: readonly number[]): Facts;
}

/** Makes the space over all facts. `policies` say which facts are asked for most; the diagrams test those first. */
export function createSpace(policies: readonly PolicyJson[]): Space {
  const names = inOrder(policies);
  const levels = new Map(names.map((name, level) => [name, level]));
  const diagrams = createDiagrams(names.map((name) => FACT_VALUES[name].length));
  const levelOf = (name: keyof Facts): number => levels.get(name) as number;
  const placeOf = (name: keyof Facts, value: FactValue): number => {
    const place = valuesOf(name).indexOf(value);
    if (place < 0) throw new RangeError(`The fact ${name} has no value ${String(value)}.`);
    return place;
  };
  const fixed = (node: Node, facts: Partial<Facts>): Node =>
    (Object.entries(facts) as [keyof Facts, FactValue][]).reduce(
      (left, [name, value]) => diagrams.fix(left, levelOf(name), placeOf(name, value)),
      node,
    );
  const where = (allowed: Allowed): Node =>
    diagrams.and(
      ...(Object.entries(allowed) as [keyof Facts, readonly FactValue[]][]).map(([name, values]) => {
        const places = new Set(values.map((value) => placeOf(name, value)));
        return diagrams.test(levelOf(name), (place) =>
          places.has(place) ? diagrams.always : diagrams.never,
        );
      }),
    );
  return {
    diagrams,
    names,
    size: countAll(diagrams),
    levelOf,
    valuesOf,
    placeOf,
    where,
    wherever(asked, holds) {
      const facts: Record<string, FactValue> = {};
      const sorted = asked.toSorted((one, other) => levelOf(one) - levelOf(other));
      const walk = (index: number): Node => {
        const name = sorted[index];
        if (name === undefined) return holds(facts as never) ? diagrams.always : diagrams.never;
        return diagrams.test(levelOf(name), (place) => {
          facts[name] = valuesOf(name)[place] as FactValue;
          return walk(index + 1);
        });
      };
      return walk(0);
    },
    fixed,
    leafAt(node, facts) {
      let at = node;
      for (;;) {
        const value = diagrams.valueOf(at);
        if (value !== undefined) return value;
        const name = names[diagrams.level(at)] as keyof Facts;
        at = diagrams.branch(at, placeOf(name, facts[name]));
      }
    },
    factsAt(places) {
      const facts: Record<string, FactValue> = {};
      for (const name of FACT_NAMES)
        facts[name] = valuesOf(name)[places[levelOf(name)] as number] as FactValue;
      return facts as unknown as Facts;
    },
  };
}

const valuesOf = (name: keyof Facts): readonly FactValue[] => FACT_VALUES[name];

/** Facts that many policies ask for come first: they cut most away, so the diagrams stay small. */
function inOrder(policies: readonly PolicyJson[]): (keyof Facts)[] {
  const asked = new Map(FACT_NAMES.map((name) => [name as string, 0]));
  const see = (name: string): void => {
    if (asked.has(name)) asked.set(name, (asked.get(name) ?? 0) + 1);
  };
  for (const { principal, resource, conditions } of policies) {
    const text = JSON.stringify(conditions);
    if (principal.op !== "All" || text.includes('{"Var":"principal"}')) see(PRINCIPAL);
    if (resource.op !== "All" || text.includes('{"Var":"resource"}')) see(RESOURCE);
    for (const name of asked.keys()) if (text.includes(`"attr":"${name}"`)) see(name);
  }
  const times = (name: string): number => asked.get(name) ?? 0;
  return FACT_NAMES.toSorted((one, other) => times(other) - times(one));
}
