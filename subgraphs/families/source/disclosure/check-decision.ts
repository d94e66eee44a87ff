// Checks a holder's decision against the request that it is about.

import type {
  DisclosureDecision,
  DisclosureRefusal,
  FamilyTold,
  NotYetReason,
} from "../../../../shared/database/register-codes";
import type { Category } from "../../../../shared/kernel/codes";
import type { WorkerId } from "../../../../shared/kernel/ids";
import { addDays, type PlainDate } from "../../../../shared/kernel/plain-date";
import type { Requester } from "../../../../shared/kernel/requester";
import type { DisclosureRow } from "../../mapping/disclosure";
import { dateOf, invalid, workerIdOf } from "../check-input";
import { textOf } from "../check-text";
import { LONGEST_NOT_YET_DAYS, WEIGHING } from "./terms";

/** What the holder's professional sends. */
export interface HolderDecision {
  readonly disclosureId: string;
  readonly decision: DisclosureDecision;
  readonly categories?: readonly Category[] | null | undefined;
  readonly until?: string | null | undefined;
  readonly weighing: string;
  readonly secondProfessional?: string | null | undefined;
  readonly refusalReason?: DisclosureRefusal | null | undefined;
  readonly familyTold: FamilyTold;
  readonly notYetReason?: NotYetReason | null | undefined;
  readonly notYetUntil?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** A decision that fits its request. */
export interface CheckedDecision {
  readonly state: "GRANTED" | "REFUSED";
  readonly weighing: string;
  readonly secondProfessional: WorkerId | null;
  /** Of a grant only. */
  readonly categories: readonly Category[] | null;
  readonly until: PlainDate | null;
  /** Of a refusal only. */
  readonly refusalReason: DisclosureRefusal | null;
  readonly familyTold: FamilyTold;
  readonly notYetReason: NotYetReason | null;
  readonly notYetUntil: PlainDate | null;
}

/** Throws INPUT_INVALID with the argument that is wrong. */
export function checkDecision(
  input: HolderDecision,
  request: DisclosureRow,
  decider: Requester,
  day: PlainDate,
): CheckedDecision {
  return {
    weighing: textOf("input.weighing", input.weighing, WEIGHING),
    secondProfessional: checkSecond(input, request, decider),
    ...(input.decision === "GRANT" ? checkGrant(input, request, day) : checkRefusal(input)),
    ...checkTelling(input, day),
  };
}

function checkSecond(
  { secondProfessional }: HolderDecision,
  { second_needed }: DisclosureRow,
  decider: Requester,
): WorkerId | null {
  const argument = "input.secondProfessional";
  if (secondProfessional == null) {
    if (second_needed) throw invalid(argument, "a second worker who weighed it: the rule asks four eyes");
    return null;
  }
  const second = workerIdOf(argument, secondProfessional);
  if (second === decider.worker) throw invalid(argument, "another worker than you");
  return second;
}

function checkGrant(input: HolderDecision, request: DisclosureRow, day: PlainDate) {
  if (input.refusalReason != null) throw invalid("input.refusalReason", "nothing with a grant");
  const asked = input.categories ?? request.categories;
  const categories = request.categories.filter((one) => asked.includes(one));
  if (categories.length === 0 || asked.some((one) => !request.categories.includes(one))) {
    throw invalid("input.categories", `one or more of what was asked for: ${request.categories.join(", ")}`);
  }
  const last = request.wanted_until;
  if (last < day) throw invalid("input.decision", `REFUSE: it was wanted up to ${last}`);
  if (input.until == null) throw invalid("input.until", "the last day of the grant");
  const until = dateOf("input.until", input.until);
  // Wanted for a limited time, so granted for no longer than that.
  if (until < day || until > last) throw invalid("input.until", `a day from today, not after ${last}`);
  return { state: "GRANTED", categories, until, refusalReason: null } as const;
}

function checkRefusal({ categories, until, refusalReason }: HolderDecision) {
  if (categories != null) throw invalid("input.categories", "nothing with a refusal");
  if (until != null) throw invalid("input.until", "nothing with a refusal");
  if (refusalReason == null) throw invalid("input.refusalReason", "the reason of a refusal");
  return { state: "REFUSED", categories: null, until: null, refusalReason } as const;
}

function checkTelling(input: HolderDecision, day: PlainDate) {
  const { familyTold, notYetReason, notYetUntil } = input;
  if (familyTold === "TOLD") {
    if (notYetReason != null) throw invalid("input.notYetReason", "nothing when the family was told");
    if (notYetUntil != null) throw invalid("input.notYetUntil", "nothing when the family was told");
    return { familyTold, notYetReason: null, notYetUntil: null };
  }
  const expected = `a day after today, at most ${LONGEST_NOT_YET_DAYS} days ahead`;
  if (notYetReason == null) throw invalid("input.notYetReason", "the reason why the family is not told yet");
  if (notYetUntil == null) throw invalid("input.notYetUntil", expected);
  const until = dateOf("input.notYetUntil", notYetUntil);
  if (until <= day || until > addDays(day, LONGEST_NOT_YET_DAYS)) {
    throw invalid("input.notYetUntil", expected);
  }
  return { familyTold, notYetReason, notYetUntil: until };
}
