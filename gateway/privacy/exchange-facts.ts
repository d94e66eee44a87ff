// What is under way between a holder and the requester's organisation about a family: referrals and meetings.

import type { Exchange, Purpose, Relation } from "../../shared/kernel/codes";
import type { PlainDate } from "../../shared/kernel/plain-date";
import type { FamilyRecord } from "../../shared/database/family-records";
import type { ReferralRecord } from "../../shared/database/referral-records";
import type { Resource } from "./facts";

/** For which purpose a referral of this type is read; those that are not named are read for REFERRAL. */
const PURPOSES: Readonly<Record<string, Purpose>> = {
  REPORT: "SAFETY_ASSESSMENT",
  NEW_FACTS: "MEASURE_EXECUTION",
};

/** What a referral of this type opens to its receiver; others open nothing but that the family is there. */
const OPENS: Readonly<Record<string, Exchange>> = {
  REPORT: "REPORT",
  NEW_FACTS: "NEW_FACTS",
  AGENCY_HANDOVER: "AGENCY_TRANSFER",
  INQUIRY_REQUEST: "INQUIRY_REQUEST",
  URGENT_INQUIRY_REQUEST: "INQUIRY_REQUEST",
  HANDOVER_AFTER_ASSESSMENT: "HANDOVER",
};

/** Types whose sender may learn how it ended. */
const FEEDBACK_TYPES = ["REPORT", "INQUIRY_REQUEST", "URGENT_INQUIRY_REQUEST"];

/** Of several at once, the first of these counts. */
const ORDER: readonly Exchange[] = [
  "REPORT",
  "NEW_FACTS",
  "AGENCY_TRANSFER",
  "INQUIRY_REQUEST",
  "HANDOVER",
  "MEETING",
  "FEEDBACK",
];

const fits = (referral: ReferralRecord, purpose: Purpose): boolean =>
  purpose === (PURPOSES[referral.type] ?? "REFERRAL");

/**
 * Does a referral about the family wait at this organisation, delivered and not accepted yet, that is read for this
 * purpose? Once accepted it is for who accepted it, and who is assigned.
 */
export const isReferredTo = (record: FamilyRecord, organisation: string, purpose: Purpose): boolean =>
  record.referrals.some(
    (one) =>
      !one.accepted && !one.completed && (one.receiver as string) === organisation && fits(one, purpose),
  );

const isUnderWay = (referral: ReferralRecord, { relation }: ExchangeQuestion): boolean =>
  !referral.completed && (relation !== "REFERRED" || !referral.accepted);

const brings = ({ content }: ReferralRecord, { personId, category }: ExchangeQuestion): boolean =>
  content === null ||
  content.some(
    (one) =>
      (one.personId as string) === personId && one.categories.some((selected) => selected === category),
  );

/** Between whom, of whom and what, for which purpose. */
export interface ExchangeQuestion {
  readonly holder: string;
  readonly recipient: string;
  readonly purpose: Purpose;
  readonly personId: string;
  readonly category: Resource;
  /** What the one who asks is to the person. */
  readonly relation: Relation;
}

/**
 * What is under way between `holder` and `recipient` for this purpose; the one that opens most. A referral counts for the
 * persons and categories that its sender selected; for who has the family by a referral alone, only one that waits.
 */
export function exchangeOf(record: FamilyRecord, asked: ExchangeQuestion, today: PlainDate): Exchange {
  // As with most families, and a view asks hundreds of times.
  if (record.referrals.length === 0 && record.meetings.length === 0) return "NONE";
  const { holder, recipient, purpose } = asked;
  const found = new Set<Exchange>();
  for (const one of record.referrals) {
    const sent = (one.sender as string) === holder && (one.receiver as string) === recipient;
    if (sent && isUnderWay(one, asked) && fits(one, purpose) && brings(one, asked)) {
      found.add(OPENS[one.type] ?? "NONE");
    }
    const answered = (one.sender as string) === recipient && (one.receiver as string) === holder;
    if (answered && purpose === "REFERRAL" && FEEDBACK_TYPES.includes(one.type)) found.add("FEEDBACK");
  }
  const together = record.meetings.some(
    ({ participants, plannedOn, heldOn }) =>
      plannedOn <= today &&
      today <= heldOn &&
      participants.some((one) => (one as string) === holder) &&
      participants.some((one) => (one as string) === recipient),
  );
  if (together && purpose === "REFERRAL") found.add("MEETING");
  return ORDER.find((one) => found.has(one)) ?? "NONE";
}
