// The token command understands a persona and a lifetime, and explains everything else.

import { findPersona, PERSONAS } from "../../kit/personas";
import {
  ArgumentError,
  readTokenArguments as readArguments,
} from "../../../shared/launch/token/token-arguments";

const read = (args: readonly string[]) => readArguments(args, PERSONAS);

test("takes every persona of the demo, for a working day", () => {
  for (const persona of PERSONAS) {
    expect(read([persona.code])).toEqual({ kind: "mint", persona, lifetimeSeconds: 28_800 });
  }
});

test.each([
  ["1s", 1],
  ["30m", 1_800],
  ["24h", 86_400],
  ["-10s", -10],
])("takes a lifetime of %s", (text, seconds) => {
  expect(read(["lokalis.worker", `--expires-in=${text}`])).toMatchObject({
    lifetimeSeconds: seconds,
  });
});

test.each(["lokalis.privacy-officer", "lokalis.worker", "family.parent"])(
  "takes the second factor of %s away, and nothing else",
  (code) => {
    const usual = read([code]);
    expect(usual).toMatchObject({ kind: "mint", persona: { secondFactor: true } });
    const without = read([code, "--without-second-factor"]);
    expect(without).toEqual({ ...usual, persona: { ...findPersona(code), secondFactor: false } });
  },
);

test.each(["0s", "25h", "8", "h", "1d", "1.5h", "99999999s", ""])("refuses a lifetime of %p", (text) => {
  expect(() => read(["lokalis.worker", `--expires-in=${text}`])).toThrow(ArgumentError);
});

test("names the known personas when one is unknown", () => {
  expect(() => read(["lokalis.nobody"])).toThrow(/Unknown persona.*lokalis\.worker/);
});

test.each([
  [[]],
  [["lokalis.worker", "save.guardian"]],
  [["--nonsense"]],
  [["lokalis.worker", "--expires-in"]],
])("explains its use after %j", (args) => {
  expect(() => read(args)).toThrow(/Usage:/);
});

test("lists and helps when asked, whatever else is said", () => {
  expect(read(["--list"])).toEqual({ kind: "list" });
  expect(read(["--help", "--list"])).toEqual({ kind: "help" });
});
