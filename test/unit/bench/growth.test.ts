// What the benchmark of growth rests on: the fit, the region of any size, and the set with more rules.

import { exponentOf } from "../../bench/gateway/growth/fit";
import { regionOfSize } from "../../bench/gateway/growth/region-of-size";
import { countRules, rulesTimes } from "../../bench/kit/more-rules";
import { deciderOver, readPolicyFiles } from "../../../gateway/policy-files";
import { plausible, spreadFacts } from "../../kit/facts";
import { makeTestFolder } from "../../kit/test-folders";

describe("the exponent", () => {
  const curve = (costOf: (size: number) => number) =>
    [5, 10, 20, 40].map((size) => ({ size, cost: costOf(size) }));

  test.each([
    ["no growth", () => 7, 0],
    ["growth in proportion", (size: number) => 3 * size, 1],
    ["growth by the square", (size: number) => size ** 2 / 10, 2],
    ["a cost that falls", (size: number) => 1 / size, -1],
  ])("tells %s", (_, costOf, exponent) => {
    expect(exponentOf(curve(costOf))).toBeCloseTo(exponent);
  });

  test("fits what lies on no curve", () => {
    // By hand: slope of (0, 0), (1, 1), (2, 0.5), (3, 2.5), in logarithms to the base of two.
    const points = [0, 1, 0.5, 2.5].map((log, index) => ({ size: 2 ** index, cost: 2 ** log }));
    expect(exponentOf(points)).toBeCloseTo(0.7);
  });

  test("leaves a size of 0 out, and is not there for what is no curve", () => {
    expect(exponentOf([{ size: 0, cost: 9 }, ...curve((size) => size)])).toBeCloseTo(1);
    expect(exponentOf([])).toBeUndefined();
    expect(
      exponentOf([
        { size: 0, cost: 1 },
        { size: 10, cost: 1 },
      ]),
    ).toBeUndefined();
    expect(
      exponentOf([
        { size: 10, cost: 1 },
        { size: 10, cost: 2 },
      ]),
    ).toBeUndefined();
  });
});

test("a region of seven has two more local teams, of which the view asks", () => {
  const { region, view, contracts, supergraph } = regionOfSize(7, makeTestFolder());
  expect(region.organisations.map(({ code }) => code as string).slice(-2)).toEqual([
    "lokalis-2",
    "lokalis-3",
  ]);
  for (const field of ["lokalis2", "lokalis3"]) {
    expect(view).toContain(`${field} { ...FamilyParts }`);
    expect(supergraph).toContain(`${field}: Lokalis${field.at(-1)}FamilyDossier`);
  }
  expect(Object.keys(contracts)).toEqual(expect.arrayContaining(["lokalis-2", "lokalis-3", "families"]));
});

describe("ten times the rules", () => {
  const own = readPolicyFiles();
  const more = rulesTimes(10);

  test("are ten times as many", () => {
    expect(countRules(more)).toBe(10 * countRules(own));
    expect(countRules(rulesTimes(1))).toBe(countRules(own));
  });

  test("pass every check of a set, and decide nothing", () => {
    const [decider, larger] = [deciderOver(own), deciderOver(more)];
    const facts = [...spreadFacts(40, { drang: false })].map(plausible);
    expect(facts.map((one) => larger.decide(one))).toEqual(facts.map((one) => decider.decide(one)));
  });
});
