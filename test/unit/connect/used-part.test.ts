// What is taken out of a contract breaks somebody exactly when it is used.

import { buildSchema, findBreakingChanges } from "graphql";
import * as fc from "fast-check";
import { usedPart } from "../../../gateway/connect/check/used-part";

const CONTRACT = `
  type Query { family(id: ID, sort: Sort, filter: Filter): Family  found: Found }
  enum Sort { NEWEST OLDEST UNKNOWN }
  input Filter { text: String  sort: Sort }
  interface Dossier { note: String  day: String }
  type Lokalis implements Dossier { note: String  day: String  plan(first: Int): Plan }
  type Save { care: String }
  union Found = Lokalis | Save
  type Plan { summary: String  goals: [String!] }
  type Family { id: ID  lokalis: Lokalis  save: Save }
`;

/** Part of the contract -> the contract without it, or with it otherwise. */
const CHANGES: Readonly<Record<string, readonly [string, string]>> = {
  "Plan.goals": ["  goals: [String!]", ""],
  "Plan.summary": ["summary: String", "summary: [String]"],
  "Lokalis.plan(first:)": ["plan(first: Int)", "plan"],
  "Query.family(id:)": ["id: ID, ", "id: Int, "],
  "Query.family(sort:)": ["sort: Sort, ", ""],
  "Family.save": ["  save: Save", ""],
  "Sort.UNKNOWN": [" UNKNOWN", ""],
  "Filter.text": ["text: String", "text: Int"],
};
const PARTS = Object.keys(CHANGES);

const breaks = (used: readonly string[], [from, to]: readonly [string, string]): boolean => {
  const changed = CONTRACT.replace(from, to);
  if (changed === CONTRACT) throw new Error(`The contract has no ${from}.`);
  return findBreakingChanges(usedPart(CONTRACT, new Set(used)), buildSchema(changed)).length > 0;
};

test("a change of what is used breaks, and a change beside it does not", () => {
  fc.assert(
    fc.property(fc.subarray(PARTS), fc.constantFrom(...PARTS), (used, changed) => {
      expect(breaks(used, CHANGES[changed] ?? ["", ""])).toBe(used.includes(changed));
    }),
  );
});

test.each<readonly [string, readonly string[], readonly [string, string], boolean]>([
  ["a value that a variable may have", ["Sort"], [" UNKNOWN", ""], true],
  ["a field that a variable may have", ["Filter"], ["text: String  ", ""], true],
  ["a value within a variable", ["Filter"], [" UNKNOWN", ""], true],
  ["an argument that becomes needed", ["Query.family"], ["sort: Sort", "sort: Sort!"], true],
  [
    "an argument that becomes needed, where it is given",
    ["Query.family(sort:)"],
    ["sort: Sort", "sort: Sort!"],
    true,
  ],
  ["an argument of a field that nobody asks", ["Family.id"], ["sort: Sort", "sort: Sort!"], false],
  ["a member of a union that is looked for", ["Query.found", "Save"], [" | Save", ""], true],
  ["a member of a union that nobody looks for", ["Query.found", "Lokalis"], [" | Save", ""], false],
  ["an interface of what is given", ["Family.lokalis", "Dossier.note"], [" implements Dossier", ""], true],
  ["an interface that nobody asks by", ["Family.lokalis"], [" implements Dossier", ""], false],
  ["another type of a field", ["Family.save"], ["save: Save", "save: Lokalis"], true],
  [
    "what is no part of the contract any more",
    ["Plan.gone", "Gone.field"],
    ["  goals: [String!]", ""],
    false,
  ],
])("%s", (_what, used, change, expected) => {
  expect(breaks(used, change)).toBe(expected);
});
