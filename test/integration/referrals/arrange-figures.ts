// Referrals as they stand in the register, with the moments that figures are counted from.

import { randomUUID } from "node:crypto";
import { inTransaction } from "../../../shared/database/pool";
import type { TestDatabase } from "../../kit/database";
import { arrangeFamily } from "./arrange";

/** A statement that the guards of the register would refuse: what is looked at here is what stands in it. */
export const unguarded = (
  { owner }: TestDatabase,
  statement: string,
  values: unknown[] = [],
): Promise<unknown> =>
  inTransaction(owner, async (client) => {
    await client.query("set local session_replication_role = replica");
    return client.query(statement, values);
  });

export interface Arranged {
  readonly familyId?: string;
  readonly type?: string;
  readonly mode?: "JOIN" | "TRANSFER";
  readonly sent?: string;
  readonly received?: string;
  readonly accepted?: string;
  readonly started?: string;
}

/** A referral with its moments, in UTC. */
export async function arrangeMoments(
  database: TestDatabase,
  {
    familyId,
    type = "GUIDANCE",
    mode = "JOIN",
    sent = "2026-02-02T10:00:00Z",
    received = sent,
    accepted,
    started,
  }: Arranged = {},
): Promise<{ readonly id: string; readonly familyId: string }> {
  const family = familyId ?? (await arrangeFamily(database.pool));
  const id = randomUUID();
  const isTaken = accepted !== undefined;
  await unguarded(
    database,
    `insert into hub.referral (id, family_id, type, mode, transfer_reason, urgency, reason_code, consent_basis,
       family_informed, family_informed_on, sender_organisation, sender_worker, receiver_organisation,
       owner_organisation, sight_on_safety, state, version, created_at, received_at, decided_at)
     values ($1, $2, $3, $4, case $4 when 'TRANSFER' then 'FAMILY_MOVED' end, 'NORMAL', 'EXPERTISE_NEEDED',
       'CONSENT_GIVEN', 'SPOKEN', '2026-01-06', 'lokalis', 'lokalis.worker', 'save', $5, 'lokalis', $6, 1, $7, $8, $9)`,
    [
      id,
      family,
      type,
      mode,
      isTaken ? "save" : "lokalis",
      isTaken ? "ACCEPTED" : "RECEIVED",
      sent,
      received,
      accepted,
    ],
  );
  for (const [action, to, at] of [
    ["accept", "ACCEPTED", accepted],
    ["start", "IN_PROGRESS", started],
  ] as const) {
    if (at === undefined) continue;
    await unguarded(
      database,
      `insert into hub.referral_event (referral_id, version, action, from_state, to_state, party, organisation, worker,
         owner_organisation, receiver_organisation, at)
       values ($1, $2, $3, 'RECEIVED', $4, 'RECEIVER', 'save', 'save.worker', 'save', 'save', $5)`,
      [id, action === "accept" ? 2 : 3, action, to, at],
    );
  }
  return { id, familyId: family };
}
