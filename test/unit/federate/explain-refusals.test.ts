// The last look at an answer, where a source refused by rules of its own what the hub permits.

import { Kind, parse } from "graphql";
import { AnswerExplainer, type Withheld } from "../../../gateway/federate/explain-answer";
import type { RequestState } from "../../../gateway/federate/request-state";
import { SourceRefusals } from "../../../gateway/federate/source-refusals";
import type { Decision } from "../../../gateway/privacy/explain";
import type { Category, Outcome } from "../../../shared/kernel/codes";
import { RefusalReason } from "../../../shared/kernel/refusal-reason";
import { smallIndex } from "../../kit/small-supergraph";

const index = smallIndex();
const FAMILY = { type: "Family", id: "OVV-06" } as const;

const decided = (outcome: Outcome): Decision => ({
  outcome,
  rule: `hub-${outcome.toLowerCase()}`,
  rows: [1],
  citation: "Wet",
  certainty: "CONFIRMED",
  obligations: ["NECESSITY"],
  next: [],
  reason: { nl: "Hub.", en: "Hub." },
  policySet: "2026-01-01",
  order: 1,
});

/** A request in which the hub permits everything but what is closed, and the source refuses some of it. */
function stateWith(refused: readonly Category[], closed: readonly Category[] = []): RequestState {
  const refusals = new SourceRefusals();
  for (const category of refused) refusals.note(FAMILY, "lokalis", category, "SHIELDED_RECORD");
  const decide = (_subject: unknown, _source: string, category: Category): Decision =>
    decided(closed.includes(category) ? "DENY" : "PERMIT");
  return { refusals, decide, keyAt: () => "LOK-2006" } as unknown as RequestState;
}

function explain(state: RequestState, query: string, lokalis: unknown): { data: unknown; lines: Withheld[] } {
  const document = parse(`{ family(id: "OVV-06") { ${query} } }`);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("Not an operation.");
  const data = { family: { _schakel_Family: FAMILY.id, lokalis } };
  const answered = { document, operation, variables: {}, data };
  return { lines: new AnswerExplainer(index, state, answered).explain(answered), data: data.family.lokalis };
}

const QUERY = "lokalis { plan: carePlan { summary } safety }";

test("a refused field is null with one line, in the words for its reason", () => {
  const { data, lines } = explain(stateWith(["CARE_PLAN"]), QUERY, { plan: null, safety: "Plan." });
  expect(data).toEqual({ plan: null, safety: "Plan." });
  expect(lines).toMatchObject([
    {
      path: ["family", "lokalis", "plan"],
      outcome: "DENY",
      rule: "refused-by-source",
      certainty: "PROPOSED",
      next: ["CALL_HOLDER"],
    },
  ]);
});

test("a refused dossier has the shape of one that is there", () => {
  const { data, lines } = explain(stateWith(["INVOLVEMENT", "CARE_PLAN", "SAFETY"]), QUERY, null);
  expect(data).toEqual({ plan: null, safety: null });
  expect(lines.map(({ path }) => path.at(-1))).toEqual(["plan", "safety"]);
});

test("what the hub itself closed keeps the hub's explanation", () => {
  const state = stateWith(["CARE_PLAN", "SAFETY"], ["SAFETY"]);
  const { lines } = explain(state, QUERY, { plan: null, safety: null });
  expect(lines.map(({ rule }) => rule)).toEqual(["refused-by-source", "hub-deny"]);
});

test("a refused field with a value in it means that no answer is given", () => {
  expect(() => explain(stateWith(["SAFETY"]), QUERY, { plan: null, safety: "Plan." })).toThrow(
    expect.objectContaining({ code: "ENFORCEMENT_FAILED" }) as Error,
  );
});

test("every reason has a sentence in two languages that names the source as who refused", () => {
  const texts = Object.values(RefusalReason).map((reason) => {
    const refusals = new SourceRefusals();
    refusals.note(FAMILY, "lokalis", "SAFETY", reason);
    return refusals.stricter(decided("PERMIT"), FAMILY, "lokalis", "SAFETY").reason;
  });
  for (const { nl, en } of texts) {
    expect(nl).toMatch(/^Geweigerd door de bron: .{20,}\.$/);
    expect(en).toMatch(/^Refused by the source: .{20,}\.$/);
  }
  expect(new Set(texts.map(({ nl }) => nl)).size).toBe(texts.length);
});
