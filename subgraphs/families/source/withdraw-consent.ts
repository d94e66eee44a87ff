// Takes a consent back: from the moment this returns, no request is permitted by it.

import type { PoolClient } from "pg";
import { SchakelError } from "../../../shared/kernel/errors";
import { today } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { FAMILY_ISSUER } from "../../../shared/region/issuers";
import { CONSENT_COLUMNS, toConsent, type ConsentRow } from "../mapping/consent";
import type { Consent } from "../types/consent";
import { mustBeWorker } from "./assigned-now";
import { changeOnce } from "./change-once";
import { isRegisterId } from "./check-input";
import type { Change, FamiliesStores } from "./families-stores";
import { HOUSEHOLD_WORKED_WITH } from "./households";

/** What a worker sends. */
export interface ConsentWithdrawal {
  readonly consentId: string;
  readonly idempotencyKey: string;
}

/**
 * Withdraws a consent of which the requester's organisation is holder or recipient, or what the family itself may read,
 * about a family that the requester works with now. One that was withdrawn before is returned as it is. Throws CONSENT_NOT_FOUND for any other, whether it
 * exists or not; ACCESS_DENIED; IDEMPOTENCY_KEY_REUSED; RECORD_UNAVAILABLE.
 */
export function withdrawConsent(
  stores: FamiliesStores,
  requester: Requester,
  input: ConsentWithdrawal,
): Promise<Change<Consent>> {
  return changeOnce(stores, requester, "withdrawConsent", input, async (client) => {
    mustBeWorker(requester);
    const { familyId, ...row } = await getConsent(client, requester, input.consentId);
    const consent = row.withdrawn_at ? toConsent(row) : await markWithdrawn(client, requester, row.id);
    return { familyId, personId: consent.personId, result: consent };
  });
}

async function getConsent(
  client: PoolClient,
  requester: Requester,
  id: string,
): Promise<ConsentRow & { familyId: string }> {
  if (!isRegisterId(id)) throw new SchakelError("CONSENT_NOT_FOUND");
  const { rows } = await client.query<ConsentRow & { familyId: string | null }>(
    `select ${CONSENT_COLUMNS}, (${HOUSEHOLD_WORKED_WITH}) as "familyId"
     from hub.consent subject
     where id = $4 and ($1 in (holder, recipient) or recipient = $5)
     for update`,
    [requester.organisation, requester.worker, today(), id, FAMILY_ISSUER],
  );
  const [row] = rows;
  if (!row?.familyId) throw new SchakelError("CONSENT_NOT_FOUND");
  return { ...row, familyId: row.familyId };
}

async function markWithdrawn(client: PoolClient, requester: Requester, id: string): Promise<Consent> {
  const { rows } = await client.query<ConsentRow>(
    `update hub.consent set withdrawn_at = clock_timestamp(), withdrawn_by = $2 where id = $1
     returning ${CONSENT_COLUMNS}`,
    [id, requester.worker],
  );
  return toConsent(rows[0]);
}
