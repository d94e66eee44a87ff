// What every resolver here gets, and which purposes open referrals.

import type { Purpose } from "../../../shared/kernel/codes";
import { SchakelError } from "../../../shared/kernel/errors";
import type { Grant, Requester } from "../../../shared/kernel/requester";
import type { SubgraphContext } from "../../../shared/subgraph-kit/context";
import type { ReferralStores } from "./move-referral";

/** Context of every resolver here. */
export type ReferralContext = SubgraphContext<ReferralStores>;

/** Sending and deciding is for one purpose. */
const TO_CHANGE: readonly Purpose[] = ["REFERRAL"];
/** Seeing what waits is part of working with a family; advice, rights of the family and oversight are not. */
const TO_READ: readonly Purpose[] = [
  "REFERRAL",
  "CARE",
  "SAFETY_ASSESSMENT",
  "INVESTIGATION",
  "INDEPENDENT_REVIEW",
  "MEASURE_EXECUTION",
  "ACUTE_SAFETY",
];

function requesterFor(grant: Grant, purposes: readonly Purpose[]): Requester {
  if (purposes.includes(grant.purpose)) return grant.requester;
  throw new SchakelError("ACCESS_DENIED", { purposesNeeded: purposes });
}

/** The requester, who may change referrals; throws ACCESS_DENIED with the purpose that it takes. */
export const whoMayChange = ({ grant }: ReferralContext): Requester => requesterFor(grant, TO_CHANGE);

/** The requester, who may read referrals; throws ACCESS_DENIED with the purposes that it takes. */
export const whoMayRead = ({ grant }: ReferralContext): Requester => requesterFor(grant, TO_READ);

/** May the requester read referrals at all, for the purpose of this request? */
export const mayRead = ({ grant }: ReferralContext): boolean => TO_READ.includes(grant.purpose);
