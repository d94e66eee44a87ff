// The rows of the decision table that leave it to the holder, whose professional weighs it.

import {
  type Row,
  MINIMUM_SET,
  among,
  underMeasure,
  safeHomeExamines,
  safeHomeAssesses,
  boardInquires,
  isIncomplete,
  childsData,
  helpOfOthers,
  isRow70,
} from "./terms";

/** What is left to the holder, who weighs it. */
export const HELD: readonly Row[] = [
  {
    row: "6",
    applies: (m) => helpOfOthers(m) && m.band === "FROM_12_TO_15" && m.consent === "CHILD_ONLY",
  },
  {
    row: "21",
    applies: (m) =>
      safeHomeExamines(m) &&
      m.holder === "LOCAL_TEAM" &&
      among(m, "CARE_PLAN", "SAFETY") &&
      // What came along with a report is there already.
      !(m.exchange === "REPORT" && m.category === "SAFETY"),
  },
  {
    row: "22",
    applies: (m) =>
      safeHomeAssesses(m) &&
      m.holder === "CERTIFIED_AGENCY" &&
      m.compulsory &&
      m.inMeasure &&
      among(m, "INVOLVEMENT", "MEASURE", "SAFETY"),
  },
  {
    row: "28",
    applies: (m) =>
      helpOfOthers(m) && m.holder === "SAFE_HOME" && m.consent === "GIVEN" && among(m, "CONCERN_REPORT"),
  },
  {
    row: "38",
    applies: (m) =>
      underMeasure(m) && m.bearing !== "WARD" && m.holder === "LOCAL_TEAM" && among(m, "PARENT_HEALTH"),
  },
  {
    row: "39",
    applies: (m) =>
      m.asker === "GUARDIAN" &&
      m.purpose === "MEASURE_EXECUTION" &&
      m.bearing === "SIBLING" &&
      m.other &&
      !among(m, "REPORTER", "CRIMINAL"),
  },
  {
    row: "42",
    applies: (m) =>
      m.asker === "WORKER" &&
      m.holder === "CERTIFIED_AGENCY" &&
      m.inMeasure &&
      m.purpose === "CARE" &&
      m.compulsory &&
      among(m, "MEASURE", "CARE_PLAN", "SAFETY"),
  },
  {
    row: "47",
    applies: (m) =>
      boardInquires(m) && m.holder === "LOCAL_TEAM" && isIncomplete(m) && among(m, "CARE_PLAN", "SAFETY"),
  },
  {
    row: "48",
    applies: (m) =>
      boardInquires(m) &&
      (m.holder === "LOCAL_TEAM" || m.holder === "CERTIFIED_AGENCY") &&
      !m.inMeasure &&
      (isIncomplete(m) || m.consent === "GIVEN") &&
      among(m, "PARENT_HEALTH"),
  },
  {
    row: "62",
    applies: (m) =>
      m.purpose === "ACUTE_SAFETY" && m.emergency === "UNREVIEWED" && m.other && among(m, ...MINIMUM_SET),
  },
  { row: "63", applies: (m) => m.askerKind !== "FAMILY" && m.holder !== "HUB" && among(m, "SECRET_ADDRESS") },
  { row: "68", applies: (m) => childsData(m) && m.band === "FROM_12_TO_15" },
  { row: "70", applies: isRow70 },
  {
    row: "71",
    applies: (m) =>
      m.tie === "PARENT_WITHOUT_AUTHORITY" &&
      m.role === "CHILD" &&
      m.band !== "ADULT" &&
      m.holder !== "HUB" &&
      among(m, "CARE_PLAN", "SAFETY", "CHILD_HEALTH", "EDUCATION", "MEASURE"),
  },
];
