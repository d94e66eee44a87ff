// What cannot be delivered becomes a dead letter, and a dead letter becomes a task of the organisation that owns it.

import type { PoolClient } from "pg";
import { createTasks, type NewTask } from "./create-task";
import { today } from "../kernel/plain-date";
import { addWorkingDays } from "../kernel/working-days";

/**
 * What is delivered: a referral to the inbox of its receiver, a pointer to an organisation's own system, or a message of the
 * chain (StUF) from the sender to the receiver.
 */
export type DeliveryKind = "REFERRAL" | "WEBHOOK" | "STUF";

/** A dead letter. */
export interface DeadLetter {
  readonly referralId: string;
  readonly kind: DeliveryKind;
  /** To whom. */
  readonly organisation: string;
  /** Whose it is. */
  readonly owner: string;
}

/** What the owner of a dead letter, or of an endpoint that is switched off, has to do; the words are in families. */
export const DELIVERY_DUTIES = {
  /** Bel de ontvanger */
  REFERRAL_UNDELIVERED: "REFERRAL_UNDELIVERED",
  /** Kijk in de hub */
  OWN_SYSTEM_BEHIND: "OWN_SYSTEM_BEHIND",
} as const;

/** The hub in a task. */
const HUB = "hub";
/** Somebody looks at it on the next working day. */
const TERM_WORKING_DAYS = 1;

type Behind = Pick<NewTask, "familyId" | "organisation" | "rule" | "causeId">;

/** A task to look in the hub, since the own system of the organisation does not know. */
const behind = (one: Behind): NewTask => ({
  ...one,
  about: HUB,
  obligation: DELIVERY_DUTIES.OWN_SYSTEM_BEHIND,
  cause: "REFERRAL",
  dueOn: addWorkingDays(today(), TERM_WORKING_DAYS),
});

/**
 * Makes the task of each dead letter, in the transaction in which it died. Of a referral: call the receiver, for it knows
 * of nothing. Of a message of the chain the same. Of a webhook: look in the hub, for the own system does not know.
 */
export async function askOwners(client: PoolClient, letters: readonly DeadLetter[]): Promise<void> {
  if (letters.length === 0) return;
  const { rows } = await client.query<{ id: string; familyId: string }>(
    `select id, family_id as "familyId" from hub.referral where id = any ($1::uuid[])`,
    [letters.map(({ referralId }) => referralId)],
  );
  const families = new Map(rows.map(({ id, familyId }) => [id, familyId]));
  await createTasks(
    client,
    letters.map(({ referralId, kind, organisation, owner }) => {
      const familyId = families.get(referralId) ?? "";
      const task = behind({
        familyId,
        organisation: owner,
        rule: "delivery.dead-letter",
        causeId: referralId,
      });
      return kind === "WEBHOOK"
        ? task
        : { ...task, about: organisation, obligation: DELIVERY_DUTIES.REFERRAL_UNDELIVERED };
    }),
  );
}

/** Makes a task of an organisation whose endpoint is switched off: one for each family of which it is not told. */
export async function tellOwner(
  client: PoolClient,
  organisation: string,
  familyIds: readonly string[],
): Promise<void> {
  const rule = "delivery.endpoint-off";
  await createTasks(
    client,
    familyIds.map((familyId) => behind({ familyId, organisation, rule, causeId: "" })),
  );
}
