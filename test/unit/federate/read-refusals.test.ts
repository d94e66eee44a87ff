// A source's refusal is believed where it was asked, and only with nothing in its place.

import { Kind, parse, type SelectionNode } from "graphql";
import { dossiersIn, holdsRefused, readRefusals } from "../../../gateway/federate/read-refusals";
import type { SubgraphError } from "../../../gateway/federate/subgraph-client";
import type { Category } from "../../../shared/kernel/codes";
import { smallIndex } from "../../kit/small-supergraph";

const index = smallIndex();
const SECRET = "Jan Verzonnen";

function selectionsOf(text: string): readonly SelectionNode[] {
  const [operation] = parse(text).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("Not an operation.");
  return operation.selectionSet.selections;
}

const dossiers = dossiersIn(
  index,
  "Family",
  selectionsOf(`{
    lokalis { __typename plan: carePlan { summary } ... on FamilyDossier { safety } }
    again: lokalis { ... on LokalisFamilyDossier { involvement notes__alias_0: notes(first: 1) notes(first: 2) } }
    id
  }`),
);

const NOTHING = { lokalis: null, again: null };
const GIVEN = { lokalis: { plan: null, safety: "Plan." }, again: { involvement: null, notes: [] } };

const read = (
  errors: readonly SubgraphError[],
  given: Readonly<Record<string, unknown>> | null = GIVEN,
  permitted: readonly Category[] = ["INVOLVEMENT", "CARE_PLAN", "SAFETY"],
) => readRefusals([{ permitted: new Set(permitted), dossiers }], [[given, GIVEN]], errors);

const refused = (path: SubgraphError["path"], reason: unknown = "OWN_POLICY"): SubgraphError => ({
  ...(path ? { path } : {}),
  extensions: { code: "SOURCE_REFUSED", reason, name: SECRET },
});

test("knows under which key which category was asked, through aliases and fragments", () => {
  expect([...dossiers].map(([key, fields]) => [key, [...fields]])).toEqual([
    [
      "lokalis",
      [
        ["plan", "CARE_PLAN"],
        ["safety", "SAFETY"],
      ],
    ],
    [
      "again",
      [
        ["involvement", "INVOLVEMENT"],
        ["notes__alias_0", "CARE_PLAN"],
        ["notes", "CARE_PLAN"],
      ],
    ],
  ]);
});

test("a refused field is a refusal of its category, with the code of the reason and nothing else", () => {
  expect(read([refused(["g0", 0, "lokalis", "plan"], "SHIELDED_RECORD")])).toEqual({
    refusals: [{ group: 0, position: 0, categories: ["CARE_PLAN"], reason: "SHIELDED_RECORD" }],
    others: 0,
  });
});

test.each([[SECRET], ["constructor"], [undefined], [{ name: SECRET }]])(
  "a reason that is no code of the list (%#) tells nothing",
  (reason) => {
    const refusals = read([refused(["g0", 0, "lokalis", "plan"], reason)])?.refusals;
    expect(refusals).toMatchObject([{ reason: "OWN_POLICY" }]);
  },
);

test("a refused dossier is a refusal of all that was asked of it, and of whether it is there", () => {
  expect(read([refused(["g0", 0, "lokalis"])], NOTHING)?.refusals).toMatchObject([
    { categories: ["INVOLVEMENT", "CARE_PLAN", "SAFETY"] },
  ]);
  expect(read([refused(["g0", 0, "again"])], NOTHING, ["CARE_PLAN"])?.refusals).toMatchObject([
    { categories: ["INVOLVEMENT", "CARE_PLAN"] },
  ]);
  expect(read([refused(["g0", 0, "lokalis"])], null)?.refusals).toHaveLength(1);
});

test("a dossier that is refused and there contradicts itself", () => {
  expect(read([refused(["g0", 0, "lokalis"])])).toBeUndefined();
  expect(read([refused(["g0", 0, "lokalis"])], { lokalis: {} })).toBeUndefined();
});

test.each<[string, SubgraphError["path"]]>([
  ["without a path", undefined],
  ["of a whole answer", []],
  ["of a whole group", ["g0"]],
  ["of a whole entity", ["g0", 0]],
  ["of a group that was not asked", ["g1", 0, "lokalis", "plan"]],
  ["of a name that is no group", ["constructor", 0, "lokalis", "plan"]],
  ["of a subject that was not asked", ["g0", 2, "lokalis", "plan"]],
  ["of a subject before the first", ["g0", -1, "lokalis", "plan"]],
  ["of a subject by a name", ["g0", "length", "lokalis", "plan"]],
  ["of a dossier that was not asked", ["g0", 0, "save", "plan"]],
  ["of a field that was not asked", ["g0", 0, "lokalis", "reporters"]],
  ["of a field by its name instead of its key", ["g0", 0, "lokalis", "carePlan"]],
  ["of what every object has", ["g0", 0, "lokalis", "constructor"]],
  ["of a field without a category", ["g0", 0, "lokalis", "__typename"]],
  ["of a subject's id", ["g0", 0, "id"]],
  ["of a part of a field", ["g0", 0, "lokalis", "plan", "summary"]],
  ["of a field by a number", ["g0", 0, "lokalis", 0]],
])("a refusal %s is an error like any other", (_what, path) => {
  expect(read([refused(path)])).toEqual({ refusals: [], others: 1 });
});

test("a refused field of a dossier that is not there is an error like any other", () => {
  expect(read([refused(["g0", 0, "lokalis", "plan"])], NOTHING)).toEqual({ refusals: [], others: 1 });
});

test("errors of other codes stay errors", () => {
  const path = ["g0", 0, "lokalis", "plan"];
  const errors = [{ path }, { path, extensions: { code: "INTERNAL" } }, refused(path)];
  expect(read(errors)).toMatchObject({ refusals: [{ categories: ["CARE_PLAN"] }], others: 2 });
});

test("something of a refused category is seen under every key", () => {
  const holds = (entity: Readonly<Record<string, unknown>> | null, category: Category): boolean =>
    holdsRefused(entity, dossiers, (one) => one === category);
  expect(holds(GIVEN, "SAFETY")).toBe(true);
  expect(holds(GIVEN, "CARE_PLAN")).toBe(true);
  expect(holds(GIVEN, "INVOLVEMENT")).toBe(false);
  expect(holds({ again: { notes__alias_0: [] } }, "CARE_PLAN")).toBe(true);
  expect(holds(NOTHING, "SAFETY")).toBe(false);
  expect(holds(null, "SAFETY")).toBe(false);
});
