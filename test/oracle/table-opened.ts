// The rows of the decision table that open. What none of them opens stays closed (row 79).

import {
  type Row,
  SEALED,
  MINIMUM_SET,
  BASICS,
  among,
  isAssigned,
  isOnTheCase,
  underMeasure,
  safeHomeAssesses,
  boardInquires,
  boardReviews,
  ofOwnReport,
  inDeclaredDanger,
  childsData,
  ownData,
  AT_WORK,
  helpOfOthers,
} from "./terms";
import { SENT_ALONG } from "./table-sent";

/** What opens. */
export const OPENED: readonly Row[] = [
  ...SENT_ALONG,
  {
    row: "1,2",
    applies: (m) =>
      helpOfOthers(m) &&
      m.holder === "CERTIFIED_AGENCY" &&
      m.consent === "GIVEN" &&
      among(m, "INVOLVEMENT", "CARE_PLAN"),
  },
  {
    row: "7",
    applies: (m) =>
      helpOfOthers(m) &&
      m.band === "FROM_16_TO_17" &&
      m.consent === "GIVEN" &&
      !among(m, ...SEALED, "PARENT_HEALTH"),
  },
  {
    row: "10",
    applies: (m) =>
      helpOfOthers(m) &&
      m.role === "PARENT" &&
      m.consent === "GIVEN" &&
      m.explicit &&
      among(m, "PARENT_HEALTH"),
  },
  {
    row: "11",
    applies: (m) =>
      helpOfOthers(m) &&
      m.holder === "CERTIFIED_AGENCY" &&
      m.role === "CHILD" &&
      m.consent === "GIVEN" &&
      m.explicit &&
      among(m, "CHILD_HEALTH"),
  },
  {
    row: "13",
    applies: (m) =>
      ["WORKER", "VOLUNTARY_WORKER"].includes(m.asker) &&
      m.own &&
      m.tie === "STAND_IN" &&
      m.purpose === "CARE" &&
      among(m, ...BASICS),
  },
  {
    row: "14",
    applies: (m) =>
      m.asker === "DUO_MEMBER" &&
      m.tie === "DUO" &&
      m.duoPartner &&
      m.takesPart &&
      m.purpose === "CARE" &&
      !m.compulsory &&
      m.consent === "GIVEN" &&
      among(m, "CARE_PLAN", "SAFETY", "HOUSEHOLD"),
  },
  {
    row: "17",
    applies: (m) =>
      m.asker === "VOLUNTARY_WORKER" &&
      m.holder === "LOCAL_TEAM" &&
      m.purpose === "CONSULT" &&
      !m.compulsory &&
      m.consent === "GIVEN" &&
      among(m, "CARE_PLAN", "SAFETY"),
  },
  { row: "20", applies: (m) => safeHomeAssesses(m) && m.holder === "LOCAL_TEAM" && among(m, "INVOLVEMENT") },
  {
    row: "23",
    applies: (m) =>
      safeHomeAssesses(m) && m.holder === "CHILD_PROTECTION_BOARD" && among(m, "INVOLVEMENT", "MEASURE"),
  },
  {
    row: "31",
    applies: (m) =>
      ["WORKER", "VOLUNTARY_WORKER", "GUARDIAN", "ASSESSOR", "INVESTIGATOR"].includes(m.asker) &&
      ofOwnReport(m) &&
      m.holder === "SAFE_HOME" &&
      among(m, "INVOLVEMENT"),
  },
  {
    row: "36",
    applies: (m) =>
      underMeasure(m) && m.holder === "SAFE_HOME" && among(m, "CONCERN_REPORT", "INVESTIGATION_REPORT"),
  },
  {
    row: "37",
    applies: (m) =>
      underMeasure(m) &&
      m.holder === "LOCAL_TEAM" &&
      among(m, "CARE_PLAN", "SAFETY", "EDUCATION", "CHILD_HEALTH"),
  },
  {
    row: "45",
    applies: (m) => underMeasure(m) && m.bearing === "WARD" && m.other && !among(m, ...SEALED),
  },
  {
    row: "46",
    applies: (m) =>
      boardInquires(m) &&
      m.holder === "LOCAL_TEAM" &&
      m.consent === "GIVEN" &&
      among(m, "CARE_PLAN", "SAFETY", "EDUCATION"),
  },
  {
    row: "50",
    applies: (m) =>
      (boardInquires(m) || boardReviews(m)) &&
      m.holder === "CERTIFIED_AGENCY" &&
      m.compulsory &&
      m.inMeasure &&
      among(m, "MEASURE", "SAFETY", "CARE_PLAN"),
  },
  { row: "51", applies: (m) => boardReviews(m) && m.own && among(m, "INVESTIGATION_REPORT") },
  {
    row: "53",
    applies: (m) =>
      ["WORKER", "ASSESSOR"].includes(m.asker) &&
      ofOwnReport(m) &&
      m.holder === "CHILD_PROTECTION_BOARD" &&
      among(m, "MEASURE"),
  },
  {
    row: "55",
    applies: (m) =>
      underMeasure(m) && m.holder === "CHILD_PROTECTION_BOARD" && among(m, "INVESTIGATION_REPORT", "MEASURE"),
  },
  {
    row: "56",
    applies: (m) =>
      !["REVIEWER", "DUO_MEMBER"].includes(m.asker) &&
      isOnTheCase(m) &&
      m.purpose === "REFERRAL" &&
      m.exchange === "MEETING" &&
      !m.compulsory &&
      m.consent === "GIVEN" &&
      ["LOCAL_TEAM", "CERTIFIED_AGENCY"].includes(m.holder) &&
      among(m, "HOUSEHOLD", "CARE_PLAN", "SAFETY"),
  },
  { row: "58", applies: (m) => inDeclaredDanger(m) && among(m, ...MINIMUM_SET) },
  {
    row: "59",
    applies: (m) =>
      inDeclaredDanger(m) &&
      m.emergency === "DECLARED_WITH_HEALTH" &&
      among(m, "CHILD_HEALTH", "PARENT_HEALTH"),
  },
  {
    row: "64",
    applies: (m) =>
      m.asker === "PROBATION_OFFICER" &&
      m.holder === "CHILD_PROTECTION_BOARD" &&
      m.compulsory &&
      m.bearing === "SUBJECT" &&
      among(m, "CRIMINAL", "CARE_PLAN"),
  },
  {
    row: "66",
    applies: (m) =>
      m.asker === "YOUNG_PERSON" &&
      ownData(m) &&
      ["FROM_12_TO_15", "FROM_16_TO_17", "ADULT"].includes(m.band) &&
      !among(m, "PARENT_HEALTH"),
  },
  { row: "B-parent-self", applies: (m) => m.asker === "PARENT" && ownData(m) && !among(m, "CHILD_HEALTH") },
  { row: "67", applies: (m) => childsData(m) && (m.band === "UNBORN" || m.band === "UNDER_12") },
  { row: "B-69-given", applies: (m) => childsData(m) && m.band === "FROM_16_TO_17" && m.consent === "GIVEN" },
  {
    row: "B-own-file",
    applies: (m) =>
      m.own &&
      !among(m, ...SEALED) &&
      ((isAssigned(m) && ["WORKER", "VOLUNTARY_WORKER"].includes(m.asker)) ||
        (isOnTheCase(m) && ["GUARDIAN", "ASSESSOR", "INVESTIGATOR"].includes(m.asker))),
  },
  {
    row: "B-own-probation",
    applies: (m) =>
      m.own &&
      m.asker === "PROBATION_OFFICER" &&
      isAssigned(m) &&
      (among(m, ...BASICS, "MEASURE") || (m.bearing === "SUBJECT" && among(m, "CRIMINAL"))),
  },
  {
    row: "B-own-reporter",
    applies: (m) =>
      m.own &&
      m.asker === "ASSESSOR" &&
      ["SAFETY_ASSESSMENT", "INVESTIGATION"].includes(m.purpose) &&
      among(m, "REPORTER"),
  },
  {
    row: "B-own-criminal",
    applies: (m) =>
      m.own &&
      ["GUARDIAN", "ASSESSOR", "INVESTIGATOR"].includes(m.asker) &&
      ["SAFETY_ASSESSMENT", "INVESTIGATION", "MEASURE_EXECUTION"].includes(m.purpose) &&
      among(m, "CRIMINAL"),
  },
  {
    row: "B-household",
    applies: (m) =>
      m.holder === "HUB" &&
      among(m, "HOUSEHOLD") &&
      ((AT_WORK.includes(m.asker) && ["ASSIGNED", "STAND_IN", "DUO", "REFERRED"].includes(m.tie)) ||
        (AT_WORK.includes(m.asker) && m.tie === "EMERGENCY" && m.purpose === "ACUTE_SAFETY") ||
        (m.asker === "DUO_MEMBER" && m.tie === "DUO" && m.takesPart) ||
        m.tie === "SELF" ||
        (m.tie === "PARENT_WITH_AUTHORITY" && m.band !== "ADULT")),
  },
];
