// What an organisation recorded is held, after its last day, by the one that continues its work.

import { holdersOf } from "../../../gateway/federate/region-parts";
import { holderOn } from "../../../gateway/privacy/reduce-facts";
import { toOrganisationCode } from "../../../shared/kernel/ids";
import { toPlainDate } from "../../../shared/kernel/plain-date";
import { loadRegion } from "../../../shared/region/region";

const region = loadRegion("utrecht");
const changed = (change: object) =>
  holdersOf({
    ...region,
    organisations: region.organisations.map((one) =>
      (one.code as string) === "wss" ? { ...one, ...change } : one,
    ),
  });
const until = toPlainDate("2026-06-30");
const holderAt = (holders: ReturnType<typeof holdersOf>, day: string) => {
  const { code, kind, legalEntity } = holderOn(holders.get("wss")!, toPlainDate(day));
  return { code, kind, legalEntity };
};
const WSS = { code: "wss", kind: "CERTIFIED_AGENCY", legalEntity: "wss" };

test("is held by the next one from the day after", () => {
  const holders = changed({ until, continuedBy: toOrganisationCode("save") });
  expect(holderAt(holders, "2026-06-30")).toEqual(WSS);
  expect(holderAt(holders, "2026-07-01")).toEqual({
    code: "save",
    kind: "CERTIFIED_AGENCY",
    legalEntity: "svmn",
  });
});

test("stays where it is when nobody continues the work", () => {
  expect(holderAt(changed({ until }), "2026-07-01")).toEqual(WSS);
});
