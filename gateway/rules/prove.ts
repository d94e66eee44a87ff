// `prove`: checks every promise over all combinations, and the reading of the rules against plain evaluation by Cedar.

import type { Cover } from "../privacy/cover/cover";
import { factWords, number, valueWords } from "./words";
import type { Comparison } from "./compare-with-cedar";
import { createGround, type Example, type Finding, type Invariant } from "./invariants/kinds";
import { FACT_NAMES, type Facts } from "../privacy/facts";
import type { Space } from "../privacy/cover/space";

/** What came of one promise. */
export interface Proof {
  readonly invariant: Invariant;
  readonly finding: Finding;
}

/** Checks these promises over all combinations of a cover. */
export function prove(cover: Cover, invariants: readonly Invariant[]): Proof[] {
  const ground = createGround(cover);
  return invariants.map((invariant) => ({ invariant, finding: invariant.check(ground) }));
}

/** Proofs as text; what is broken comes with a counterexample. */
export function proofsAsText({ space, set }: Cover, proofs: readonly Proof[]): string[] {
  return [
    `The rules of ${set.version}: ${set.rules.size} rules, ${number(space.size)} combinations of facts.`,
    "",
    ...proofs.flatMap(({ invariant, finding }, index) => proofText(space, invariant, finding, index + 1)),
  ];
}

function proofText(space: Space, { id, sentence }: Invariant, finding: Finding, place: number): string[] {
  const { covered, broken, unit, example, detail } = finding;
  const state = broken === 0n ? "holds " : "BROKEN";
  return [
    `${String(place).padStart(3)}  ${state}  ${id}: ${sentence}`,
    `${INDENT}${number(covered)} ${unit}${broken === 0n ? "" : `; broken for ${number(broken)}`}`,
    ...(detail === undefined ? [] : [`${INDENT}${detail}`]),
    ...(example === undefined ? [] : exampleText(space, example)),
  ];
}
const INDENT = " ".repeat(13);

/** Facts that are told in the question itself. */
const ASKED: readonly (keyof Facts)[] = [
  "requesterFunction",
  "requesterKind",
  "holderKind",
  "sameOrganisation",
  "category",
  "purpose",
];

function exampleText(space: Space, { cube, cases, differing }: Example): string[] {
  const facts = [...cube].flatMap(([level, places]) => {
    const name = space.names[level] as keyof Facts;
    const all = space.valuesOf(name);
    return ASKED.includes(name)
      ? []
      : [
          valueWords(
            name,
            all.filter((_, place) => places.has(place)),
            all,
          ),
        ];
  });
  const [first] = cases;
  return [
    ...(first === undefined ? [] : [`${INDENT}counterexample: ${questionWords(first.facts)}`]),
    `${INDENT}when ${facts.join(", ") || "whatever the other facts are"}`,
    ...cases.flatMap(({ facts: whole, verdict: { outcome, rule } }) => [
      `${INDENT}${differing.length > 0 ? `with ${changed(whole, differing)}: ` : ""}${outcome} by ${rule.id} (${rule.file}), ${rule.citation}`,
      `${INDENT}  "${rule.reason.en}"`,
    ]),
    `${INDENT}one such: ${asJson(first?.facts)}`,
  ];
}

function questionWords(facts: Facts): string {
  const { requesterFunction, requesterKind, holderKind, sameOrganisation, category, purpose } = facts;
  const holder =
    holderKind === "HUB" ? "the hub" : sameOrganisation ? "its own files" : `another ${holderKind}`;
  return `${requesterFunction} of a ${requesterKind} asks ${holder} for ${category}, for ${purpose}`;
}

const changed = (facts: Facts, names: readonly (keyof Facts)[]): string =>
  names.map((name) => `${factWords(name)} ${String(facts[name])}`).join(" and ");

/** As a case file writes them, in a fixed order. */
const asJson = (facts: Facts | undefined): string =>
  JSON.stringify(facts, facts === undefined ? undefined : [...FACT_NAMES]);

/** The comparison with plain evaluation as text. */
export function comparisonAsText(comparison: Comparison): string[] {
  const { compared, seed, outcomes, rules, differing, differences } = comparison;
  const met = Object.entries(outcomes).map(([outcome, count]) => `${number(count)} ${outcome}`);
  return [
    `Plain evaluation by Cedar: ${number(compared)} random combinations compared (seed ${seed}), ${number(differing)} differ.`,
    `${INDENT}met: ${met.join(", ")}, by ${rules.length} rules`,
    ...differences.flatMap(({ facts, byCedar, byCover }) => [
      `${INDENT}Cedar says ${byCedar}, the proof ${byCover}:`,
      `${INDENT}  ${asJson(facts)}`,
    ]),
  ];
}
