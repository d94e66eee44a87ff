// Takes a consent back: from the moment this returns, no request is permitted by it.

import type { PoolClient } from "pg";
import { SchakelError } from "../../../shared/kernel/errors";
import { today } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { CONSENT_COLUMNS, toConsent, type ConsentRow } from "../mapping/consent";
import type { Consent } from "../types/consent";
import { FAMILIES_OF_WORKER } from "./assigned-now";
import { changeOnce } from "./change-once";
import { isRegisterId } from "./check-input";
import type { Change, FamiliesStores } from "./families-stores";

/** What a worker sends. */
export interface ConsentWithdrawal {
  readonly consentId: string;
  readonly idempotencyKey: string;
}

/**
 * Withdraws a consent of which the requester's organisation is holder or recipient, about a family that the requester
 * works with now. One that was withdrawn before is returned as it is. Throws CONSENT_NOT_FOUND for any other, whether it
 * exists or not; IDEMPOTENCY_KEY_REUSED; RECORD_UNAVAILABLE.
 */
export function withdrawConsent(
  stores: FamiliesStores,
  requester: Requester,
  input: ConsentWithdrawal,
): Promise<Change<Consent>> {
  return changeOnce(stores, requester, "withdrawConsent", input, async (client) => {
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
  const { rows } = await client.query<ConsentRow & { familyId: string }>(
    `select ${CONSENT_COLUMNS}, (select family_id from hub.person p where p.id = c.person_id) as "familyId"
     from hub.consent c
     where id = $4 and $1 in (holder, recipient)
       and person_id in (select id from hub.person where family_id in (${FAMILIES_OF_WORKER}))
     for update`,
    [requester.organisation, requester.worker, today(), id],
  );
  const [row] = rows;
  if (!row) throw new SchakelError("CONSENT_NOT_FOUND");
  return row;
}

async function markWithdrawn(client: PoolClient, requester: Requester, id: string): Promise<Consent> {
  const { rows } = await client.query<ConsentRow>(
    `update hub.consent set withdrawn_at = clock_timestamp(), withdrawn_by = $2 where id = $1
     returning ${CONSENT_COLUMNS}`,
    [id, requester.worker],
  );
  return toConsent(rows[0]);
}
