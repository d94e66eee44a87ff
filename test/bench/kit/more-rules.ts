// A set of rules with many more of them, as a region might have after years: what they cost is measured, and nothing is
// decided by them.

import { policySetTextToParts } from "@cedar-policy/cedar-wasm/nodejs";
import { readPolicyFiles, type PolicyFiles } from "../../../gateway/policy-files";
import { BenchError } from "./benchmark";

/** No request is both: where a measure is in force nobody guides under pressure. Cedar cannot know that. */
const NEVER = 'when { context.drang && context.framework == Framework::"COMPULSORY" }';
/** An order is a number of three digits, and no two rules have the same. */
const ORDERS = 1_000;

const ID = /^@id\("([^"]+)"\)/m;
const ORDER = /^@order\("(\d+)"\)/m;
/** Of these a set has one. */
const IS_DEFAULT = /Action::"explain"/;

/** The texts of the rules of a set. */
const textsOf = ({ policies }: PolicyFiles): string[] =>
  policies.flatMap(({ name, text }) => {
    const parts = policySetTextToParts(text);
    if (parts.type === "failure") throw new BenchError(`${name} cannot be read.`);
    return parts.policies;
  });

/** How many rules a set has. */
export const countRules = (files: PolicyFiles): number => textsOf(files).length;

/**
 * The rules in force with so many times as many rules (1: themselves). The others are copies under names of their own, each
 * with one more condition, its last, that holds for no request: so they cost what rules cost that are about another function,
 * category or purpose, or about nearly this. Where no order is left, rules that need none are copied more often.
 */
export function rulesTimes(times: number): PolicyFiles {
  const files = readPolicyFiles();
  if (times === 1) return files;
  const originals = textsOf(files);
  const taken = new Set(originals.flatMap((text) => ORDER.exec(text)?.[1] ?? []).map(Number));
  const free = Array.from({ length: ORDERS }, (_, order) => order).filter((order) => !taken.has(order));
  const copied = originals.filter((text) => !IS_DEFAULT.test(text));
  const copies: string[] = [];
  const wanted = originals.length * (times - 1);
  for (let round = 1; copies.length < wanted; round += 1) {
    for (const text of copied) {
      const order = ORDER.test(text) ? free.shift() : "none";
      if (order !== undefined && copies.length < wanted) copies.push(copyOf(text, round, order));
    }
  }
  return { ...files, policies: [...files.policies, { name: "more.cedar", text: copies.join("\n") }] };
}

const copyOf = (text: string, round: number, order: number | "none"): string =>
  text
    .replace(ID, (_, id: string) => `@id("${id}.${round}")`)
    .replace(ORDER, `@order("${order}")`)
    .replace(/;\s*$/, ` ${NEVER};`);
