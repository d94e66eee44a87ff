// What an operation may cost, reckoned on the real contract.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { parse } from "graphql";
import { LONGEST_PAGE, createCostReckoner, type Cost } from "../../../gateway/door/cost";
import { indexSchema } from "../../../gateway/federate/schema-index";
import { DEFAULT_LIMITS } from "../../../gateway/identify/limits";
import { PAGE_LIMIT } from "../../../shared/contract/values/connection";

const supergraph = join(__dirname, "../../../shared/region/regions/utrecht/supergraph.graphql");
const index = indexSchema(readFileSync(supergraph, "utf8"));
const reckon = createCostReckoner(index);
const costOf = (text: string, variables: Record<string, unknown> = {}): Cost =>
  reckon(parse(text), undefined, variables);

const ALL = ["lokalis", "veiligThuis", "save", "rvdk", "wss"];
const inAll = (selection: string): string => ALL.map((one) => `${one} { ${selection} }`).join(" ");

test("pages are as long as the contract lets them be", () => {
  expect(LONGEST_PAGE).toBe(PAGE_LIMIT);
});

test("what a view asks costs far less than is allowed", () => {
  const { cost, calls } = costOf(
    `{ family(id: "OVV-06") { id members { id ${inAll("__typename")} } ${inAll("contactNotes { totalCount }")} } }`,
  );
  expect(cost).toBeLessThan(DEFAULT_LIMITS.cost / 50);
  expect(calls).toBe(1 + 5 + 5);
});

test("a page costs what it is asked to hold: by its own word, a variable, its default, or the contract's", () => {
  const page = (first: string): string => `{ ${first} { edges { node { id status } } } }`;
  const [ten, twenty, hundred] = [10, 20, 100].map((first) => costOf(page(`caseload(first: ${first})`)).cost);
  expect(costOf(page("caseload")).cost).toBe(twenty);
  expect(Number(hundred) - Number(twenty)).toBe(8 * (Number(twenty) - Number(ten)));
  const byVariable = `query ($first: Int! = 10) ${page("caseload(first: $first)")}`;
  expect(costOf(byVariable).cost).toBe(ten);
  expect(costOf(byVariable, { first: 100 }).cost).toBe(hundred);
  expect(costOf(byVariable, { first: 2_000_000_000 }).cost).toBe(hundred);
});

test("lists in lists multiply", () => {
  const nested = (inner: number): string =>
    `{ caseload(first: 100) { edges { node { id referrals(first: ${inner}) { edges { node { id } } } } } } }`;
  expect(costOf(nested(100)).cost).toBeGreaterThan(100 * 100);
  expect(costOf(nested(1)).cost).toBeLessThan(100 * 50);
});

test("fragments over a circle of types are beyond what is allowed, and reckoned at once", () => {
  const fragments = Array.from(
    { length: 13 },
    (_, n) => `fragment F${n} on Family { id members { family { ...F${n + 1} } } }`,
  );
  const text = `{ family(id: "OVV-06") { ...F0 } } ${fragments.join(" ")} fragment F13 on Family { id }`;
  expect(costOf(text).cost).toBeGreaterThan(DEFAULT_LIMITS.cost);
});

test("fragments that double each other cost what they bring, not the time to count it", () => {
  const fragments = Array.from(
    { length: 40 },
    (_, n) => `fragment F${n} on Family { ...F${n + 1} ...F${n + 1} }`,
  );
  const text = `{ family(id: "1") { ...F0 } } ${fragments.join(" ")} fragment F40 on Family { id }`;
  expect(costOf(text).cost).toBeGreaterThan(2 ** 40);
});

test("each question to another source is a call, however many ask it at once", () => {
  expect(costOf('{ family(id: "1") { id } }').calls).toBe(1);
  expect(costOf('{ a: family(id: "1") { id } b: family(id: "2") { id } }').calls).toBe(1);
  expect(costOf('{ family(id: "1") { lokalis { __typename } more: lokalis { __typename } } }').calls).toBe(2);
  const families = Array.from(
    { length: 20 },
    (_, n) => `f${n}: family(id: "${n}") { ${inAll("__typename")} }`,
  );
  expect(costOf(`{ ${families.join(" ")} }`).calls).toBe(1 + 20 * 5);
});

test("what is left out by a variable costs nothing", () => {
  const text = 'query ($all: Boolean!) { family(id: "1") { id lokalis @include(if: $all) { __typename } } }';
  expect(costOf(text, { all: false }).calls).toBe(1);
  expect(costOf(text, { all: true }).calls).toBe(2);
});

test("a larger page never costs less", () => {
  const text = "query ($n: Int!) { caseload(first: $n) { edges { node { id members { id } } } } }";
  fc.assert(
    fc.property(fc.nat(200), fc.nat(200), (one, other) => {
      const [less, more] = [Math.min(one, other), Math.max(one, other)];
      expect(costOf(text, { n: less }).cost).toBeLessThanOrEqual(costOf(text, { n: more }).cost);
    }),
  );
});
