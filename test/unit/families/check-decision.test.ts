// A holder's decision against its request: what fits, and which argument is named when it does not.

import { toPlainDate } from "../../../shared/kernel/plain-date";
import type { DisclosureRow } from "../../../subgraphs/families/mapping/disclosure";
import {
  checkDecision,
  type HolderDecision,
} from "../../../subgraphs/families/source/disclosure/check-decision";
import { aRequester } from "../../kit/requesters";

const DAY = toPlainDate("2026-06-15");
const DECIDER = aRequester("lokalis.worker", "WORKER");
const REQUEST: DisclosureRow = {
  id: "00000000-0000-4000-8000-000000000001",
  family_id: "OVV-06",
  person_id: "OVV-06-3",
  holder: "lokalis",
  requester_organisation: "veilig-thuis",
  requester_worker: "veilig-thuis.assessor",
  requester_function: "ASSESSOR",
  purpose: "SAFETY_ASSESSMENT",
  categories: ["CARE_PLAN", "SAFETY"],
  rules: ["some-rule"],
  wanted_until: toPlainDate("2026-07-15"),
  second_needed: false,
  requested_at: new Date("2026-06-14T10:00:00Z"),
  due_on: toPlainDate("2026-06-16"),
  state: "REQUESTED",
  decided_at: null,
  decided_by: null,
  second_professional: null,
  granted_categories: null,
  granted_until: null,
  refusal_reason: null,
  family_told: null,
  not_yet_reason: null,
  not_yet_until: null,
  ended_at: null,
};
const WEIGHING = "The safety of the children weighs more than the confidence that the parents put in us.";

const check = (change: Partial<HolderDecision> = {}, request: Partial<DisclosureRow> = {}) =>
  checkDecision(
    {
      disclosureId: REQUEST.id,
      decision: "GRANT",
      until: "2026-07-15",
      weighing: WEIGHING,
      familyTold: "TOLD",
      idempotencyKey: "k",
      ...change,
    },
    { ...REQUEST, ...request },
    DECIDER,
    DAY,
  );
const REFUSAL = { decision: "REFUSE", refusalReason: "SAFETY", until: null } as const;

test.each<[string, Partial<HolderDecision>, object]>([
  ["all of it up to the last day", {}, { categories: ["CARE_PLAN", "SAFETY"], until: "2026-07-15" }],
  ["a part, for today", { categories: ["SAFETY"], until: DAY }, { categories: ["SAFETY"], until: DAY }],
  ["the same twice", { categories: ["SAFETY", "SAFETY"] }, { categories: ["SAFETY"] }],
])("grants %s", (_, change, expected) => {
  expect(check(change)).toMatchObject({ state: "GRANTED", refusalReason: null, ...expected });
});

test("refuses with a reason, and later tells the family", () => {
  const later = { familyTold: "NOT_YET", notYetReason: "NOT_REACHED", notYetUntil: "2026-09-13" } as const;
  expect(check({ ...REFUSAL, ...later })).toEqual({
    state: "REFUSED",
    weighing: WEIGHING,
    secondProfessional: null,
    categories: null,
    until: null,
    refusalReason: "SAFETY",
    ...later,
  });
});

const notYet = (notYetUntil: string | null): Partial<HolderDecision> => ({
  familyTold: "NOT_YET",
  notYetReason: "NOT_REACHED",
  notYetUntil,
});

test.each<[string, Partial<HolderDecision>, string]>([
  ["a category that was not asked for", { categories: ["SAFETY", "EDUCATION"] }, "input.categories"],
  ["none of the categories", { categories: [] }, "input.categories"],
  ["no last day", { until: null }, "input.until"],
  ["a last day that is past", { until: "2026-06-14" }, "input.until"],
  ["a day after it is wanted", { until: "2026-07-16" }, "input.until"],
  ["a day that no calendar has", { until: "2026-06-31" }, "input.until"],
  ["a reason of refusal with a grant", { refusalReason: "SAFETY" }, "input.refusalReason"],
  ["no weighing to speak of", { weighing: "Fine by me." }, "input.weighing"],
  ["a weighing of more than 1000 characters", { weighing: "a".repeat(1001) }, "input.weighing"],
  ["a BSN in the weighing", { weighing: `${WEIGHING} 9999 00 006` }, "input.weighing"],
  ["the decider as the second", { secondProfessional: "lokalis.worker" }, "input.secondProfessional"],
  ["a second who is no worker", { secondProfessional: "someone else" }, "input.secondProfessional"],
  ["not told, without a reason", { ...notYet("2026-07-01"), notYetReason: null }, "input.notYetReason"],
  ["not told, without a day", notYet(null), "input.notYetUntil"],
  ["not told, up to today", notYet(DAY), "input.notYetUntil"],
  ["not told for longer than 90 days", notYet("2026-09-14"), "input.notYetUntil"],
  ["told, with a reason why not", { notYetReason: "NOT_REACHED" }, "input.notYetReason"],
  ["told, with a day", { notYetUntil: "2026-07-01" }, "input.notYetUntil"],
  ["a refusal without a reason", { ...REFUSAL, refusalReason: null }, "input.refusalReason"],
  ["a refusal with a day", { ...REFUSAL, until: "2026-07-01" }, "input.until"],
  ["a refusal with categories", { ...REFUSAL, categories: ["SAFETY"] }, "input.categories"],
])("refuses %s and names the argument, not what was typed", (_, change, argument) => {
  let refused: unknown;
  try {
    check(change);
  } catch (error) {
    refused = error;
  }
  expect(refused).toMatchObject({ code: "INPUT_INVALID", details: { argument } });
  expect(JSON.stringify((refused as { details: unknown }).details)).not.toMatch(/Fine|9999|someone/);
});

test("what was wanted up to a day that is past can only be refused", () => {
  const past = { wanted_until: toPlainDate("2026-06-14") };
  expect(() => check({ until: DAY }, past)).toThrow(
    expect.objectContaining({ details: expect.objectContaining({ argument: "input.decision" }) as object }),
  );
  expect(check(REFUSAL, past).state).toBe("REFUSED");
});

test("four eyes take a second worker, for a refusal as well", () => {
  for (const decision of [{}, REFUSAL]) {
    expect(() => check(decision, { second_needed: true })).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({ argument: "input.secondProfessional" }) as object,
      }),
    );
    const second = { ...decision, secondProfessional: "lokalis.colleague" };
    expect(check(second, { second_needed: true }).secondProfessional).toBe("lokalis.colleague");
  }
});
