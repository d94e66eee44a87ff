// Who may ask the log anything: a privacy officer of an organisation of the region, for oversight, who signed in with a second
// factor (decision table, rows 74, 75 and 78; NEN 7513). The gateway decides this too; what is decided here trusts nobody.

import { SchakelError } from "../../../shared/kernel/errors";
import type { Grant } from "../../../shared/kernel/requester";
import type { Region } from "../../../shared/region/region";

/**
 * The organisation whose log this requester may see. Throws ACCESS_DENIED for another function or purpose and for who is
 * employed by no organisation of the region, and SECOND_FACTOR_REQUIRED.
 */
export function organisationOfOfficer({ requester, purpose }: Grant, region: Region): string {
  const employed = region.organisations.some((one) => one.code === requester.organisation);
  if (requester.workerFunction !== "PRIVACY_OFFICER" || purpose !== "OVERSIGHT" || !employed) {
    throw new SchakelError("ACCESS_DENIED");
  }
  if (requester.secondFactor !== true) throw new SchakelError("SECOND_FACTOR_REQUIRED");
  return requester.organisation;
}
