// Facts from referrals and meetings.

import type { ReferralRecord } from "../../../shared/database/referral-records";
import { Category, type WorkerFunction } from "../../../shared/kernel/codes";
import { toOrganisationCode, toPersonId } from "../../../shared/kernel/ids";
import { toPlainDate } from "../../../shared/kernel/plain-date";
import { anAssignment, aRequester, TODAY } from "../../kit/family-records";
import { factsOf, family, YESTERDAY, type Asked } from "./facts-of-family";

describe("a referral", () => {
  const referral = (
    type: string,
    sender: string,
    receiver: string,
    stage: "WAITING" | "ACCEPTED" | "COMPLETED" = "WAITING",
  ) => ({
    type,
    sender: toOrganisationCode(sender),
    receiver: toOrganisationCode(receiver),
    accepted: stage !== "WAITING",
    completed: stage === "COMPLETED",
    content: null as ReferralRecord["content"],
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

  test("counts for the persons and categories that were selected, and for no other", () => {
    const content = [{ personId: toPersonId("eldest"), categories: ["SAFETY", "IDENTITY"] as const }];
    const record = family({ referrals: [{ ...referral("REPORT", "lokalis", "veilig-thuis"), content }] });
    const asked: Asked = { requester: assessor, holder: "lokalis", purpose: "SAFETY_ASSESSMENT" };
    for (const about of ["mother", "father", "eldest", "youngest"]) {
      for (const category of Object.keys(Category) as Category[]) {
        const selected = about === "eldest" && ["SAFETY", "IDENTITY"].includes(category);
        expect(factsOf(record, { ...asked, about, category })).toMatchObject({
          relation: "REFERRED",
          exchange: selected ? "REPORT" : "NONE",
        });
      }
    }
  });

  test("that was selected nothing for tells no more than that the family is there", () => {
    const record = family({ referrals: [{ ...referral("REPORT", "lokalis", "veilig-thuis"), content: [] }] });
    const asked: Asked = { requester: assessor, holder: "lokalis", purpose: "SAFETY_ASSESSMENT" };
    expect(factsOf(record, { ...asked, category: "SAFETY" }).exchange).toBe("NONE");
    expect(factsOf(record, { ...asked, holder: "hub", category: "HOUSEHOLD" }).relation).toBe("REFERRED");
  });

  test("of which one selected what another did not: each opens its own", () => {
    const of = (categories: readonly Category[]) => ({
      ...referral("REPORT", "lokalis", "veilig-thuis"),
      content: [{ personId: toPersonId("eldest"), categories }],
    });
    const record = family({ referrals: [of(["SAFETY"]), of(["IDENTITY"])] });
    const exchange = (category: Category) =>
      factsOf(record, { requester: assessor, holder: "lokalis", purpose: "SAFETY_ASSESSMENT", category })
        .exchange;
    expect([exchange("SAFETY"), exchange("IDENTITY"), exchange("HOUSEHOLD")]).toEqual([
      "REPORT",
      "REPORT",
      "NONE",
    ]);
  });

  test("that a colleague accepted opens nothing to who only has another one that waits", () => {
    const record = family({
      referrals: [
        referral("INQUIRY_REQUEST", "lokalis", "rvdk", "ACCEPTED"),
        referral("INQUIRY_REQUEST", "save", "rvdk"),
      ],
    });
    const asked: Asked = { requester: aRequester("rvdk", "INVESTIGATOR"), purpose: "REFERRAL" };
    expect(factsOf(record, { ...asked, holder: "lokalis" })).toMatchObject({
      relation: "REFERRED",
      exchange: "NONE",
    });
    expect(factsOf(record, { ...asked, holder: "save" }).exchange).toBe("INQUIRY_REQUEST");
  });

  test("opens nothing at a third organisation", () => {
    const record = family({ referrals: [referral("REPORT", "lokalis", "veilig-thuis")] });
    const asked: Asked = { requester: assessor, holder: "save", purpose: "SAFETY_ASSESSMENT" };
    expect(factsOf(record, asked).exchange).toBe("NONE");
  });

  test("that is accepted opens what was sent to who is assigned, and nothing to their colleagues", () => {
    const referrals = [referral("REPORT", "lokalis", "veilig-thuis", "ACCEPTED")];
    const asked: Asked = { requester: assessor, holder: "lokalis", purpose: "SAFETY_ASSESSMENT" };
    expect(factsOf(family({ referrals }), asked).relation).toBe("NONE");
    const assigned = family({ referrals, assignments: [anAssignment("veilig-thuis")] });
    expect(factsOf(assigned, asked)).toMatchObject({ relation: "ASSIGNED", exchange: "REPORT" });
  });

  test("that is completed opens nothing to its receiver, and its feedback to its sender", () => {
    const record = family({
      referrals: [referral("REPORT", "lokalis", "veilig-thuis", "COMPLETED")],
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
