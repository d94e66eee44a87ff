// Records what someone decided about sharing: always a new row, so that what was decided before stays known.

import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import { Category, type Purpose } from "../../../shared/kernel/codes";
import { today } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import type { ConsentDecision, ConsentHow } from "../../../shared/database/register-codes";
import { CONSENT_COLUMNS, toConsent, type ConsentRow } from "../mapping/consent";
import type { Consent } from "../types/consent";
import { changeOnce } from "./change-once";
import { FAMILY_ISSUER } from "../../../shared/region/issuers";
import { checkOrganisation, invalid, notBefore, optionalDateOf } from "./check-input";
import type { Change, FamiliesStores } from "./families-stores";
import { householdOf, shareHousehold } from "./households";

/** What a worker sends. */
export interface NewConsent {
  readonly personId: string;
  readonly givenBy: string;
  readonly holder: string;
  readonly recipient: string;
  readonly categories: readonly Category[];
  readonly purpose: Purpose;
  readonly decision: ConsentDecision;
  readonly explicit: boolean;
  readonly how: ConsentHow;
  readonly validUntil?: string | null | undefined;
  readonly idempotencyKey: string;
}

/**
 * Records a decision, valid from today, in a family that the requester works with; the requester's organisation is holder
 * or recipient. What the family itself may read (recipient "family", for its own rights) is recorded for any holder.
 * Throws INPUT_INVALID with the argument that is wrong, FAMILY_NOT_FOUND for any other person, ACCESS_DENIED,
 * IDEMPOTENCY_KEY_REUSED, RECORD_UNAVAILABLE.
 */
export function recordConsent(
  stores: FamiliesStores,
  requester: Requester,
  input: NewConsent,
): Promise<Change<Consent>> {
  return changeOnce(stores, requester, "recordConsent", input, async (client) => {
    checkParties(stores, requester, input);
    const familyId = await householdOf(client, requester, input.personId);
    if (!(await shareHousehold(client, input.personId, input.givenBy))) {
      throw invalid("input.givenBy", "the person, or another member of a household of theirs");
    }
    const consent = await insertConsent(client, requester, input);
    return { familyId, personId: input.personId, result: consent };
  });
}

function checkParties(
  { region }: FamiliesStores,
  requester: Requester,
  { personId, givenBy, holder, recipient, purpose }: NewConsent,
): void {
  checkOrganisation(region, "input.holder", holder);
  if ((recipient === FAMILY_ISSUER) !== (purpose === "SUBJECT_RIGHTS")) {
    throw invalid("input.recipient", `"${FAMILY_ISSUER}" for the purpose SUBJECT_RIGHTS, and for no other`);
  }
  if (recipient === FAMILY_ISSUER) {
    // What parents may read is the word of the young person alone.
    if (givenBy !== personId) throw invalid("input.givenBy", "the person whose data it is about");
    return;
  }
  checkOrganisation(region, "input.recipient", recipient);
  if (holder === recipient) throw invalid("input.recipient", "another organisation than the holder");
  if (requester.organisation !== holder && requester.organisation !== recipient) {
    throw invalid("input.recipient", "your own organisation, as recipient or as holder");
  }
}

async function insertConsent(client: PoolClient, requester: Requester, input: NewConsent): Promise<Consent> {
  // In the order of the code list, each once: the same decision is the same row.
  const categories = Object.keys(Category).filter((one) => input.categories.includes(one as Category));
  if (categories.length === 0) throw invalid("input.categories", "at least one category");
  const day = today();
  const validUntil = optionalDateOf("input.validUntil", input.validUntil);
  notBefore("input.validUntil", validUntil, day);
  const { rows } = await client.query<ConsentRow>(
    `insert into hub.consent (id, person_id, given_by, holder, recipient, categories, purpose, decision, explicit, how,
       valid_from, valid_until, recorded_by, recorded_by_organisation)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) returning ${CONSENT_COLUMNS}`,
    [
      randomUUID(),
      input.personId,
      input.givenBy,
      input.holder,
      input.recipient,
      categories,
      input.purpose,
      input.decision,
      input.explicit,
      input.how,
      day,
      validUntil,
      requester.worker,
      requester.organisation,
    ],
  );
  return toConsent(rows[0]);
}
