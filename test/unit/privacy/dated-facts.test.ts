// Facts from teams, duos, participation and measures.

import type { FamilyRecord } from "../../../shared/database/family-records";
import { toOrganisationCode, toWorkerId } from "../../../shared/kernel/ids";
import { toPlainDate } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import {
  aMeasure,
  anAssignment,
  anInvestigation,
  anInvolvement,
  aRequester,
  TODAY,
} from "../../kit/family-records";
import { factsOf, family, TOMORROW, YESTERDAY, type Asked } from "./facts-of-family";

const member = (parts: { from?: string; until?: string | null; ended?: boolean } = {}) => ({
  workerId: toWorkerId("w-1"),
  fromOn: toPlainDate(parts.from ?? "2026-01-01"),
  untilOn: parts.until == null ? null : toPlainDate(parts.until),
  endedAt: parts.ended ? "2026-06-15T08:00:00Z" : null,
});
const ofTeam = (...members: ReturnType<typeof member>[]) => ({
  ...anAssignment("lokalis"),
  workerId: null,
  team: "overvecht",
  members,
});

describe("an assignment of a whole team", () => {
  test.each([
    ["a member today", member(), "ASSIGNED"],
    ["a member up to and including today", member({ until: TODAY }), "ASSIGNED"],
    ["a member up to yesterday", member({ until: YESTERDAY }), "NONE"],
    ["a member from tomorrow on", member({ from: TOMORROW }), "NONE"],
    ["a member whose membership ended today", member({ ended: true }), "NONE"],
  ])("for %s", (_, one, relation) => {
    expect(factsOf(family({ assignments: [ofTeam(one)] })).relation).toBe(relation);
  });

  test("counts as earlier involvement of a reviewer, also when the membership is over", () => {
    const reviewer = aRequester("rvdk", "REVIEWER");
    const team = { ...ofTeam(member({ ended: true })), organisation: toOrganisationCode("rvdk") };
    const own = anAssignment("rvdk", { from: "2026-06-01" });
    const review = {
      involvements: [anInvolvement("rvdk")],
      investigations: [anInvestigation("rvdk", "REVIEW", { opened: "2026-06-01" })],
    };
    const asked: Asked = { requester: reviewer, purpose: "INDEPENDENT_REVIEW" };
    expect(factsOf(family({ ...review, assignments: [own] }), asked).earlierInvolvement).toBe(false);
    expect(factsOf(family({ ...review, assignments: [team, own] }), asked).earlierInvolvement).toBe(true);
  });
});

test("an assignment and an examination that ended today open nothing from that moment on", () => {
  const ended = "2026-06-15T08:00:00Z";
  const assignment = anAssignment("lokalis");
  expect(factsOf(family({ assignments: [assignment] })).relation).toBe("ASSIGNED");
  expect(factsOf(family({ assignments: [{ ...assignment, endedAt: ended }] })).relation).toBe("NONE");
  const open = anInvestigation("veilig-thuis", "ASSESSMENT");
  const asked: Asked = {
    requester: aRequester("veilig-thuis", "ASSESSOR"),
    purpose: "SAFETY_ASSESSMENT",
    holder: "lokalis",
  };
  const factsWith = (one: typeof open) =>
    factsOf(family({ assignments: [anAssignment("veilig-thuis")], investigations: [one] }), asked);
  expect(factsWith(open).investigation).toBe(true);
  expect(factsWith({ ...open, closedOn: TODAY, closedAt: ended }).investigation).toBe(false);
});

test("a reviewer who read about the family before is not independent", () => {
  const review = family({
    involvements: [anInvolvement("rvdk")],
    assignments: [anAssignment("rvdk", { from: "2026-06-01" })],
    investigations: [anInvestigation("rvdk", "REVIEW", { opened: "2026-06-01" })],
  });
  const asked: Asked = { requester: aRequester("rvdk", "REVIEWER"), purpose: "INDEPENDENT_REVIEW" };
  expect(factsOf(review, asked).earlierInvolvement).toBe(false);
  expect(factsOf(review, { ...asked, readBefore: true }).earlierInvolvement).toBe(true);
});

