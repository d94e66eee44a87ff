// What was sent along with a referral is read by whoever has the family, and by whoever works in that function where
// the referral was delivered, while it is open.

import type { Matter } from "./matter";
import { type Row, REPORT_SET, INQUIRY_SET, executes, isHandedOver } from "./terms";

/** What was sent along with a referral, by the rows that say so (the pushes). */
export const SENT_ALONG: readonly Row[] = [
  {
    row: "19",
    applies: (m) =>
      m.asker === "ASSESSOR" &&
      m.holder === "LOCAL_TEAM" &&
      m.purpose === "SAFETY_ASSESSMENT" &&
      m.exchange === "REPORT" &&
      REPORT_SET.includes(m.category),
  },
  { row: "25", applies: (m) => m.asker === "WORKER" && m.holder === "SAFE_HOME" && isHandedOver(m) },
  {
    row: "26",
    applies: (m) =>
      m.asker === "VOLUNTARY_WORKER" && m.holder === "SAFE_HOME" && !m.compulsory && isHandedOver(m),
  },
  {
    row: "33",
    applies: (m) =>
      m.holder === "SAFE_HOME" &&
      isAskedForInquiry(m) &&
      [...INQUIRY_SET, "CONCERN_REPORT", "INVESTIGATION_REPORT"].includes(m.category),
  },
  {
    row: "34",
    applies: (m) =>
      m.asker === "INVESTIGATOR" &&
      m.holder === "LOCAL_TEAM" &&
      !m.compulsory &&
      isAskedForInquiry(m) &&
      INQUIRY_SET.includes(m.category),
  },
  {
    row: "35",
    applies: (m) =>
      m.asker === "INVESTIGATOR" &&
      m.holder === "CERTIFIED_AGENCY" &&
      !m.compulsory &&
      isAskedForInquiry(m) &&
      INQUIRY_SET.includes(m.category),
  },
  {
    row: "41",
    applies: (m) =>
      executes(m) &&
      m.other &&
      m.exchange === "NEW_FACTS" &&
      m.compulsory &&
      m.bearing !== "SIBLING" &&
      ["CARE_PLAN", "SAFETY", "EDUCATION", "LIVING_SITUATION", "CONCERN_REPORT"].includes(m.category),
  },
  {
    row: "44",
    applies: (m) =>
      m.asker === "GUARDIAN" &&
      m.holder === "CERTIFIED_AGENCY" &&
      m.other &&
      m.purpose === "REFERRAL" &&
      m.exchange === "AGENCY_TRANSFER" &&
      m.compulsory &&
      !["REPORTER", "CRIMINAL", "SECRET_ADDRESS"].includes(m.category),
  },
];

function isAskedForInquiry(m: Matter): boolean {
  return (
    (m.asker === "INVESTIGATOR" || m.asker === "REVIEWER") &&
    m.purpose === "REFERRAL" &&
    m.exchange === "INQUIRY_REQUEST"
  );
}

/** Was it sent along? */
export const isSentAlong = (m: Matter): boolean => SENT_ALONG.some(({ applies }) => applies(m));
