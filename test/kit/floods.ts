// Requests that are meant to hurt, each with what it tries and what it must get.

/** One request of an attack. */
export interface Hostile {
  /** What it tries. */
  readonly tries: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: () => string;
  readonly status: number;
  readonly code: string;
  /** The limit that it went beyond, as the error names it. */
  readonly of?: string;
}

const many = (count: number, one: (n: number) => string, between = " "): string =>
  Array.from({ length: count }, (_, n) => one(n)).join(between);
const family = (selection: string): string => `{ family(id: "OVV-06") { id ${selection} } }`;
const query = (text: string, variables?: unknown): string => JSON.stringify({ query: text, variables });
const asks = (tries: string, text: () => string, code: string, of?: string): Hostile => ({
  tries,
  body: () => query(text()),
  status: code === "REQUEST_TOO_LARGE" ? 413 : 400,
  code,
  ...(of === undefined ? {} : { of }),
});
const sends = (tries: string, body: () => string, code: string, of?: string): Hostile => ({
  ...asks(tries, () => "", code, of),
  body,
});

const chain = (length: number, inside: (next: string) => string): string =>
  `${family("...F0")} ${many(length, (n) => `fragment F${n} on Family { ${inside(`...F${n + 1}`)} }`)} fragment F${length} on Family { id }`;
const dossiers =
  "lokalis { __typename } veiligThuis { __typename } save { __typename } rvdk { __typename } wss { __typename }";

