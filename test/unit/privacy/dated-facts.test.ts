// Facts from teams, duos, referrals, meetings, emergencies, disclosures and the family's own place in it.

import type { FamilyRecord } from "../../../shared/database/family-records";
import type { Purpose, WorkerFunction } from "../../../shared/kernel/codes";
import { toFamilyId, toOrganisationCode, toPersonId, toWorkerId } from "../../../shared/kernel/ids";
import { toPlainDate } from "../../../shared/kernel/plain-date";
import type { Requester, Subject } from "../../../shared/kernel/requester";
import { HUB_HOLDER, reduceFacts } from "../../../gateway/privacy/reduce-facts";
import {
  aHolder,
  aMeasure,
  anAssignment,
  anAuthority,
  anInvestigation,
  anInvolvement,
  aPerson,
  aRecord,
  aRequester,
  TODAY,
} from "../../kit/family-records";

const YESTERDAY = toPlainDate("2026-06-14");
const TOMORROW = toPlainDate("2026-06-16");

const family = (parts: Partial<FamilyRecord> = {}) =>
  aRecord({
    members: [
      aPerson("mother", "PARENT", "1990-01-01"),
      aPerson("father", "PARENT", "1988-01-01"),
      aPerson("eldest", "CHILD", "2013-01-01"),
      aPerson("youngest", "CHILD", "2018-01-01"),
    ],
    authorities: [
      anAuthority("mother", "eldest", "YES"),
      anAuthority("mother", "youngest", "YES"),
      anAuthority("father", "youngest", "NO"),
    ],
    involvements: [anInvolvement("lokalis"), anInvolvement("save"), anInvolvement("veilig-thuis")],
    ...parts,
  });

const aMember = (worker: string, workerFunction: WorkerFunction): Requester => ({
  worker: toWorkerId(worker),
  organisation: toOrganisationCode("family"),
  kind: "FAMILY",
  legalEntity: "family",
  workerFunction,
});

interface Asked {
  readonly requester?: Requester;
  readonly purpose?: Purpose;
  readonly about?: string;
  readonly holder?: string;
  readonly household?: boolean;
  readonly unreviewed?: boolean;
  readonly readBefore?: boolean;
}

function factsOf(record: FamilyRecord, asked: Asked = {}) {
  const about = asked.about ?? "eldest";
  const subject: Subject = asked.household
    ? { type: "Family", id: toFamilyId("FAM-1") }
    : { type: "Person", id: toPersonId(about) };
  return reduceFacts({
    requester: asked.requester ?? aRequester("lokalis", "WORKER"),
    purpose: asked.purpose ?? "CARE",
    record,
    subjectPersonId: about,
    subject,
    holder: asked.holder === "hub" ? HUB_HOLDER : aHolder(asked.holder ?? "save"),
    category: "CARE_PLAN",
    today: TODAY,
    unreviewedEmergency: asked.unreviewed ?? false,
    readBefore: asked.readBefore ?? false,
  });
}

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
  const with_ = (one: typeof open) =>
    factsOf(family({ assignments: [anAssignment("veilig-thuis")], investigations: [one] }), asked);
  expect(with_(open).investigation).toBe(true);
  expect(with_({ ...open, closedOn: TODAY, closedAt: ended }).investigation).toBe(false);
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

