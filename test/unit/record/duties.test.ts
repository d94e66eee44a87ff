// What comes with data that left: one line per family, source and rule, and each duty as one task.

import type { Decision } from "../../../gateway/privacy/explain";
import { Ledger } from "../../../gateway/record/ledger";
import { dutiesOf } from "../../../gateway/record/duties";
import type { Asking } from "../../../gateway/federate/request-state";
import type { Category } from "../../../shared/kernel/codes";
import { toOrganisationCode, toTraceId } from "../../../shared/kernel/ids";
import { toPlainDate } from "../../../shared/kernel/plain-date";
import { aRequester } from "../../kit/requesters";

// A Friday, with a weekend behind it.
const TODAY = toPlainDate("2026-06-12");

const asking = (parts: Partial<Asking> = {}): Asking => ({
  requester: aRequester("lokalis.worker", "WORKER"),
  purpose: "CARE",
  traceId: toTraceId("0af7651916cd43dd8448eb211c80319c"),
  origin: "127.0.0.1",
  today: TODAY,
  ...parts,
});

const decision = (rule: string, obligations: readonly string[], outcome: Decision["outcome"] = "PERMIT") =>
  ({
    outcome,
    rule,
    rows: [],
    citation: "",
    certainty: "PROPOSED",
    obligations,
    next: [],
    reason: { nl: "", en: "" },
    policySet: "",
    order: 1,
  }) satisfies Decision;

/** A ledger in which each line was decided and, where it says so, delivered. */
function ledgerOf(
  lines: readonly {
    person?: string;
    source?: string;
    category: Category;
    by: Decision;
    delivered?: boolean;
  }[],
) {
  const ledger = new Ledger();
  for (const { person, source = "save", category, by, delivered = true } of lines) {
    const subject = person
      ? ({ type: "Person", id: person, familyId: "FAM-1" } as const)
      : ({ type: "Family", id: "FAM-1", familyId: "FAM-1" } as const);
    const access = ledger.access(subject, source, "view");
    ledger.decided(access, category, by);
    if (delivered) ledger.delivered(access, [category]);
  }
  return ledger.accesses;
}

const CONSENT = decision("consent-involvement-and-plan", ["INFORM_FAMILY", "NECESSITY"]);

test("a task has one who does it, and a day; an obligation that the hub keeps itself has neither", () => {
  const { lines } = dutiesOf(asking(), ledgerOf([{ category: "CARE_PLAN", by: CONSENT }]));
  expect(lines).toEqual([
    {
      organisation: "save",
      rule: "consent-involvement-and-plan",
      subjects: [{ type: "Family", id: "FAM-1" }],
      categories: ["CARE_PLAN"],
      obligations: [
        { obligation: "INFORM_FAMILY", by: "lokalis", dueOn: "2026-07-10" },
        { obligation: "NECESSITY" },
      ],
    },
  ]);
});

test("many subjects and categories of a family under one rule are one task", () => {
  const accesses = ledgerOf([
    { category: "CARE_PLAN", by: CONSENT },
    { person: "P-1", category: "INVOLVEMENT", by: CONSENT },
    { person: "P-2", category: "CARE_PLAN", by: CONSENT },
  ]);
  const { lines, tasks } = dutiesOf(asking(), accesses);
  expect(lines).toHaveLength(1);
  expect(tasks).toEqual([
    {
      familyId: "FAM-1",
      organisation: "lokalis",
      about: "save",
      obligation: "INFORM_FAMILY",
      rule: "consent-involvement-and-plan",
      cause: "ACCESS",
      causeId: "",
      dueOn: "2026-07-10",
    },
  ]);
});

test("the holder's task is the holder's, in working days", () => {
  const by = decision("safe-home-known-at-local-team", ["HOLDER_NOTE"]);
  const [task] = dutiesOf(asking(), ledgerOf([{ source: "rvdk", category: "INVOLVEMENT", by }])).tasks;
  expect(task).toMatchObject({ organisation: "rvdk", about: "lokalis", dueOn: "2026-06-19" });
});

test("what was permitted and did not come, and what was withheld, has no duties", () => {
  const held = decision("a-hold", ["SECOND_PROFESSIONAL"], "HOLD");
  const accesses = ledgerOf([
    { category: "CARE_PLAN", by: CONSENT, delivered: false },
    { category: "SAFETY", by: held, delivered: false },
  ]);
  expect(dutiesOf(asking(), accesses)).toEqual({ lines: [], tasks: [] });
});

test("an emergency makes its tasks when it is declared; only the phone call comes with an access", () => {
  const by = decision("emergency-health", [
    "ALERT_HOLDER",
    "EMERGENCY_REVIEW",
    "INFORM_FAMILY",
    "PHONE_HOLDER",
  ]);
  const acute = asking({ purpose: "ACUTE_SAFETY" });
  const { tasks } = dutiesOf(acute, ledgerOf([{ category: "CHILD_HEALTH", by }]));
  expect(tasks.map((one) => one.obligation)).toEqual(["PHONE_HOLDER"]);
  expect(tasks[0]?.dueOn).toBe(TODAY);
});

test("a member of the family has no tasks", () => {
  const requester = {
    ...aRequester("lokalis.worker", "PARENT"),
    organisation: toOrganisationCode("family"),
    kind: "FAMILY" as const,
  };
  const { tasks } = dutiesOf(asking({ requester }), ledgerOf([{ category: "CARE_PLAN", by: CONSENT }]));
  expect(tasks).toEqual([]);
});
