// From the history of a referral to its deadlines. They say nothing that does not follow from it, so none can be lost.

import type { OrganisationCode } from "../../../../shared/kernel/ids";
import { today, type PlainDate } from "../../../../shared/kernel/plain-date";
import { addWorkingDays, previousWorkingDay } from "../../../../shared/kernel/working-days";
import { endOfNorm, type WithNorms } from "../../../../shared/region/referral-norms";
import type { ReferralState } from "../referral-codes";
import type { ReferralType } from "../routes";
import { normOf, type DeadlineKind } from "./norms";

/** A step of a referral, as far as its deadlines follow from it. Days are those of the Netherlands. */
export interface ClockEvent {
  readonly version: number;
  readonly to: ReferralState;
  readonly at: string;
  readonly on: PlainDate;
  readonly receiver: OrganisationCode;
  readonly expectedOn: PlainDate | null;
  readonly worker: string | null;
}

/** A referral, as far as its deadlines follow from it, and the norms of its region. */
export interface ClockFacts extends WithNorms {
  readonly type: ReferralType;
  readonly sender: OrganisationCode;
  /** Oldest first. */
  readonly events: readonly ClockEvent[];
  /** Term of its consultation; null when it has none, or none yet. */
  readonly consultation: { readonly dueAt: string; readonly dueOn: PlainDate } | null;
}

/** One deadline. */
export interface Deadline {
  readonly kind: DeadlineKind;
  /** Of the step with which it began. */
  readonly version: number;
  /** Who has to do it. */
  readonly organisation: OrganisationCode;
  readonly startsAt: string;
  /** From the beginning of this day on it is warned about; null for at once. */
  readonly warnOn: PlainDate | null;
  /** Kept until the end of this day, or until `dueAt` when that is given. */
  readonly dueOn: PlainDate;
  readonly dueAt: string | null;
  /** When the step was taken, or was no longer needed, and by whom (null: by the hub). */
  readonly met: { readonly at: string; readonly by: string | null } | null;
}

const RUNNING: Readonly<Record<ReferralState, readonly DeadlineKind[]>> = {
  SUBMITTED: ["DELIVER"],
  RECEIVED: ["DECIDE"],
  IN_REVIEW: ["DECIDE"],
  // The clock of the receiver runs on: asking is no way to win time.
  INFORMATION_REQUESTED: ["DECIDE", "SUPPLEMENT"],
  IN_CONSULTATION: ["CONSULT"],
  WAITLISTED: ["EXPECTED"],
  ACCEPTED: ["START"],
  IN_PROGRESS: [],
  COMPLETED: [],
  WITHDRAWN: [],
};

/** Every deadline that a referral has or had, in order of beginning. */
export function deriveDeadlines(facts: ClockFacts): Deadline[] {
  const all: Deadline[] = [];
  for (const event of facts.events) {
    const runs = RUNNING[event.to];
    const renewed = event.to === "WAITLISTED" && event.expectedOn !== null;
    for (const [index, deadline] of all.entries()) {
      const goesOn = runs.includes(deadline.kind) && !(renewed && deadline.kind === "EXPECTED");
      if (deadline.met || goesOn) continue;
      all[index] = { ...deadline, met: { at: event.at, by: event.worker } };
    }
    for (const kind of runs) {
      if (all.some((deadline) => deadline.kind === kind && !deadline.met)) continue;
      const begun = begin(facts, kind, event);
      if (begun) all.push(begun);
    }
  }
  return all;
}

function begin(facts: ClockFacts, kind: DeadlineKind, event: ClockEvent): Deadline | undefined {
  const due = dueOf(facts, kind, event);
  if (!due) return undefined;
  const senders = kind === "DELIVER" || kind === "SUPPLEMENT";
  return {
    kind,
    version: event.version,
    organisation: senders ? facts.sender : event.receiver,
    startsAt: event.at,
    met: null,
    ...due,
  };
}

function dueOf(
  { type, consultation, norms }: ClockFacts,
  kind: DeadlineKind,
  { at, on, expectedOn }: ClockEvent,
): Pick<Deadline, "warnOn" | "dueOn" | "dueAt"> | undefined {
  const norm = normOf(kind, type, { norms });
  if (norm && "hours" in norm) return withinHours(new Date(at), norm.hours);
  if (norm) return { ...withinNorm(on, norm.workingDays), dueAt: null };
  if (kind === "CONSULT") {
    return consultation
      ? {
          warnOn: previousWorkingDay(consultation.dueOn),
          dueOn: consultation.dueOn,
          dueAt: consultation.dueAt,
        }
      : undefined;
  }
  return expectedOn === null
    ? undefined
    : { warnOn: previousWorkingDay(expectedOn), dueOn: expectedOn, dueAt: null };
}

/**
 * The day by which a norm is kept that begins on `on`, and the working day before it, on which is warned. With one day
 * to go there is no day before it: warned on the day itself; with none, at once.
 */
export function withinNorm(
  on: PlainDate,
  workingDays: number,
): { warnOn: PlainDate | null; dueOn: PlainDate } {
  if (workingDays === 0) return { warnOn: null, dueOn: on };
  const dueOn = addWorkingDays(on, workingDays);
  return { warnOn: workingDays === 1 ? dueOn : addWorkingDays(on, workingDays - 1), dueOn };
}

/** The moment until which a norm in hours is kept: warned at the beginning of its last day, or at once on the same day. */
export function withinHours(at: Date, hours: number): Pick<Deadline, "warnOn" | "dueOn" | "dueAt"> {
  const { on, moment } = endOfNorm({ hours }, at);
  return { warnOn: on === today(at) ? null : on, dueOn: on, dueAt: moment?.toISOString() ?? null };
}
