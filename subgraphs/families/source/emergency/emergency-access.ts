// Who may see and review the uses of the emergency procedure: the own organisation.

import type { PoolClient } from "pg";
import { SchakelError } from "../../../../shared/kernel/errors";
import type { Grant } from "../../../../shared/kernel/requester";
import { withEmergencyTexts, type CodedEmergency, type EmergencyTexts } from "../../mapping/emergency";
import type { Emergency } from "../../types/emergency";
import { mustBeAtWork } from "../work-with-families";

/** Throws ACCESS_DENIED unless it is a worker of an organisation at work, or its privacy officer in oversight. */
export function mustBeReviewer(grant: Grant): void {
  const { requester, purpose } = grant;
  if (requester.workerFunction === "PRIVACY_OFFICER" && requester.kind !== "HUB") {
    if (purpose === "OVERSIGHT") return;
    throw new SchakelError("ACCESS_DENIED", { purposesNeeded: ["OVERSIGHT"] });
  }
  mustBeAtWork(grant);
}

/** Adds the texts; for an answer that was checked to be the reader's. */
export async function addEmergencyTexts(client: PoolClient, coded: CodedEmergency): Promise<Emergency> {
  const { rows } = await client.query<EmergencyTexts>(
    "select reason, review_note from hub.emergency where id = $1",
    [coded.id],
  );
  const [texts] = rows;
  if (!texts) throw new Error("An emergency is gone.");
  return withEmergencyTexts(coded, texts);
}