describe("a referral", () => {
  const referral = (type: string, sender: string, receiver: string, completed = false) => ({
    type,
    sender: toOrganisationCode(sender),
    receiver: toOrganisationCode(receiver),
    completed,
  });
  const assessor = aRequester("veilig-thuis", "ASSESSOR");

  test("makes who receives it a reader for its own purpose, and for no other", () => {
    const record = family({ referrals: [referral("REPORT", "lokalis", "veilig-thuis")] });
    const asked: Asked = { requester: assessor, holder: "lokalis" };
    expect(factsOf(record, { ...asked, purpose: "SAFETY_ASSESSMENT" })).toMatchObject({
      relation: "REFERRED",
      exchange: "REPORT",
    });
    expect(factsOf(record, { ...asked, purpose: "REFERRAL" })).toMatchObject({
      relation: "NONE",
      exchange: "NONE",
    });
  });

  test("opens nothing at a third organisation", () => {
    const record = family({ referrals: [referral("REPORT", "lokalis", "veilig-thuis")] });
    const asked: Asked = { requester: assessor, holder: "save", purpose: "SAFETY_ASSESSMENT" };
    expect(factsOf(record, asked).exchange).toBe("NONE");
  });

  test("that is completed opens nothing to its receiver, and its feedback to its sender", () => {
    const record = family({
      referrals: [referral("REPORT", "lokalis", "veilig-thuis", true)],
      assignments: [anAssignment("lokalis")],
    });
    const receiver: Asked = { requester: assessor, holder: "lokalis", purpose: "SAFETY_ASSESSMENT" };
    expect(factsOf(record, receiver).relation).toBe("NONE");
    expect(factsOf(record, { holder: "veilig-thuis", purpose: "REFERRAL" }).exchange).toBe("FEEDBACK");
  });

  test.each([
    ["AGENCY_HANDOVER", "wss", "save", "REFERRAL", "AGENCY_TRANSFER"],
    ["INQUIRY_REQUEST", "lokalis", "rvdk", "REFERRAL", "INQUIRY_REQUEST"],
    ["URGENT_INQUIRY_REQUEST", "lokalis", "rvdk", "REFERRAL", "INQUIRY_REQUEST"],
    ["HANDOVER_AFTER_ASSESSMENT", "veilig-thuis", "lokalis", "REFERRAL", "HANDOVER"],
    ["NEW_FACTS", "lokalis", "save", "MEASURE_EXECUTION", "NEW_FACTS"],
    ["GUIDANCE", "lokalis", "save", "REFERRAL", "NONE"],
  ] as const)("of type %s from %s to %s", (type, sender, receiver, purpose, exchange) => {
    const functions: Record<string, WorkerFunction> = {
      save: "GUARDIAN",
      rvdk: "INVESTIGATOR",
      lokalis: "WORKER",
    };
    const requester = aRequester(receiver, functions[receiver] ?? "WORKER");
    const record = family({ referrals: [referral(type, sender, receiver)] });
    expect(factsOf(record, { requester, purpose, holder: sender })).toMatchObject({
      relation: "REFERRED",
      exchange,
    });
  });
});

describe("a meeting", () => {
  const meeting = (plannedOn: string, heldOn: string) => ({
    participants: [toOrganisationCode("lokalis"), toOrganisationCode("save")],
    plannedOn: toPlainDate(plannedOn),
    heldOn: toPlainDate(heldOn),
  });
  const at = (plannedOn: string, heldOn: string, asked: Asked = {}) =>
    factsOf(family({ assignments: [anAssignment("lokalis")], meetings: [meeting(plannedOn, heldOn)] }), {
      purpose: "REFERRAL",
      ...asked,
    }).exchange;

  test("counts from the day it was planned to the day it is held, for those at the table", () => {
    expect(at("2026-06-01", TODAY)).toBe("MEETING");
    expect(at(TODAY, "2026-06-30")).toBe("MEETING");
    expect(at("2026-06-01", YESTERDAY)).toBe("NONE");
    expect(at("2026-06-01", TODAY, { holder: "veilig-thuis" })).toBe("NONE");
    expect(at("2026-06-01", TODAY, { purpose: "CARE" })).toBe("NONE");
  });
});

