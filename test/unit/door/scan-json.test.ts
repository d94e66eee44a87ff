import * as fc from "fast-check";
import { checkBody, parseBody } from "../../../gateway/door/read-body";
import { SchakelError } from "../../../shared/kernel/errors";
import { limitsWith } from "../../kit/plain-limits";

const limits = limitsWith({ jsonDepth: 6, jsonValues: 50, variables: 3, variableCharacters: 60 });

function read(text: string | Uint8Array): unknown {
  try {
    return checkBody(parseBody(typeof text === "string" ? Buffer.from(text) : text, limits), limits);
  } catch (error) {
    if (error instanceof SchakelError) return error.code;
    throw error;
  }
}

const lists = (depth: number): string => `{"a":${"[".repeat(depth)}${"]".repeat(depth)}}`;

test.each([
  ["nesting at the limit", lists(5), { a: [[[[[]]]]] }],
  ["nesting beyond it", lists(6), "INPUT_TOO_DEEP"],
  ["nesting without an end", "[".repeat(100_000), "INPUT_TOO_DEEP"],
  ["marks within a text", '{"query":"[[[[[[[[[[{{{{,,,,"}', { query: "[[[[[[[[[[{{{{,,,," }],
  ["marks behind a quote within a text", '{"query":"\\"[[[[[[[["}', { query: '"[[[[[[[[' }],
  ["many values", `{"a":[${"1,".repeat(60)}1]}`, "INPUT_TOO_LARGE"],
  ["many objects", `{"a":[${"{},".repeat(60)}{}]}`, "INPUT_TOO_LARGE"],
  ["three variables", '{"variables":{"a":1,"b":2,"c":3}}', { variables: { a: 1, b: 2, c: 3 } }],
  ["four variables", '{"variables":{"a":1,"b":2,"c":3,"d":4}}', "INPUT_TOO_LARGE"],
  ["a long variable", `{"variables":{"a":"${"x".repeat(60)}"}}`, "INPUT_TOO_LARGE"],
  ["a batch", '[{"query":"{me{worker}}"}]', "REQUEST_MALFORMED"],
  ["a name of the language", '{"variables":{"__proto__":{"a":1}}}', "QUERY_INVALID"],
  ["the same, written otherwise", '{"variables":{"a":[{"\\u005f_proto__":1}]}}', "QUERY_INVALID"],
  ["another name of the language", '{"variables":{"constructor":{"prototype":1}}}', "QUERY_INVALID"],
  ["a name of the language as a value", '{"variables":{"a":"__proto__"}}', { variables: { a: "__proto__" } }],
  ["what is no JSON", '{"query":', "REQUEST_MALFORMED"],
  ["nothing", "", "REQUEST_MALFORMED"],
  ["what is no UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), "REQUEST_MALFORMED"],
])("%s", (_what, text, expected) => {
  expect(read(text)).toEqual(expected);
});

test("JSON within the limits is read as it is, whatever stands in it", () => {
  const one = fc.dictionary(
    fc.stringMatching(/^[a-z]{1,4}$/),
    fc.oneof(fc.string({ maxLength: 8 }), fc.integer()),
    {
      maxKeys: 3,
    },
  );
  fc.assert(
    fc.property(one, (variables) => {
      fc.pre(JSON.stringify(variables).length <= 60);
      expect(read(JSON.stringify({ variables }))).toEqual({ variables });
    }),
  );
});