/** Floods of one request: of names, directives, fragments, nesting, values. */
export const FLOODS: readonly Hostile[] = [
  asks(
    "40,000 names for the type",
    () => family(many(40_000, (n) => `a${n}: __typename`)),
    "REQUEST_TOO_LARGE",
    "bodyBytes",
  ),
  asks(
    "4,000 names for the type, in a body that is read",
    () => family(many(4_000, (n) => `a${n}: __typename`)),
    "QUERY_TOO_LARGE",
    "characters",
  ),
  asks(
    "600 names for the type, within the tokens",
    () => family(many(600, (n) => `a${n}: __typename`)),
    "QUERY_TOO_LARGE",
    "aliases",
  ),
  asks("the type 10,000 times", () => family("__typename ".repeat(10_000)), "QUERY_TOO_LARGE", "characters"),
  asks("the type 2,500 times", () => family("__typename ".repeat(2_500)), "QUERY_TOO_LARGE", "tokens"),
  asks("the type 1,900 times", () => family("__typename ".repeat(1_900)), "QUERY_TOO_LARGE", "repeats"),
  asks(
    "600 names for one field",
    () => family(many(600, (n) => `a${n}: status`)),
    "QUERY_TOO_LARGE",
    "aliases",
  ),
  asks(
    "90 families at once",
    () => `{ ${many(90, (n) => `f${n}: family(id: "OVV-06") { id }`)} }`,
    "QUERY_TOO_LARGE",
    "rootFields",
  ),
  asks(
    "20 families from everywhere at once",
    () => `{ ${many(20, (n) => `f${n}: family(id: "OVV-06") { id ${dossiers} }`)} }`,
    "QUERY_TOO_COSTLY",
    "calls",
  ),
  asks(
    "an unknown directive 900 times",
    () => family(`status ${"@a ".repeat(900)}`),
    "QUERY_TOO_LARGE",
    "directives",
  ),
  asks(
    "a known directive 150 times",
    () => family(`status ${"@skip(if: false) ".repeat(150)}`),
    "QUERY_TOO_LARGE",
    "directives",
  ),
  asks(
    "200 fragments",
    () => `${family("...F0")} ${many(200, (n) => `fragment F${n} on Family { id }`)}`,
    "QUERY_TOO_LARGE",
    "fragments",
  ),
  asks(
    "21 nested fragments, each spread twice",
    () => chain(21, (next) => `${next} ${next}`),
    "QUERY_TOO_LARGE",
    "fields",
  ),
  asks(
    "13 nested fragments over a circle of types",
    () => chain(13, (next) => `members { family { ${next} } }`),
    "QUERY_TOO_DEEP",
    "depth",
  ),
  asks(
    "6 nested fragments over a circle of types",
    () => chain(6, (next) => `members { family { id ${next} } }`),
    "QUERY_TOO_COSTLY",
    "cost",
  ),
  asks(
    "6 nested fragments over a circle of types, each spread twice",
    () => chain(6, (next) => `a: members { family { ${next} } } b: members { family { ${next} } }`),
    "QUERY_TOO_LARGE",
    "aliases",
  ),
  asks("a fragment that spreads itself", () => "{ ...A } fragment A on Query { ...A }", "QUERY_INVALID"),
  asks(
    "two fragments that spread each other",
    () => "{ ...A } fragment A on Query { me { worker } ...B } fragment B on Query { ...A }",
    "QUERY_INVALID",
  ),
  asks(
    "nesting of 30",
    () => family(`${"members { family { ".repeat(14)}id${" } }".repeat(14)}`),
    "QUERY_TOO_DEEP",
    "depth",
  ),
  asks(
    "nesting of 600, in one field",
    () => `${"{ a ".repeat(600)}${"}".repeat(600)}`,
    "QUERY_TOO_DEEP",
    "depth",
  ),
  asks(
    "a list within lists within lists",
    () =>
      `{ caseload(first: 100) { edges { node { id members { family { referrals(first: 100) { edges { node { id } } } meetings(first: 100) { edges { node { id } } } } } } } } }`,
    "QUERY_TOO_COSTLY",
    "cost",
  ),
  asks(
    "a text of ten million characters",
    () => `{ me { worker } } #${"x".repeat(10_000_000)}`,
    "REQUEST_TOO_LARGE",
    "bodyBytes",
  ),
  asks(
    "two million characters of white space",
    () => `{ me${" ".repeat(2_000_000)}{ worker } }`,
    "REQUEST_TOO_LARGE",
    "bodyBytes",
  ),
  asks(
    "100,000 characters of white space",
    () => `{ me${" ".repeat(100_000)}{ worker } }`,
    "QUERY_TOO_LARGE",
    "characters",
  ),
  asks("100,000 fields", () => family(many(100_000, (n) => `f${n}`)), "REQUEST_TOO_LARGE", "bodyBytes"),
  asks("1,900 fields that are not there", () => family(many(1_900, (n) => `f${n}`)), "QUERY_INVALID"),
  asks(
    "a list of 1,900 values in the text",
    () => `{ caseload(first: [${"1 ".repeat(1_900)}]) { totalCount } }`,
    "QUERY_INVALID",
  ),
  sends(
    "a list of 100,000 values",
    () => query("query ($a: ID!) { family(id: $a) { id } }", { a: Array(100_000).fill(1) }),
    "REQUEST_TOO_LARGE",
    "bodyBytes",
  ),
  sends(
    "a list of 50,000 values, in a body that is read",
    () => query("query ($a: ID!) { family(id: $a) { id } }", { a: Array(50_000).fill(1) }),
    "INPUT_TOO_LARGE",
    "jsonValues",
  ),
  sends(
    "a variable that nests 400,000 deep",
    () => `{"query":"{ me { worker } }","variables":{"a":${"[".repeat(400_000)}${"]".repeat(400_000)}}}`,
    "REQUEST_TOO_LARGE",
    "bodyBytes",
  ),
  sends(
    "a variable that nests 60,000 deep, in a body that is read",
    () => `{"query":"{ me { worker } }","variables":{"a":${"[".repeat(60_000)}${"]".repeat(60_000)}}}`,
    "INPUT_TOO_DEEP",
    "jsonDepth",
  ),
  sends("an object that nests without an end", () => '{"a":'.repeat(20_000), "INPUT_TOO_DEEP", "jsonDepth"),
  sends(
    "50,000 variables that are not used",
    () =>
      query("{ me { worker } }", Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`v${n}`, n]))),
    "REQUEST_TOO_LARGE",
    "bodyBytes",
  ),
  sends(
    "4,000 variables that are not used, in a body that is read",
    () =>
      query("{ me { worker } }", Object.fromEntries(Array.from({ length: 4_000 }, (_, n) => [`v${n}`, n]))),
    "INPUT_TOO_LARGE",
    "variables",
  ),
  sends(
    "a variable of 100,000 characters",
    () => query("query ($a: ID!) { family(id: $a) { id } }", { a: "x".repeat(100_000) }),
    "INPUT_TOO_LARGE",
    "variableCharacters",
  ),
  sends(
    "a batch of 50 questions",
    () => `[${many(50, () => query("{ me { worker } }"), ",")}]`,
    "REQUEST_MALFORMED",
  ),
  asks("an alias that every object has", () => family("__proto__: status"), "QUERY_INVALID"),
  asks(
    "a variable that every object has",
    () => "query ($constructor: ID!) { family(id: $constructor) { id } }",
    "QUERY_INVALID",
  ),
  sends(
    "a value under the name of the prototype",
    () => '{"query":"{ me { worker } }","variables":{"__proto__":{"admin":true}}}',
    "QUERY_INVALID",
  ),
  sends(
    "the same, as the whole request",
    () => '{"query":"{ me { worker } }","__proto__":{"admin":true}}',
    "QUERY_INVALID",
  ),
];
