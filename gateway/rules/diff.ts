// `diff`: what another set of rules would decide differently, over all combinations of facts.

import { count } from "../privacy/cover/count";
import { createCover, spaceFor, type Cover, type Verdict } from "../privacy/cover/cover";
import { cubesOf } from "../privacy/cover/cubes";
import { YES, NO, type Node } from "../privacy/cover/diagrams";
import { possible } from "../privacy/cover/possible";
import type { PolicySet } from "../privacy/policy-set";
import { changedRules, changedRulesText, type ChangedRules } from "./changed-rules";
import { conditionWords, number } from "./words";

/** Combinations whose outcome changes, by the same rules. */
export interface ChangedOutcome {
  readonly before: Verdict;
  readonly after: Verdict;
  /** How many combinations, and how many of these no request can have. */
  readonly count: bigint;
  readonly impossible: bigint;
  /** The facts under which it changes, one line for each way; none where no request can have them. */
  readonly when: readonly string[];
}

/** What differs between two sets. */
export interface Difference {
  readonly outcomes: readonly ChangedOutcome[];
  readonly rules: ChangedRules;
  readonly compared: bigint;
  /** Combinations that only one of the sets knows: they are not compared. */
  readonly notCompared: bigint;
  /** Values and facts that only one of the sets knows, in words. */
  readonly notShared: readonly string[];
}

/** Compares two sets. Throws a CoverError when one of them cannot be covered. */
export function compareSets(one: PolicySet, other: PolicySet): Difference {
  const space = spaceFor(one, other);
  const { diagrams } = space;
  const [before, after] = [createCover(one, space), createCover(other, space)];
  const shared = sharedBy(before, after);
  // One leaf per pair of verdicts with different outcomes; the others are NO.
  const width = after.verdicts.length;
  const pairs = diagrams.apply(before.decision, after.decision, (left, right) =>
    before.verdicts[left]?.outcome === after.verdicts[right]?.outcome ? NO : left * width + right + 1,
  );
  const changed = diagrams.choose(shared, pairs, diagrams.never);
  const real = possible(space);
  const outcomes = leavesOf(changed, before).map((pair): ChangedOutcome => {
    const region = diagrams.map(changed, (value) => (value === pair ? YES : NO));
    const inReal = diagrams.and(region, real);
    return {
      before: before.verdicts[Math.floor((pair - 1) / width)] as Verdict,
      after: after.verdicts[(pair - 1) % width] as Verdict,
      count: count(diagrams, region),
      impossible: count(diagrams, region) - count(diagrams, inReal),
      when: cubesOf(diagrams, inReal, diagrams.and(real, shared)).map((cube) =>
        conditionWords(space, [cube]),
      ),
    };
  });
  const compared = count(diagrams, shared);
  return {
    outcomes: outcomes.toSorted((left, right) => Number(inRequests(right) - inRequests(left))),
    rules: changedRules(one, other),
    compared,
    notCompared: space.size - compared,
    notShared: notShared(before, after),
  };
}

/** Is there nothing to report? */
export const isSame = ({ outcomes, rules }: Difference): boolean =>
  outcomes.length === 0 && Object.values(rules).every((list: readonly string[]) => list.length === 0);

/** A difference as text. */
export function differenceAsText(from: string, to: string, difference: Difference): string {
  const { outcomes, rules, compared, notCompared, notShared: apart } = difference;
  const total = outcomes.reduce((sum, one) => sum + one.count, 0n);
  return [
    `From ${from} to ${to}: ${number(compared)} combinations of facts compared, ${number(total)} change their outcome.`,
    ...(apart.length === 0 ? [] : [`Known to one of the two only: ${apart.join("; ")}.`]),
    ...(notCompared === 0n
      ? []
      : [`Not compared, as only one of the two knows them: ${number(notCompared)}.`]),
    "",
    ...(outcomes.length === 0 ? ["(nothing changed)"] : outcomes.flatMap(outcomeText)),
    "",
    ...changedRulesText(rules),
  ].join("\n");
}

function outcomeText({ before, after, count: counted, impossible, when }: ChangedOutcome): string[] {
  const note = impossible === counted ? ", none of which a request can have" : "";
  return [
    `${verdictWords(before)} -> ${verdictWords(after)}  (${number(counted)} combinations${note})`,
    `    ${after.rule.citation}: "${after.rule.reason.en}"`,
    ...when.map((one) => `    when ${one}`),
  ];
}

const verdictWords = ({ outcome, rule }: Verdict): string => `${outcome} by ${rule.id}`;

/** The values of the leaves of a diagram other than NO. */
function leavesOf(root: Node, { space: { diagrams } }: Cover): number[] {
  const found = new Set<number>();
  diagrams.map(root, (value) => {
    found.add(value);
    return value;
  });
  found.delete(NO);
  return [...found];
}

/** Where both sets know every value. A fact that a set does not know does not matter to it. */
function sharedBy({ space, vocabulary }: Cover, other: Cover): Node {
  const { diagrams } = space;
  const unknown = [...vocabulary.valuesUnknown, ...other.vocabulary.valuesUnknown].map(({ name, value }) =>
    diagrams.test(space.levelOf(name), (place) =>
      space.valuesOf(name)[place] === value ? diagrams.always : diagrams.never,
    ),
  );
  return diagrams.not(diagrams.or(...unknown));
}

function notShared(before: Cover, after: Cover): string[] {
  const [one, other] = [unknownTo(before), unknownTo(after)];
  return [...one.filter((word) => !other.includes(word)), ...other.filter((word) => !one.includes(word))];
}

/** Combinations that a request can have: what changes for those comes first. */
const inRequests = ({ count: counted, impossible }: ChangedOutcome): bigint => counted - impossible;

const unknownTo = ({ vocabulary }: Cover): string[] => [
  ...vocabulary.factsUnknown.map((name) => `the fact ${name}`),
  ...vocabulary.valuesUnknown.map(({ name, value }) => `${name} ${String(value)}`),
];
