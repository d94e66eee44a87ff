import * as fc from "fast-check";
import { createDocumentJudge } from "../../../gateway/door/judge-document";
import { SchakelError } from "../../../shared/kernel/errors";
import { limitsWith } from "../../kit/plain-limits";

const limits = limitsWith({
  depth: 5,
  fields: 100,
  selections: 150,
  aliases: 4,
  repeats: 6,
  directives: 3,
  rootFields: 5,
  fragments: 70,
  operations: 2,
  characters: 20_000,
});

/** The refusal of a text; undefined when it is accepted. */
function refusalOf(text: string): SchakelError | undefined {
  try {
    createDocumentJudge(limits)(text);
    return undefined;
  } catch (error) {
    if (error instanceof SchakelError) return error;
    throw error;
  }
}

const said = (text: string): unknown => {
  const refusal = refusalOf(text);
  return refusal && [refusal.code, refusal.details["of"], refusal.details["limit"]];
};

const nested = (depth: number): string => `${"{ self ".repeat(depth - 1)}{ name }${" }".repeat(depth - 1)}`;
const many = (count: number, one: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => one(n)).join(" ");

describe("a text is accepted up to a limit and refused beyond it, with the number", () => {
  test.each([
    ["nesting", nested(5), nested(6), "QUERY_TOO_DEEP", "depth", 5],
    [
      "names",
      `{ self { ${many(4, (n) => `a${n}: name`)} } }`,
      `{ self { ${many(5, (n) => `a${n}: name`)} } }`,
      "QUERY_TOO_LARGE",
      "aliases",
      4,
    ],
    [
      "names of the type",
      `{ self { ${many(4, (n) => `a${n}: __typename`)} } }`,
      `{ self { ${many(5, (n) => `a${n}: __typename`)} } }`,
      "QUERY_TOO_LARGE",
      "aliases",
      4,
    ],
    [
      "repeats of the type",
      `{ self { ${"__typename ".repeat(7)} } }`,
      `{ self { ${"__typename ".repeat(8)} } }`,
      "QUERY_TOO_LARGE",
      "repeats",
      6,
    ],
    [
      "repeats, spread over fragments",
      `{ self { ...F ...F ... on Query { name } } } fragment F on Query { name name name }`,
      `{ self { ...F ...F ... on Query { name name } } } fragment F on Query { name name name }`,
      "QUERY_TOO_LARGE",
      "repeats",
      6,
    ],
    [
      "repeats, one within the other",
      `{ a { name name } b { name name c { name name name ... on Query { name name } } } }`,
      `{ a { name name } b { name name c { name name name ... on Query { name name name } } } }`,
      "QUERY_TOO_LARGE",
      "repeats",
      6,
    ],
    [
      "directives, also unknown ones",
      "{ self { name @a @b @c } }",
      "{ self { name @a @b @c @d } }",
      "QUERY_TOO_LARGE",
      "directives",
      3,
    ],
    [
      "directives of the operation and its variables",
      "query ($a: Int @a) @b @c { name }",
      "query ($a: Int @a) @b @c @d { name }",
      "QUERY_TOO_LARGE",
      "directives",
      3,
    ],
    [
      "questions, also in fragments",
      "{ a b ...F } fragment F on Query { c d e }",
      "{ a b ...F } fragment F on Query { c d e ... on Query { f } }",
      "QUERY_TOO_LARGE",
      "rootFields",
      5,
    ],
    [
      "fields",
      `{ self { ${many(99, (n) => `f${n}`)} } }`,
      `{ self { ${many(100, (n) => `f${n}`)} } }`,
      "QUERY_TOO_LARGE",
      "fields",
      100,
    ],
    [
      "fragments",
      `{ name } ${many(70, (n) => `fragment F${n} on Query { name }`)}`,
      `{ name } ${many(71, (n) => `fragment F${n} on Query { name }`)}`,
      "QUERY_TOO_LARGE",
      "fragments",
      70,
    ],
    [
      "operations",
      "query A { name } query B { name }",
      "query A { name } query B { name } query C { name }",
      "QUERY_TOO_LARGE",
      "operations",
      2,
    ],
    [
      "characters",
      `{ name }${" ".repeat(20_000 - 8)}`,
      `{ name }${" ".repeat(20_001 - 8)}`,
      "QUERY_TOO_LARGE",
      "characters",
      20_000,
    ],
    ["tokens", "{ name }", `{ self { ${"name,".repeat(2_000)} } }`, "QUERY_TOO_LARGE", "tokens", 2_000],
  ])("%s", (_what, accepted, refused, code, of, limit) => {
    expect(said(accepted)).toBeUndefined();
    expect(said(refused)).toEqual([code, of, limit]);
  });
});

test("depth that is hidden in fragments is seen, also of one that is used again deeper", () => {
  const fragment = "fragment A on Query { self { self { name } } }";
  expect(said(`{ ...A self { self { ...A } } } ${fragment}`)).toBeUndefined();
  expect(said(`{ ...A self { self { self { ...A } } } } ${fragment}`)).toEqual([
    "QUERY_TOO_DEEP",
    "depth",
    5,
  ]);
});

test("what fragments multiply is counted without multiplying the work", () => {
  const doubling = many(
    60,
    (n) => `fragment F${n} on Query { ${n === 59 ? "name" : `...F${n + 1} ...F${n + 1}`} }`,
  );
  expect(said(`{ ...F0 } ${doubling}`)).toEqual(["QUERY_TOO_LARGE", "fields", 100]);
});

test.each([
  ["itself", "{ ...A } fragment A on Query { ...A }"],
  [
    "itself over another",
    "{ ...A } fragment A on Query { self { ...B } } fragment B on Query { self { ...A } }",
  ],
  ["itself, and is not used", "{ name } fragment A on Query { self { ...A } }"],
])("a fragment that spreads %s is refused", (_what, text) => {
  expect(refusalOf(text)?.code).toBe("QUERY_INVALID");
});

test("a text is new once", () => {
  const judge = createDocumentJudge(limits);
  expect(judge("{ name }")).toEqual({ isKnown: false });
  expect(judge("{ name }")).toEqual({ isKnown: true });
  expect(judge("{ name  }")).toEqual({ isKnown: false });
});

test("whatever is sent, judging it throws nothing but a code", () => {
  const word = fc.constantFrom(
    "{",
    "}",
    "...F",
    "...G",
    "fragment F on Query",
    "fragment G on Q",
    "name",
    "a:",
    "@x",
    "(",
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), (words) => {
      refusalOf(words.join(" "));
    }),
  );
});
