// What an access relied on: the consents and measures that bear on it, by the rule that permitted.

import type { Asking } from "../../../gateway/federate/request-state";
import type { Decision } from "../../../gateway/privacy/explain";
import { Ledger, type Access } from "../../../gateway/record/ledger";
import { reliedOnOf } from "../../../gateway/record/relied-on";
import type { Category } from "../../../shared/kernel/codes";
import { toOrganisationCode, toTraceId } from "../../../shared/kernel/ids";
import { toPlainDate } from "../../../shared/kernel/plain-date";
import { aConsent, aMeasure, aRecord, aRequester, TODAY } from "../../kit/family-records";

const asking: Asking = {
  requester: aRequester("lokalis", "WORKER"),
  purpose: "CARE",
  traceId: toTraceId("0af7651916cd43dd8448eb211c80319c"),
  origin: "127.0.0.1",
  today: TODAY,
};

const by = (rule: string): Decision => ({
  outcome: "PERMIT",
  rule,
  rows: [],
  citation: "",
  certainty: "PROPOSED",
  obligations: [],
  next: [],
  reason: { nl: "", en: "" },
  policySet: "",
  order: 1,
});

/** An access to a person at SAVE in which this category was permitted by a rule, and came or did not. */
function accessBy(rule: string, category: Category = "CARE_PLAN", delivered = true): Access {
  const ledger = new Ledger();
  const access = ledger.access({ type: "Person", id: "C-1", familyId: "FAM-1" }, "save", "view");
  ledger.decided(access, category, by(rule));
  if (delivered) ledger.delivered(access, [category]);
  return access;
}

const consents = [
  aConsent("C-1", "P-1"),
  aConsent("C-1", "P-2"),
  aConsent("C-1", "P-3", { decision: "REFUSED" }),
  aConsent("C-1", "P-4", { withdrawnAt: "2026-05-01T10:00:00Z" }),
  aConsent("C-1", "P-5", { validUntil: toPlainDate("2026-06-14") }),
  aConsent("C-1", "P-6", { categories: ["SAFETY"] }),
  aConsent("C-1", "P-7", { purpose: "REFERRAL" }),
  aConsent("C-1", "P-8", { holder: toOrganisationCode("wss") }),
  aConsent("C-1", "P-9", { recipient: toOrganisationCode("wss") }),
  aConsent("C-2", "P-1"),
];

test("names the consents in force that bear on what was delivered, and no other", () => {
  const record = aRecord({ consents });
  expect(reliedOnOf(asking, accessBy("consent-involvement-and-plan"), record)).toEqual([
    "CONSENT:C-1-P-1",
    "CONSENT:C-1-P-2",
  ]);
});

test("names the measures in force that the requester or the holder executes", () => {
  const measures = [
    aMeasure("C-1", "save"),
    aMeasure("C-2", "lokalis"),
    aMeasure("C-3", "wss"),
    aMeasure("C-4", "save", { endedAt: "2026-03-01T00:00:00Z" }),
    aMeasure("C-5", "save", { endsOn: toPlainDate("2026-06-14") }),
  ];
  expect(reliedOnOf(asking, accessBy("measure-local-team"), aRecord({ measures }))).toEqual([
    "MEASURE:measure-C-1",
    "MEASURE:measure-C-2",
  ]);
});

test.each([
  ["emergency-opens-minimum-set", ["EMERGENCY:-"]],
  ["disclosure-granted", ["DISCLOSURE:-"]],
  ["referral-opens-what-was-sent", ["REFERRAL:-"]],
  ["consent-of-16-and-17", ["CONSENT:-"]],
  ["own-dossier", []],
])("by %s it is %j, where the record has no id for it", (rule, expected) => {
  expect(reliedOnOf(asking, accessBy(rule), aRecord())).toEqual(expected);
});

test("is nothing for what was permitted and did not come", () => {
  const access = accessBy("consent-involvement-and-plan", "CARE_PLAN", false);
  expect(reliedOnOf(asking, access, aRecord({ consents }))).toEqual([]);
});
