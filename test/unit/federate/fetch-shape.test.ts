import * as fc from "fast-check";
import { Kind, parse, visit } from "graphql";
import {
  entitiesQuery,
  readFetch,
  reduceEntities,
  type EntityFetch,
} from "../../../gateway/federate/fetch-shape";
import type { Category } from "../../../shared/kernel/codes";
import { smallIndex } from "../../kit/small-supergraph";

const FETCH = `query ($representations: [_Any!]!, $first: Int, $all: Boolean!) {
  _entities(representations: $representations) {
    ... on Family {
      lokalis {
        __typename
        known: involvement
        carePlan { summary goals }
        ... on LokalisFamilyDossier @include(if: $all) { notes(first: $first) reporters }
        ... on FamilyDossier { safety }
      }
    }
  }
}`;

const CATEGORY_OF: Readonly<Record<string, Category>> = {
  involvement: "INVOLVEMENT",
  carePlan: "CARE_PLAN",
  notes: "CARE_PLAN",
  reporters: "REPORTER",
  safety: "SAFETY",
};
const ASKED: readonly Category[] = ["INVOLVEMENT", "CARE_PLAN", "REPORTER", "SAFETY"];
const index = smallIndex();

function shapeOf(query: string): EntityFetch {
  const shape = readFetch(parse(query), index);
  if (shape.kind !== "entities") throw new Error("Not a fetch of entities.");
  return shape;
}

/** Names of the fields and variables that occur in a query. */
function namesIn(query: string): { fields: string[]; used: string[]; declared: string[] } {
  const names = { fields: [] as string[], used: [] as string[], declared: [] as string[] };
  visit(parse(query), {
    Field: (node) => void names.fields.push(node.name.value),
    VariableDefinition: (node) => void names.declared.push(node.variable.name.value),
    Variable: (node, _key, parent) => {
      if (parent && !Array.isArray(parent) && "kind" in parent && parent.kind === Kind.VARIABLE_DEFINITION)
        return;
      names.used.push(node.name.value);
    },
  });
  return names;
}

describe("reducing a fetch to what is permitted", () => {
  test("reads the categories that a fetch asks, through aliases, fragments and interfaces", () => {
    expect([...(shapeOf(FETCH).categories.get("Family") ?? [])].toSorted()).toEqual([...ASKED].toSorted());
  });

  test("never keeps a field that is not permitted, and always keeps one that is", () => {
    fc.assert(
      fc.property(fc.subarray([...ASKED]), (permitted) => {
        const shape = shapeOf(FETCH);
        const selections = reduceEntities(shape, index, "Family", new Set(permitted));
        if (permitted.length === 0) {
          expect(selections).toEqual([]);
          return;
        }
        const { fields, used, declared } = namesIn(entitiesQuery([shape], [selections]));
        for (const [field, category] of Object.entries(CATEGORY_OF)) {
          expect([field, fields.includes(field)]).toEqual([field, permitted.includes(category)]);
        }
        expect(new Set(declared)).toEqual(new Set(used));
      }),
    );
  });

  test("asks nothing when only the existence of a dossier is asked and involvement is withheld", () => {
    const shape = shapeOf(
      "query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Family { lokalis { __typename } } } }",
    );
    expect([...(shape.categories.get("Family") ?? [])]).toEqual(["INVOLVEMENT"]);
    expect(reduceEntities(shape, index, "Family", new Set())).toEqual([]);
    expect(reduceEntities(shape, index, "Family", new Set(["INVOLVEMENT"]))).toHaveLength(1);
  });

  test("gives every group representations of its own", () => {
    const shape = shapeOf(FETCH);
    const groups = [["CARE_PLAN"], ["SAFETY"]] as const;
    const query = entitiesQuery(
      [shape],
      groups.map((permitted) => reduceEntities(shape, index, "Family", new Set<Category>(permitted))),
    );
    expect(query).toContain("g0: _entities(representations: $_schakel_r0)");
    expect(query).toContain("g1: _entities(representations: $_schakel_r1)");
  });

  test("refuses a fetch with a named fragment, which the rules would not see", () => {
    const query =
      "query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Family { ...F } } } fragment F on Family { id }";
    expect(() => readFetch(parse(query), index)).toThrow("more than one operation");
  });
});
