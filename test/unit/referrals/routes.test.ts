// Which referrals go where, in the region as it is.

import { toPlainDate } from "../../../shared/kernel/plain-date";
import { getOrganisation, loadRegion, type Region } from "../../../shared/region/region";
import {
  receiversOf,
  REFERRAL_TYPES,
  ROUTES,
  routesFrom,
  type ReferralType,
} from "../../../subgraphs/referrals/source/routes";

const region = loadRegion("utrecht");
const receivers = (sender: string, type: ReferralType): string[] =>
  receiversOf(region, getOrganisation(region, sender), type).map((one) => one.code);

describe("the routes of referrals", () => {
  test.each([
    ["lokalis", "REPORT", ["veilig-thuis"]],
    ["veilig-thuis", "REPORT", []],
    ["veilig-thuis", "HANDOVER_AFTER_ASSESSMENT", ["lokalis", "save", "wss"]],
    ["veilig-thuis", "CASE_INFORMATION", ["lokalis", "save", "rvdk", "wss"]],
    ["lokalis", "GUIDANCE", ["save", "wss"]],
    ["save", "GUIDANCE", []],
    ["save", "INQUIRY_REQUEST", ["rvdk"]],
    ["rvdk", "MEASURE_ASSIGNMENT", ["save", "wss"]],
    ["save", "AGENCY_HANDOVER", ["wss"]],
    ["wss", "STEP_DOWN", ["lokalis"]],
    ["save", "MEASURE_ENDING", ["lokalis", "rvdk"]],
    ["lokalis", "NEW_FACTS", ["save", "wss"]],
    ["veilig-thuis", "NEW_FACTS", ["save", "wss"]],
    ["save", "NEW_FACTS", ["wss"]],
  ] as const)("%s sends %s to %j", (sender, type, expected) => {
    expect(receivers(sender, type)).toEqual(expected);
  });

  test("lead nowhere back to the sender itself", () => {
    for (const { code } of region.organisations) {
      for (const type of REFERRAL_TYPES) expect(receivers(code, type)).not.toContain(code);
    }
  });

  test("can each be sent by somebody, on a ground", () => {
    for (const type of REFERRAL_TYPES) {
      expect(region.organisations.some((one) => receivers(one.code, type).length > 0)).toBe(true);
      expect(ROUTES[type].bases.length).toBeGreaterThan(0);
    }
  });

  test("are listed for a sender with the organisations that each can go to", () => {
    const fromBoard = routesFrom(region, getOrganisation(region, "rvdk"));
    expect(fromBoard).toEqual([
      { type: "REPORT", receivers: ["veilig-thuis"] },
      { type: "MEASURE_ASSIGNMENT", receivers: ["save", "wss"] },
      { type: "NEW_FACTS", receivers: ["save", "wss"] },
    ]);
  });
});

describe("an organisation that takes part from a day and until a day", () => {
  const [FIRST, LAST] = [toPlainDate("2026-02-01"), toPlainDate("2026-02-28")];
  const changing: Region = {
    ...region,
    organisations: region.organisations.map((one) =>
      (one.code as string) === "save" ? { ...one, from: FIRST, until: LAST } : one,
    ),
  };
  const sentOn = (day: string): string[] =>
    receiversOf(changing, getOrganisation(changing, "lokalis"), "GUIDANCE", toPlainDate(day)).map(
      (one) => one.code,
    );
  const sendsOn = (day: string): number =>
    receiversOf(changing, getOrganisation(changing, "save"), "INQUIRY_REQUEST", toPlainDate(day)).length;

  test.each([
    ["2026-01-31", ["wss"], 0],
    ["2026-02-01", ["save", "wss"], 1],
    ["2026-02-28", ["save", "wss"], 1],
    ["2026-03-01", ["wss"], 0],
  ])("is sent to, and sends, on those days alone (%s)", (day, receiving, sending) => {
    expect([sentOn(day), sendsOn(day)]).toEqual([receiving, sending]);
  });
});
