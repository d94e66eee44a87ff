// The states of a referral and every step between them: one table. What is not in it cannot happen.

import type { OrganisationCode } from "../../../shared/kernel/ids";
import type { Party, ReferralMode, ReferralState } from "./referral-codes";

/** The part of a referral that the steps are about. */
export interface Position {
  readonly state: ReferralState;
  readonly sender: OrganisationCode;
  readonly receiver: OrganisationCode;
  /** Accountable for the referral: exactly one, always. */
  readonly owner: OrganisationCode;
  readonly coOwner: OrganisationCode | null;
  /** Whether the second owner accepted; its acceptance is its own. */
  readonly coOwnerAccepted: boolean;
  /** Whether there has been an objection: there is one round, no second. */
  readonly objected: boolean;
  /** Whether the term of the consultation that runs has run out: then the chair decides, and nobody else. */
  readonly termOver: boolean;
}

/** What a step does to the owner: nothing, the receiver, whom the consultation names, or the sender. */
type OwnerAfter = "SAME" | "RECEIVER" | "ASSIGNED" | "SENDER";

interface Transition {
  readonly from: readonly ReferralState[];
  /** SAME: the state does not change. */
  readonly to: ReferralState | "SAME";
  readonly by: readonly Party[];
  readonly owner: OwnerAfter;
}

const table = <T extends Record<string, Transition>>(rows: T): Readonly<Record<keyof T, Transition>> => rows;

const AT_RECEIVER = ["RECEIVED", "IN_REVIEW", "INFORMATION_REQUESTED"] as const;
const AT_TABLE = ["SENDER", "RECEIVER", "PARTICIPANT"] as const;
/** Those at the table within the term, the chair after it: see `allows`. */
const CONSULTED = [...AT_TABLE, "CHAIR"] as const;

/**
 * Every step: from where, to where, who may take it, who owns the referral afterwards. Until someone accepts or a
 * consultation assigns, the owner is the sender; only `withdraw` makes the sender the owner again.
 */
export const TRANSITIONS = table({
  /** Bezorgen */
  deliver: { from: ["SUBMITTED"], to: "RECEIVED", by: ["HUB"], owner: "SAME" },
  /** In beoordeling nemen */
  review: { from: ["RECEIVED"], to: "IN_REVIEW", by: ["RECEIVER"], owner: "SAME" },
  /** Aanvulling vragen: place and clock stay */
  requestInformation: {
    from: ["RECEIVED", "IN_REVIEW"],
    to: "INFORMATION_REQUESTED",
    by: ["RECEIVER"],
    owner: "SAME",
  },
  /** Aanvullen */
  supplement: { from: ["INFORMATION_REQUESTED"], to: "IN_REVIEW", by: ["SENDER"], owner: "SAME" },
  /** Aannemen voor later, of een nieuwe verwachte datum geven: no way back from there but accepting */
  waitlist: { from: [...AT_RECEIVER, "WAITLISTED"], to: "WAITLISTED", by: ["RECEIVER"], owner: "SAME" },
  /** Accepteren */
  accept: { from: [...AT_RECEIVER, "WAITLISTED"], to: "ACCEPTED", by: ["RECEIVER"], owner: "RECEIVER" },
  /** Accepteren door de tweede eigenaar: once; whatever the owner has done with it meanwhile */
  acceptTogether: {
    from: [...AT_RECEIVER, "WAITLISTED", "ACCEPTED", "IN_PROGRESS"],
    to: "SAME",
    by: ["CO_OWNER"],
    owner: "SAME",
  },
  /** Bezwaar maken: once, see `allows` */
  object: { from: AT_RECEIVER, to: "IN_CONSULTATION", by: ["RECEIVER"], owner: "SAME" },
  /** Toewijzen na overleg: received by its owner, who cannot object any more */
  assign: { from: ["IN_CONSULTATION"], to: "RECEIVED", by: CONSULTED, owner: "ASSIGNED" },
  /** Samenvoegen met een lopend traject van de nieuwe eigenaar */
  merge: { from: ["IN_CONSULTATION"], to: "COMPLETED", by: CONSULTED, owner: "ASSIGNED" },
  /** Starten */
  start: { from: ["ACCEPTED"], to: "IN_PROGRESS", by: ["RECEIVER"], owner: "SAME" },
  /** Afronden */
  complete: { from: ["ACCEPTED", "IN_PROGRESS"], to: "COMPLETED", by: ["RECEIVER"], owner: "SAME" },
  /** Intrekken, zolang niemand accepteerde */
  withdraw: {
    from: ["SUBMITTED", ...AT_RECEIVER, "IN_CONSULTATION", "WAITLISTED"],
    to: "WITHDRAWN",
    by: ["SENDER"],
    owner: "SENDER",
  },
});
export type Action = keyof typeof TRANSITIONS;
export const ACTIONS = Object.keys(TRANSITIONS) as Action[];

