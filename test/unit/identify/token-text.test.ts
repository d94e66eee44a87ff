// What is no token, is too large, or says something twice ends before anything is verified, at little cost.

import { MOST_TOKEN_CHARACTERS, readTokenText } from "../../../gateway/identify/token-text";

const part = (value: object | string): string =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

const CLAIMS = { iss: "https://login.lokalis.example", sub: "lokalis.worker", function: "WORKER" };

/** What is wrong with the form of a token; undefined for nothing. */
function faultOf(token: string): unknown {
  try {
    readTokenText(token);
    return undefined;
  } catch (error) {
    const { code, details } = error as { code: string; details: Readonly<Record<string, unknown>> };
    return [code, details["reason"]];
  }
}

const signature = part("x");
const good = () => part({ alg: "ES256", typ: "at+jwt", kid: "first" });

test.each<[string, () => string, string]>([
  ["what is no token", () => "nothing", "form"],
  ["a token of five parts", () => `a.b.c.d.e`, "form"],
  ["an empty part", () => `.${part(CLAIMS)}.${signature}`, "form"],
  ["a header that is no object", () => `${part("[1]")}.${part(CLAIMS)}.${signature}`, "form"],
  ["a payload that is no JSON", () => `${good()}.${part("{")}.${signature}`, "form"],
  ["a long one", () => `${good()}.${"a".repeat(MOST_TOKEN_CHARACTERS)}.${signature}`, "size"],
  [
    "a claim that stands there twice",
    () => `${good()}.${part('{"iss":"a","function":"WORKER","function":"OPERATOR"}')}.${signature}`,
    "duplicate",
  ],
  [
    "one that stands there twice in other letters",
    () => `${good()}.${part('{"iss":"a", "\\u0069ss" :"b"}')}.${signature}`,
    "duplicate",
  ],
  [
    "one that stands there twice further in",
    () => `${good()}.${part('{"iss":"a","x":[{"y":1,"y":2}]}')}.${signature}`,
    "duplicate",
  ],
  [
    "a header that names two algorithms",
    () => `${part('{"alg":"none","alg":"ES256","typ":"at+jwt"}')}.${part(CLAIMS)}.${signature}`,
    "duplicate",
  ],
])("refuses %s", (_what, token, reason) => {
  expect(faultOf(token())).toEqual(["TOKEN_INVALID", reason]);
});

test("refuses nothing that only looks like a claim that stands there twice", () => {
  const claims = { ...CLAIMS, note: '"a":"a":', list: ["x", "x"], deep: { sub: "y", iss: "z" } };
  expect(faultOf(`${good()}.${part(claims)}.${signature}`)).toBeUndefined();
});

test("reads nested brackets without end within its size, and nothing falls over", () => {
  const depth = 2_900;
  const nested = `{"a":${"[".repeat(depth)}${"]".repeat(depth)}}`;
  expect(faultOf(`${good()}.${part(nested)}.${signature}`)).toBeUndefined();
});
