// Which referrals go where, in the region as it is.

import { getOrganisation, loadRegion } from "../../../shared/region/region";
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
