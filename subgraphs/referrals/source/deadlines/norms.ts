// Within what time each step of a referral is taken. For a decision: shared/region/referral-norms.ts.

import {
  decisionNorm,
  type NormLength,
  type NormSource,
  type ReferralType,
  type WithNorms,
} from "../../../../shared/region/referral-norms";

/** A step that somebody has to take by a day. */
export const DeadlineKind = {
  /** Bezorgen */
  DELIVER: "DELIVER",
  /** Beslissen: accepteren, aannemen voor later of bezwaar maken */
  DECIDE: "DECIDE",
  /** Aanvullen */
  SUPPLEMENT: "SUPPLEMENT",
  /** Het overleg afronden */
  CONSULT: "CONSULT",
  /** Beginnen op de verwachte dag, vanuit de wachtrij */
  EXPECTED: "EXPECTED",
  /** Beginnen na acceptatie */
  START: "START",
} as const;
export type DeadlineKind = keyof typeof DeadlineKind;
export const DEADLINE_KINDS = Object.keys(DeadlineKind) as DeadlineKind[];

/** How long a step may take. */
export type Norm = NormLength & { readonly source: NormSource };

const proposed = (workingDays: number): Norm => ({ workingDays, source: "PROPOSED" });

/** Delivery takes seconds; a day says that something is wrong at the receiver's system. */
const DELIVER = proposed(1);
/** Asked for information: the decision's norm runs on, so it has to be short. */
const SUPPLEMENT = proposed(2);
/** First contact after acceptance, as the inspectorates ask after a ruling; not read in a law. */
const START: Norm = { workingDays: 5, source: "UNCONFIRMED" };
/** Where the region has no term to decide: so that nothing waits without anybody being told. */
const DECIDE_ELSE = proposed(10);

/**
 * The norm of a step in a region; null for the two that bring their own day: a consultation its term, a waiting list its expected
 * date.
 */
export function normOf(kind: DeadlineKind, type: ReferralType, region: WithNorms): Norm | null {
  switch (kind) {
    case "DELIVER":
      return DELIVER;
    case "DECIDE":
      return decisionNorm(region, type) ?? DECIDE_ELSE;
    case "SUPPLEMENT":
      return SUPPLEMENT;
    case "START":
      return START;
    case "CONSULT":
    case "EXPECTED":
      return null;
  }
}
