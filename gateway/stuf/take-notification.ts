// A notification moves the referral that its request was about: by the steps that the receiver's own system may take, through the
// same door, rules and record as everything else. What cannot be is refused and changes nothing.

import type { Pool } from "pg";
import { COULD_NOT, SchakelError, type ErrorCode } from "../../shared/kernel/errors";
import type { ReferralId } from "../../shared/kernel/ids";
import { referralOfCase } from "../../shared/stuf/case-number";
import { notConform, StufFault } from "../../shared/stuf/fault";
import type { NotifiedResult, NotifiedStatus, Notification } from "../../shared/stuf/notification";
import type { Receiver } from "./receivers";
import { digestsOf, findSent, findTaken, noteTaken } from "./received";

/** A step of a system, as the hub knows it. */
export interface SystemStep {
  /** Name of a mutation that answers with the referral. */
  readonly mutation: (typeof NOTIFICATION_STEPS)[number];
  readonly input: Readonly<Record<string, unknown>>;
}

/** The steps that notifications take: all of them are a system's own. */
export const NOTIFICATION_STEPS = ["reviewReferral", "startReferral", "completeReferral"] as const;

/** What taking a notification stands on. */
export interface TakeDeps {
  readonly pool: Pool;
  /** Takes a step in the name of a receiver, on record; resolves with the code of what stood against it. */
  readonly takeStep: (receiver: Receiver, step: SystemStep, origin: string) => Promise<ErrorCode | undefined>;
  /** Puts on record that a message was refused before any step. */
  readonly refuse: (receiver: Receiver, error: SchakelError, origin: string) => Promise<void>;
}

/** Which step a status is, and the state in which it holds already. */
const STEP_OF = {
  INTAKE: { mutation: "reviewReferral", holdsIn: "IN_REVIEW" },
  INQUIRY: { mutation: "startReferral", holdsIn: "IN_PROGRESS" },
  CLOSED: { mutation: "completeReferral", holdsIn: "COMPLETED" },
} as const satisfies Record<NotifiedStatus, { mutation: SystemStep["mutation"]; holdsIn: string }>;

/** How a referral ended, by the result at the board. Whatever the board found, the question was answered. */
const OUTCOME_OF = {
  REQUEST_DECLINED: "ANSWERED",
  NO_PETITION: "ANSWERED",
  NO_MEASURE: "ANSWERED",
  MEASURE: "NEXT_STEP_TAKEN",
} as const satisfies Record<NotifiedResult, string>;

/** Nothing was decided yet, and may be in a moment. */
const PASSING: readonly ErrorCode[] = [...COULD_NOT, "LOG_UNAVAILABLE", "GATEWAY_BUSY"];

function inputOf(id: ReferralId, { status, result }: Notification, key: string): SystemStep["input"] {
  const input = { referralId: id, idempotencyKey: key };
  return status === "CLOSED" ? { ...input, outcome: result ? OUTCOME_OF[result] : "ANSWERED" } : input;
}

/**
 * Takes a notification of a receiver. Resolves when it has had its effect, now or before; throws a StufFault when it is
 * about nothing that is known here, comes out of order, or is another message under a number that was used.
 */
export async function takeNotification(
  deps: TakeDeps,
  receiver: Receiver,
  notification: Notification,
  origin: string,
): Promise<void> {
  const { code } = receiver.organisation;
  const { reference, caseNumber, status, result } = notification;
  const refuse = async (fault: StufFault, error: ErrorCode): Promise<never> => {
    await deps.refuse(receiver, new SchakelError(error), origin);
    throw fault;
  };
  const id = caseNumber === undefined ? undefined : referralOfCase(caseNumber);
  const known = id && (await findSent(deps.pool, code, id));
  if (!id || !known) return refuse(new StufFault("StUF064", "REFERRAL_NOT_FOUND"), "REFERRAL_NOT_FOUND");
  const digests = digestsOf(reference, [caseNumber, status, result]);
  const before = await findTaken(deps.pool, code, digests);
  if (before === "SAME") return undefined;
  if (before === "OTHER") return refuse(notConform("IDEMPOTENCY_KEY_REUSED"), "IDEMPOTENCY_KEY_REUSED");
  const { mutation, holdsIn } = STEP_OF[status];
  if (known.state !== holdsIn) {
    // Under the number of the message: killed between the step and its note, it is the same step when it comes again.
    const input = inputOf(id, notification, `stuf-${digests.reference}`);
    const against = await deps.takeStep(receiver, { mutation, input }, origin);
    if (against !== undefined) {
      throw new StufFault("StUF058", PASSING.includes(against) ? "TRY_AGAIN" : against);
    }
  }
  await noteTaken(deps.pool, code, digests, id, status);
  return undefined;
}
