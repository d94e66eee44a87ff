// The rows of referrals in a world (world.ts): each, whom it is about, and what goes with it.

import type { Category } from "../../shared/kernel/codes";

/** hub.referral */
export interface ReferralRow {
  readonly id: string;
  readonly familyId: string;
  readonly type: string;
  readonly mode: "JOIN";
  readonly urgency: "NORMAL" | "URGENT";
  readonly reasonCode: string;
  readonly consentBasis: string;
  readonly familyInformed: string;
  readonly familyInformedOn: string;
  readonly senderOrganisation: string;
  readonly senderWorker: string;
  readonly receiverOrganisation: string;
  readonly ownerOrganisation: string;
  /** Second owner, who accepts for itself. */
  readonly coOwnerOrganisation: string | null;
  readonly coOwnerAcceptedAt: string | null;
  readonly sightOnSafety: string;
  readonly state: "SUBMITTED" | "RECEIVED" | "ACCEPTED" | "COMPLETED" | "WITHDRAWN";
  readonly outcome: string | null;
  readonly createdAt: string;
  readonly receivedAt: string | null;
  readonly decidedAt: string | null;
  readonly version: number;
  readonly content: "ROUTE" | "SELECTION";
}

/** hub.referral_child */
export interface ReferralChildRow {
  readonly referralId: string;
  readonly personId: string;
}

/** hub.referral_content */
export interface ReferralContentRow {
  readonly referralId: string;
  readonly personId: string;
  readonly category: Category;
}
