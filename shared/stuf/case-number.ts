// The case number under which a referral is known in messages, and back.

import { toReferralId, type ReferralId } from "../kernel/ids";

const CASE_NUMBER = /^\d{4}([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;

/** Four digits of the municipality (RGBZ), then the id of the referral: at most 40 characters. */
export const caseNumberOf = (caseCode: string, id: ReferralId): string => caseCode + id.replaceAll("-", "");

/** The referral that a case number names; undefined for a number of somebody else's making. */
export function referralOfCase(caseNumber: string): ReferralId | undefined {
  const parts = CASE_NUMBER.exec(caseNumber)?.slice(1);
  return parts && toReferralId(parts.join("-"));
}
