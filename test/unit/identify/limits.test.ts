import { buildSchema, parse, specifiedRules, validate } from "graphql";
import { limitRule } from "../../../gateway/identify/limits";

const schema = buildSchema("type Query { self: Query  name: String }");
const limits = { depth: 5, tokens: 2_000, fields: 100 };

const codesOf = (query: string): unknown[] =>
  validate(schema, parse(query), [...specifiedRules, limitRule(limits)]).map(
    (error) => error.extensions["code"] ?? "GRAPHQL",
  );

const nested = (depth: number): string => `${"{ self ".repeat(depth - 1)}{ name }${" }".repeat(depth - 1)}`;

describe("limits on a query", () => {
  test("accept a query at the limit and refuse one that is deeper", () => {
    expect(codesOf(nested(5))).toEqual([]);
    expect(codesOf(nested(6))).toEqual(["QUERY_TOO_DEEP"]);
  });

  test("see depth that is hidden in fragments, also one that is used again deeper", () => {
    expect(codesOf("{ ...A self { self { ...A } } } fragment A on Query { self { self { name } } }")).toEqual(
      [],
    );
    expect(
      codesOf("{ ...A self { self { self { ...A } } } } fragment A on Query { self { self { name } } }"),
    ).toEqual(["QUERY_TOO_DEEP"]);
  });

  test("count fields that fragments multiply, without multiplying the work", () => {
    const fragments = Array.from(
      { length: 60 },
      (_, n) => `fragment F${n} on Query { ${n === 59 ? "name" : `...F${n + 1} ...F${n + 1}`} }`,
    );
    const rule = validate(schema, parse(`{ ...F0 } ${fragments.join(" ")}`), [limitRule(limits)]);
    expect(rule.map((error) => error.extensions["code"])).toEqual(["QUERY_TOO_LARGE"]);
  });

  test("do not loop on fragments that spread each other", () => {
    const query = "{ ...A } fragment A on Query { self { ...B } } fragment B on Query { self { ...A } }";
    expect(validate(schema, parse(query), [limitRule(limits)])).toEqual([]);
    expect(codesOf(query)).toContain("GRAPHQL");
  });
});
