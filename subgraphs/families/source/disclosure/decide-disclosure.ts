// The holder's decision: weighed by a professional who works with the family, once, for a limited time.

import type { PoolClient } from "pg";
import { createTasks } from "../../../../shared/database/create-task";
import { SchakelError } from "../../../../shared/kernel/errors";
import { today } from "../../../../shared/kernel/plain-date";
import type { Grant, Requester } from "../../../../shared/kernel/requester";
import { toCodedDisclosure, type DisclosureRow } from "../../mapping/disclosure";
import type { Disclosure } from "../../types/disclosure";
import { changeWithTexts } from "../change-with-texts";
import type { Change, FamiliesStores } from "../families-stores";
import { checkDecision, type CheckedDecision, type HolderDecision } from "./check-decision";
import { aboutWhom, changeDisclosure, getDisclosure, mustBeOnSide, textsFor } from "./disclosure-parties";

/**
 * Records the decision of a professional of the holder who is assigned to the family, or stands in, today; never of the
 * one who asked. Telling the family later becomes a task of the holder. Throws ACCESS_DENIED, DISCLOSURE_NOT_FOUND for a
 * request that is not the requester's to decide on (whether it exists or not), DISCLOSURE_ALREADY_DECIDED, INPUT_INVALID
 * with the argument that is wrong, IDEMPOTENCY_KEY_REUSED, RECORD_UNAVAILABLE.
 */
export async function decideDisclosure(
  stores: FamiliesStores,
  grant: Grant,
  input: HolderDecision,
): Promise<Change<Disclosure>> {
  mustBeOnSide(grant, "HELD");
  const { requester } = grant;
  return changeWithTexts(
    stores,
    requester,
    "decideDisclosure",
    input,
    async (client) => {
      const request = await getDisclosure(client, requester, "HELD", input.disclosureId);
      // Someone with two employers does not answer their own question.
      if (request.requester_worker === requester.worker) throw new SchakelError("ACCESS_DENIED");
      if (request.state !== "REQUESTED") throw new SchakelError("DISCLOSURE_ALREADY_DECIDED");
      const decision = checkDecision(input, request, requester, today());
      const decided = await writeDecision(client, requester, request, decision);
      await planTelling(client, request, decision);
      return { ...aboutWhom(request), result: toCodedDisclosure(decided, requester.organisation) };
    },
    textsFor(requester),
  );
}

function writeDecision(
  client: PoolClient,
  requester: Requester,
  request: DisclosureRow,
  decision: CheckedDecision,
): Promise<DisclosureRow> {
  return changeDisclosure(
    client,
    request,
    `state = $2, decided_at = clock_timestamp(), decided_by = $3, weighing = $4, second_professional = $5,
       granted_categories = $6, granted_until = $7, refusal_reason = $8, family_told = $9, not_yet_reason = $10,
       not_yet_until = $11`,
    [
      decision.state,
      requester.worker,
      decision.weighing,
      decision.secondProfessional,
      decision.categories,
      decision.until,
      decision.refusalReason,
      decision.familyTold,
      decision.notYetReason,
      decision.notYetUntil,
    ],
  );
}

async function planTelling(
  client: PoolClient,
  request: DisclosureRow,
  { notYetUntil }: CheckedDecision,
): Promise<void> {
  const [rule] = request.rules;
  if (notYetUntil === null || rule === undefined) return;
  await createTasks(client, [
    {
      ...aboutWhom(request),
      organisation: request.holder,
      about: request.requester_organisation,
      obligation: "INFORM_FAMILY",
      rule,
      cause: "DISCLOSURE",
      causeId: request.id,
      dueOn: notYetUntil,
    },
  ]);
}
