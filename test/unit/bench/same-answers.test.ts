// Two gateways are compared only when they do the same work; whatever differs stops the benchmark.

import { BenchError } from "../../bench/kit/benchmark";
import { requireSameAnswers, type Answered } from "../../bench/kit/hub/same-answers";

const DATA = { family: { id: "F", save: { carePlan: { summary: "x" }, measures: [{ kind: "OTS" }] } } };

const answered = (parts: Partial<Answered["body"]> = {}, asked = ["save 1", "wss 2"]): Answered => ({
  body: { data: DATA, extensions: { withheld: [], unavailable: [] }, ...parts },
  asked,
});

const compare =
  (other: Answered, first = answered()) =>
  () =>
    requireSameAnswers({ first, other });

describe("the check before measuring", () => {
  it("accepts the same data out of the same questions", () => {
    expect(compare(answered({ data: structuredClone(DATA) }))).not.toThrow();
  });

  it.each<[string, unknown]>([
    [
      "data.family.save.carePlan",
      { family: { ...DATA.family, save: { ...DATA.family.save, carePlan: null } } },
    ],
    [
      "data.family.save.carePlan.summary",
      { family: { id: "F", save: { carePlan: { summary: "y" }, measures: [{ kind: "OTS" }] } } },
    ],
    [
      "data.family.save.measures.1",
      {
        family: {
          id: "F",
          save: { carePlan: { summary: "x" }, measures: [{ kind: "OTS" }, { kind: "OTS" }] },
        },
      },
    ],
    ["data.family.save.measures", { family: { id: "F", save: { carePlan: { summary: "x" } } } }],
  ])("stops at a difference, named by its path: %s", (path, data) => {
    expect(compare(answered({ data }))).toThrow(BenchError);
    expect(compare(answered({ data }))).toThrow(`1 fields differ (${path} ...)`);
  });

  it("stops when the sources were asked something else", () => {
    expect(compare(answered({}, ["save 1", "wss 3"]))).toThrow(/do not ask the sources the same/);
  });

  it.each<[string, Partial<Answered["body"]>]>([
    ["1 fields are empty", { data: { family: null } }],
    ["1 withheld", { extensions: { withheld: [{}], unavailable: [] } }],
    ["1 sources unavailable", { extensions: { withheld: [], unavailable: [{}] } }],
    ["1 errors", { errors: [{}] }],
  ])("stops when both lack the same: %s", (words, parts) => {
    expect(compare(answered(parts), answered(parts))).toThrow(words);
  });
});
