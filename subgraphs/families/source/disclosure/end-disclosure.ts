// Ends a grant early: from the moment this returns, no request is permitted by it.

import { today } from "../../../../shared/kernel/plain-date";
import type { Grant } from "../../../../shared/kernel/requester";
import { toCodedDisclosure } from "../../mapping/disclosure";
import type { Disclosure } from "../../types/disclosure";
import { changeWithTexts } from "../change-with-texts";
import { invalid } from "../check-input";
import type { Change, FamiliesStores } from "../families-stores";
import { aboutWhom, changeDisclosure, getDisclosure, mustBeOnSide, textsFor } from "./disclosure-parties";

/** What the holder's professional sends. */
export interface DisclosureEnd {
  readonly disclosureId: string;
  readonly idempotencyKey: string;
}

/**
 * Ends a grant of the requester's organisation, about a family that the requester works with now. One that was ended
 * before is returned as it is. Throws ACCESS_DENIED, DISCLOSURE_NOT_FOUND for any other request, whether it exists or
 * not; INPUT_INVALID for one that was not granted or has run out; IDEMPOTENCY_KEY_REUSED, RECORD_UNAVAILABLE.
 */
export async function endDisclosure(
  stores: FamiliesStores,
  grant: Grant,
  input: DisclosureEnd,
): Promise<Change<Disclosure>> {
  mustBeOnSide(grant, "HELD");
  const { requester } = grant;
  return changeWithTexts(
    stores,
    requester,
    "endDisclosure",
    input,
    async (client) => {
      const found = await getDisclosure(client, requester, "HELD", input.disclosureId);
      const { granted_until: last } = found;
      if (found.state !== "GRANTED" || last === null || last < today()) {
        throw invalid("input.disclosureId", "a request that was granted, up to today or later");
      }
      if (found.ended_at !== null) {
        return { ...aboutWhom(found), result: toCodedDisclosure(found, requester.organisation) };
      }
      const ended = await changeDisclosure(client, found, "ended_at = clock_timestamp(), ended_by = $2", [
        requester.worker,
      ]);
      return { ...aboutWhom(found), result: toCodedDisclosure(ended, requester.organisation) };
    },
    textsFor(requester),
  );
}
