// Takes a request back before the holder decided on it.

import { SchakelError } from "../../../../shared/kernel/errors";
import type { Grant } from "../../../../shared/kernel/requester";
import { toCodedDisclosure } from "../../mapping/disclosure";
import type { Disclosure } from "../../types/disclosure";
import { changeWithTexts } from "../change-with-texts";
import type { Change, FamiliesStores } from "../families-stores";
import { aboutWhom, changeDisclosure, getDisclosure, mustBeOnSide, textsFor } from "./disclosure-parties";

/** What a worker sends. */
export interface RequestWithdrawal {
  readonly disclosureId: string;
  readonly idempotencyKey: string;
}

/**
 * Withdraws a request of the requester's organisation, about a family that the requester works with now. One that was
 * withdrawn before is returned as it is. Throws ACCESS_DENIED, DISCLOSURE_NOT_FOUND for any other request, whether it
 * exists or not; DISCLOSURE_ALREADY_DECIDED, IDEMPOTENCY_KEY_REUSED, RECORD_UNAVAILABLE.
 */
export async function withdrawDisclosureRequest(
  stores: FamiliesStores,
  grant: Grant,
  input: RequestWithdrawal,
): Promise<Change<Disclosure>> {
  mustBeOnSide(grant, "ASKED");
  const { requester } = grant;
  return changeWithTexts(
    stores,
    requester,
    "withdrawDisclosureRequest",
    input,
    async (client) => {
      const found = await getDisclosure(client, requester, "ASKED", input.disclosureId);
      if (found.state === "WITHDRAWN") {
        return { ...aboutWhom(found), result: toCodedDisclosure(found, requester.organisation) };
      }
      if (found.state !== "REQUESTED") throw new SchakelError("DISCLOSURE_ALREADY_DECIDED");
      const ended = await changeDisclosure(
        client,
        found,
        "state = 'WITHDRAWN', ended_at = clock_timestamp(), ended_by = $2",
        [requester.worker],
      );
      return { ...aboutWhom(found), result: toCodedDisclosure(ended, requester.organisation) };
    },
    textsFor(requester),
  );
}
