// Messages that came in: which referral one is about, and which were taken before.

import type { Pool } from "pg";
import type { ReferralId } from "../../shared/kernel/ids";
import { sha256Hex } from "../../shared/kernel/sha256";

/** A referral that a message can be about: one of which the request went to this receiver. */
export interface KnownReferral {
  readonly state: string;
}

/** The referral, when a request about it was sent to `receiver` as a message. */
export async function findSent(
  pool: Pool,
  receiver: string,
  id: ReferralId,
): Promise<KnownReferral | undefined> {
  const { rows } = await pool.query<KnownReferral>(
    `select r.state from hub.referral r
     where r.id = $1 and r.receiver_organisation = $2 and exists (select from hub.referral_delivery d
       where d.referral_id = r.id and d.organisation = $2 and d.kind = 'STUF' and d.attempts > 0)`,
    [id, receiver],
  );
  return rows[0];
}

/** What a message says, as digests: its number, and all that counts of it. */
export interface MessageDigests {
  readonly reference: string;
  readonly body: string;
}

/** The digests of a message; the order of `said` counts. */
export const digestsOf = (reference: string, said: readonly (string | undefined)[]): MessageDigests => ({
  reference: sha256Hex(reference),
  body: sha256Hex(JSON.stringify(said)),
});

/** Was this message taken before; or another one under its number? */
export async function findTaken(
  pool: Pool,
  receiver: string,
  { reference, body }: MessageDigests,
): Promise<"SAME" | "OTHER" | "NONE"> {
  const { rows } = await pool.query<{ same: boolean }>(
    "select body_digest = $3 as same from hub.stuf_received where organisation = $1 and reference_digest = $2",
    [receiver, reference, body],
  );
  if (!rows[0]) return "NONE";
  return rows[0].same ? "SAME" : "OTHER";
}

/** Notes that a message had its effect; one that comes twice at the same time is noted once. */
export async function noteTaken(
  pool: Pool,
  receiver: string,
  { reference, body }: MessageDigests,
  referralId: ReferralId,
  status: string,
): Promise<void> {
  await pool.query(
    `insert into hub.stuf_received (organisation, reference_digest, body_digest, referral_id, status)
     values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [receiver, reference, body, referralId, status],
  );
}