describe("a duo", () => {
  const lokalis = anAssignment("lokalis", { relation: "DUO", until: "2026-12-31" });
  const save = anAssignment("save", { relation: "DUO", worker: "w-2", until: "2026-12-31" });
  const duoMember: Asked = { requester: aRequester("lokalis", "DUO_MEMBER") };

  test("makes the other organisation a partner, and nobody else", () => {
    const facts = factsOf(family({ assignments: [lokalis, save] }), duoMember);
    expect(facts).toMatchObject({ relation: "DUO", duoPartner: true });
    const elsewhere = factsOf(family({ assignments: [lokalis, save] }), {
      ...duoMember,
      holder: "veilig-thuis",
    });
    expect(elsewhere.duoPartner).toBe(false);
    const own = factsOf(family({ assignments: [lokalis, save] }), { ...duoMember, holder: "lokalis" });
    expect(own.duoPartner).toBe(false);
  });

  test("is its member's relation, beside whatever else the member does with the family", () => {
    const both = family({ assignments: [lokalis, save, anAssignment("lokalis")] });
    expect(factsOf(both, duoMember).relation).toBe("DUO");
    expect(factsOf(both).relation).toBe("ASSIGNED");
  });

  test("keeps nobody from what a referral opens in the ordinary function", () => {
    const handover = {
      type: "HANDOVER_AFTER_ASSESSMENT",
      sender: toOrganisationCode("veilig-thuis"),
      receiver: toOrganisationCode("lokalis"),
      accepted: false,
      completed: false,
      content: null,
    };
    const record = family({ assignments: [lokalis, save], referrals: [handover] });
    expect(factsOf(record, { purpose: "REFERRAL", holder: "veilig-thuis" }).relation).toBe("REFERRED");
    expect(factsOf(record, { purpose: "CARE" }).relation).toBe("DUO");
  });

  test("is over with the last day of either", () => {
    const past = { ...save, untilOn: YESTERDAY };
    expect(factsOf(family({ assignments: [lokalis, past] }), duoMember).duoPartner).toBe(false);
    expect(factsOf(family({ assignments: [save] }), duoMember).relation).toBe("NONE");
  });
});

describe("participation", () => {
  const since = { fromOn: toPlainDate("2026-01-01"), untilOn: null, withdrawnAt: null };
  const assignments = [anAssignment("lokalis")];

  test.each([
    ["runs", since, true],
    ["was withdrawn", { ...since, withdrawnAt: "2026-06-15T08:00:00Z" }, false],
    ["ended yesterday", { ...since, untilOn: YESTERDAY }, false],
    ["begins tomorrow", { ...since, fromOn: TOMORROW }, false],
  ])("that %s", (_, one, expected) => {
    expect(factsOf(family({ assignments, participations: [one] })).participation).toBe(expected);
  });
});

describe("a measure", () => {
  const guardian = aRequester("save", "GUARDIAN");
  const officer = aRequester("save", "PROBATION_OFFICER");
  const bearing = (kind: FamilyRecord["measures"][number]["kind"], requester: Requester, about: string) =>
    factsOf(
      family({ assignments: [anAssignment("save")], measures: [aMeasure("eldest", "save", { kind })] }),
      { requester, purpose: "MEASURE_EXECUTION", about },
    ).measureByRequester;

  test("of guardianship makes the child a ward; its parent stays a carer", () => {
    expect(bearing("GUARDIANSHIP", guardian, "eldest")).toBe("WARD");
    expect(bearing("GUARDIANSHIP", guardian, "mother")).toBe("CARER");
  });

  test("of probation is the ground of a probation officer alone", () => {
    expect(bearing("PROBATION", officer, "eldest")).toBe("SUBJECT");
    expect(bearing("PROBATION", guardian, "eldest")).toBe("NONE");
    expect(bearing("OTS", officer, "eldest")).toBe("NONE");
    expect(bearing("OTS", guardian, "eldest")).toBe("SUBJECT");
  });
});
