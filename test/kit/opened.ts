// What the rules open, over all combinations of facts at once; for tests that say what must stay closed.

import { createCover, type Cover } from "../../gateway/privacy/cover/cover";
import { exampleOf } from "../../gateway/privacy/cover/cubes";
import type { Node } from "../../gateway/privacy/cover/diagrams";
import type { Allowed } from "../../gateway/privacy/cover/space";
import type { Facts } from "../../gateway/privacy/facts";
import type { Outcome } from "../../shared/kernel/codes";
import { thePolicySet } from "./policies";

/** One combination that came out, with its verdict. */
export interface Opened {
  readonly facts: Facts;
  readonly outcome: Outcome;
  readonly rule: string;
}

/** The rules in use over all combinations. */
export interface Openings {
  readonly cover: Cover;
  /**
   * A combination within `where` that comes to one of the outcomes by another rule than those named, or undefined when
   * there is none at all.
   */
  readonly find: (
    where: Allowed,
    outcomes: readonly Outcome[],
    except?: readonly string[],
  ) => Opened | undefined;
  /**
   * A combination within `where` that is closed as it is and no longer closed once these facts have these other values,
   * or undefined when there is none.
   */
  readonly findOpenedBy: (where: Allowed, change: Partial<Facts>, except?: Allowed) => Opened | undefined;
}

/** Reads the rules in use; takes some tenths of a second. */
export function createOpenings(): Openings {
  const cover = createCover(thePolicySet());
  const { space } = cover;
  const { diagrams } = space;
  const example = (condition: Node): Opened | undefined => {
    if (condition === diagrams.never) return undefined;
    const facts = space.factsAt(exampleOf(diagrams, condition));
    const { outcome, rule } = cover.verdictAt(facts);
    return { facts, outcome, rule: rule.id };
  };
  const closed = cover.whereVerdict(({ outcome }) => outcome === "DENY");
  return {
    cover,
    find: (within, outcomes, except = []) =>
      example(
        diagrams.and(
          space.where(within),
          cover.whereVerdict(({ outcome, rule }) => outcomes.includes(outcome) && !except.includes(rule.id)),
        ),
      ),
    findOpenedBy: (within, change, except) => {
      const spared = except === undefined ? diagrams.never : space.where(except);
      const after = space.fixed(diagrams.not(closed), change);
      return example(diagrams.and(space.where(within), closed, after, diagrams.not(spared)));
    },
  };
}
