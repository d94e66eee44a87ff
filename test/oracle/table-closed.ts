// The rows of the decision table that close, and the hard denies: any one of them is enough. Each stands by its number;
// what docs/privacy-rules.md settled where the table left room stands with the row that it belongs to.

import { type Row, HEALTH, helpOfOthers, isFamily, inDanger, executes, isHousehold, isRow70 } from "./terms";
import { isSentAlong } from "./table-sent";

/** Whatever closes. */
export const CLOSED: readonly Row[] = [
  { row: "H1", applies: (m) => m.tie === "NONE" },
  { row: "3", applies: (m) => helpOfOthers(m) && m.consent === "REFUSED" },
  { row: "4", applies: (m) => helpOfOthers(m) && m.consent === "ABSENT" },
  {
    row: "5",
    applies: (m) => helpOfOthers(m) && m.band === "FROM_12_TO_15" && m.consent === "PARENTS_ONLY",
  },
  {
    row: "8",
    applies: (m) => helpOfOthers(m) && m.band === "FROM_16_TO_17" && m.consent === "PARENTS_ONLY",
  },
  { row: "9", applies: (m) => helpOfOthers(m) && m.consent === "OTHER_PARENT_ONLY" },
  {
    row: "10,11",
    applies: (m) => helpOfOthers(m) && HEALTH.includes(m.category) && m.consent === "GIVEN" && !m.explicit,
  },
  {
    row: "H7",
    // Where consent is the ground: for help, in a consultation, at a meeting.
    applies: (m) =>
      m.consent === "LAPSED" &&
      !m.compulsory &&
      (m.purpose === "CARE" ||
        m.purpose === "CONSULT" ||
        (m.purpose === "REFERRAL" && m.exchange === "MEETING")),
  },
  { row: "12", applies: (m) => m.askerKind === "LOCAL_TEAM" && m.category === "CRIMINAL" },
  {
    row: "14",
    applies: (m) =>
      m.asker === "DUO_MEMBER" && (!m.takesPart || (m.other && !(m.duoPartner && m.consent === "GIVEN"))),
  },
  { row: "15", applies: (m) => m.asker === "DUO_MEMBER" && m.own },
  {
    row: "18",
    applies: (m) =>
      m.asker === "VOLUNTARY_WORKER" &&
      m.holder === "LOCAL_TEAM" &&
      m.purpose === "CARE" &&
      m.drang &&
      (m.consent === "REFUSED" || m.consent === "ABSENT"),
  },
  {
    row: "20-23",
    applies: (m) =>
      m.asker === "ASSESSOR" &&
      (m.purpose === "SAFETY_ASSESSMENT" || m.purpose === "INVESTIGATION") &&
      m.other &&
      !m.examining &&
      !isSentAlong(m),
  },
  { row: "24", applies: (m) => m.asker === "ADVISOR" },
  {
    row: "27",
    applies: (m) =>
      m.askerKind === "CERTIFIED_AGENCY" &&
      m.holder === "SAFE_HOME" &&
      m.sameEntity &&
      !executes(m) &&
      !isSentAlong(m) &&
      !inDanger(m),
  },
  {
    row: "30",
    applies: (m) =>
      m.category === "REPORTER" && !(m.asker === "ASSESSOR" && m.holder === "SAFE_HOME" && m.own),
  },
  {
    row: "32",
    applies: (m) =>
      m.category === "CRIMINAL" &&
      m.holder === "SAFE_HOME" &&
      !m.own &&
      m.purpose !== "INVESTIGATION" &&
      m.purpose !== "MEASURE_EXECUTION",
  },
  {
    row: "40",
    applies: (m) =>
      (m.asker === "GUARDIAN" || m.asker === "PROBATION_OFFICER") &&
      m.purpose === "MEASURE_EXECUTION" &&
      m.bearing === "NONE",
  },
  {
    row: "46,47,48",
    applies: (m) =>
      m.asker === "INVESTIGATOR" &&
      m.purpose === "INVESTIGATION" &&
      (m.consent === "ABSENT" || m.consent === "LAPSED") &&
      ((m.holder === "LOCAL_TEAM" &&
        ["CARE_PLAN", "SAFETY", "EDUCATION", "PARENT_HEALTH"].includes(m.category)) ||
        (m.holder === "CERTIFIED_AGENCY" && !m.inMeasure && m.category === "PARENT_HEALTH")),
  },
  {
    row: "49",
    applies: (m) => m.asker === "INVESTIGATOR" && m.purpose === "INVESTIGATION" && m.other && !m.examining,
  },
  { row: "52", applies: (m) => m.asker === "REVIEWER" && m.involvedBefore },
  {
    row: "57",
    applies: (m) =>
      m.exchange === "MEETING" &&
      m.askerKind !== "CHILD_PROTECTION_BOARD" &&
      m.holder === "LOCAL_TEAM" &&
      m.consent !== "GIVEN",
  },
  {
    row: "60",
    applies: (m) => inDanger(m) && (m.tie === "NONE" || (m.asker === "WORKER" && m.tie !== "ASSIGNED")),
  },
  { row: "B-not-declared", applies: (m) => inDanger(m) && m.other && m.emergency === "NONE" },
  {
    row: "61",
    applies: (m) => inDanger(m) && ["REPORTER", "CRIMINAL", "SECRET_ADDRESS"].includes(m.category),
  },
  { row: "65", applies: (m) => m.askerKind === "AUTHORITY" },
  {
    row: "69",
    applies: (m) =>
      (m.tie === "PARENT_WITH_AUTHORITY" || m.tie === "PARENT_WITHOUT_AUTHORITY") &&
      m.band === "FROM_16_TO_17" &&
      m.other &&
      m.consent !== "GIVEN" &&
      !isRow70(m),
  },
  { row: "72", applies: (m) => m.tie === "RELATIVE" },
  {
    row: "72",
    applies: (m) => isFamily(m) && (m.category === "REPORTER" || m.category === "SECRET_ADDRESS"),
  },
  { row: "76,77", applies: (m) => m.askerKind === "MUNICIPALITY" },
  { row: "78", applies: (m) => m.asker === "OPERATOR" || m.asker === "PRIVACY_OFFICER" },
  // A referral opens what was sent with it, and that the family is there; the rest waits until somebody is assigned.
  { row: "B-referred", applies: (m) => m.tie === "REFERRED" && !isSentAlong(m) && !isHousehold(m) },
];