describe("an emergency", () => {
  const assessor = aRequester("veilig-thuis", "ASSESSOR");
  const emergency = (parts: { worker?: string; withHealth?: boolean; running?: boolean } = {}) => ({
    organisation: toOrganisationCode("veilig-thuis"),
    workerId: toWorkerId(parts.worker ?? "w-1"),
    withHealth: parts.withHealth ?? false,
    running: parts.running ?? true,
  });
  const with_ = (one: ReturnType<typeof emergency>, asked: Asked = {}) =>
    factsOf(family({ emergencies: [one] }), { requester: assessor, purpose: "ACUTE_SAFETY", ...asked });

  test("is a relation for acute danger only, of the worker who declared it", () => {
    expect(with_(emergency())).toMatchObject({ relation: "EMERGENCY", emergency: "DECLARED" });
    expect(with_(emergency(), { purpose: "SAFETY_ASSESSMENT" }).relation).toBe("NONE");
    expect(with_(emergency({ worker: "w-2" })).relation).toBe("NONE");
  });

  test("is over when it no longer runs", () => {
    expect(with_(emergency({ running: false })).relation).toBe("NONE");
  });

  test("says whether health plays a part", () => {
    expect(with_(emergency({ withHealth: true })).emergency).toBe("DECLARED_WITH_HEALTH");
  });

  test("that waits for its review counts for every family", () => {
    const record = family({ assignments: [anAssignment("veilig-thuis")] });
    const asked: Asked = { requester: assessor, purpose: "ACUTE_SAFETY", unreviewed: true };
    expect(factsOf(record, asked).emergency).toBe("UNREVIEWED");
  });
});

describe("a disclosure", () => {
  const granted = (personId: string | null, grantedUntil = TODAY) => ({
    personId: personId === null ? null : toPersonId(personId),
    holder: toOrganisationCode("save"),
    recipient: toOrganisationCode("lokalis"),
    recipientWorker: toWorkerId("w-2"),
    purpose: "CARE" as const,
    categories: ["CARE_PLAN" as const],
    grantedUntil,
  });
  const with_ = (one: ReturnType<typeof granted>, asked: Asked = {}) =>
    factsOf(family({ assignments: [anAssignment("lokalis")], disclosures: [one] }), asked).disclosure;

  test("opens exactly what was granted: this subject, this purpose, this holder, up to its last day", () => {
    expect(with_(granted("eldest"))).toBe(true);
    expect(with_(granted("eldest", YESTERDAY))).toBe(false);
    expect(with_(granted("youngest"))).toBe(false);
    expect(with_(granted("eldest"), { purpose: "REFERRAL" })).toBe(false);
    expect(with_(granted("eldest"), { holder: "veilig-thuis" })).toBe(false);
  });

  test("of the household opens the household and none of its members apart", () => {
    expect(with_(granted(null), { household: true })).toBe(true);
    expect(with_(granted(null))).toBe(false);
    expect(with_(granted("eldest"), { household: true })).toBe(false);
  });
});

test("a disclosure to one parent is not the other's", () => {
  const asked = (worker: string) =>
    factsOf(
      family({
        disclosures: [
          {
            personId: toPersonId("eldest"),
            holder: toOrganisationCode("save"),
            recipient: toOrganisationCode("family"),
            recipientWorker: toWorkerId("father"),
            purpose: "SUBJECT_RIGHTS",
            categories: ["CARE_PLAN"],
            grantedUntil: TODAY,
          },
        ],
      }),
      { requester: aMember(worker, "PARENT"), purpose: "SUBJECT_RIGHTS" },
    ).disclosure;
  expect(asked("father")).toBe(true);
  expect(asked("mother")).toBe(false);
});

describe("a member of the family", () => {
  const of = (worker: string, workerFunction: WorkerFunction, about: string) =>
    factsOf(family(), { requester: aMember(worker, workerFunction), purpose: "SUBJECT_RIGHTS", about })
      .relation;

  test.each([
    ["mother", "PARENT", "mother", "SELF"],
    ["mother", "PARENT", "youngest", "PARENT_WITH_AUTHORITY"],
    ["father", "PARENT", "youngest", "PARENT_WITHOUT_AUTHORITY"],
    ["father", "PARENT", "eldest", "RELATIVE"],
    ["mother", "PARENT", "father", "RELATIVE"],
    ["eldest", "YOUNG_PERSON", "eldest", "SELF"],
    ["eldest", "YOUNG_PERSON", "mother", "RELATIVE"],
    ["youngest", "YOUNG_PERSON", "youngest", "NONE"],
    ["eldest", "PARENT", "youngest", "NONE"],
    ["mother", "YOUNG_PERSON", "mother", "NONE"],
    ["somebody", "PARENT", "youngest", "NONE"],
  ] as const)("%s as %s, about %s: %s", (worker, workerFunction, about, relation) => {
    expect(of(worker, workerFunction, about)).toBe(relation);
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