/** A step with the owner that it names, for the two that end a consultation. */
export interface Step {
  readonly action: Action;
  readonly assigned?: { readonly owner: OrganisationCode; readonly coOwner: OrganisationCode | null };
}

/** States in which a receiver has really taken the referral over. */
const TAKEN: readonly ReferralState[] = ["ACCEPTED", "IN_PROGRESS", "COMPLETED"];

/** May this party take this step now? */
export function allows(position: Position, action: Action, party: Party): boolean {
  const { from, by } = TRANSITIONS[action];
  if (!from.includes(position.state) || !by.includes(party)) return false;
  const { coOwner, coOwnerAccepted, objected, termOver } = position;
  if (action === "object") return !objected;
  if (action === "acceptTogether") return coOwner !== null && !coOwnerAccepted;
  if (action === "withdraw") return !coOwnerAccepted;
  if (action === "assign" || action === "merge") return termOver === (party === "CHAIR");
  return true;
}

/** The steps that are open to a party, in the order of the table. */
export function openSteps(position: Position, party: Party): Action[] {
  return ACTIONS.filter((action) => allows(position, action, party));
}

/**
 * Where a step leads, or undefined when it is not allowed: not in this state, not by this party, a second
 * objection, a decision before or after its time, or a consultation that would name nobody, the sender, or one organisation twice.
 */
export function take(position: Position, step: Step, party: Party): Position | undefined {
  if (!allows(position, step.action, party)) return undefined;
  const { to, owner } = TRANSITIONS[step.action];
  const moved: Position = {
    ...position,
    state: to === "SAME" ? position.state : to,
    objected: position.objected || step.action === "object",
    coOwnerAccepted: position.coOwnerAccepted || step.action === "acceptTogether",
    termOver: false,
  };
  switch (owner) {
    case "SAME":
      return moved;
    case "RECEIVER":
      return { ...moved, owner: position.receiver };
    case "SENDER":
      return { ...moved, owner: position.sender, coOwner: null };
    case "ASSIGNED": {
      const { assigned } = step;
      if (!assigned || assigned.owner === position.sender) return undefined;
      if (assigned.coOwner === position.sender || assigned.coOwner === assigned.owner) return undefined;
      return { ...moved, receiver: assigned.owner, owner: assigned.owner, coOwner: assigned.coOwner };
    }
  }
}

/** States in which the receiver can decide about some of the children before the others (splitsen). */
const DIVISIBLE: readonly ReferralState[] = [...AT_RECEIVER, "WAITLISTED"];

/**
 * The position of the children about whom the receiver does not decide yet: in a referral of their own, with the same
 * place, clock, owners and objection. Undefined when there is nothing to decide.
 */
export function splitOff(position: Position): Position | undefined {
  return DIVISIBLE.includes(position.state) ? position : undefined;
}

/** Who is responsible for the family today: the sender, unless it was handed over and someone took it. */
export function responsibleNow(position: Position, mode: ReferralMode): OrganisationCode {
  return mode === "TRANSFER" && TAKEN.includes(position.state) ? position.owner : position.sender;
}
