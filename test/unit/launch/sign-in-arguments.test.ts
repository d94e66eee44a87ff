// What the commands of signing in and out understand, and what they say of anything else.

import {
  readSignInArguments,
  readSignOutArguments,
  SIGN_IN_USAGE,
} from "../../../shared/launch/sign-in/sign-in-arguments";
import { findPersona, PERSONAS } from "../../kit/personas";

const ORGANISATIONS = ["lokalis", "save"];
const read = (...args: string[]) =>
  readSignInArguments(args, { organisations: ORGANISATIONS, personas: PERSONAS });
const GUARDIAN = findPersona("save.guardian");

test.each([
  [["lokalis"], { kind: "browser", organisation: "lokalis", secondFactor: false }],
  [["lokalis", "--second-factor"], { kind: "browser", organisation: "lokalis", secondFactor: true }],
  [["--script", "save.guardian"], { kind: "script", persona: GUARDIAN }],
  [
    ["--script", "save.guardian", "--without-second-factor"],
    { kind: "script", persona: { ...GUARDIAN, secondFactor: false } },
  ],
  [["--renew"], { kind: "renew", organisation: undefined }],
  [["save", "--renew"], { kind: "renew", organisation: "save" }],
  [["--help"], { kind: "help" }],
])("reads %j", (args, command) => {
  expect(read(...args)).toEqual(command);
});

test.each([
  [[], /Name one of: lokalis, save/],
  [["nobody"], /Unknown organisation. Known are: lokalis, save/],
  [["lokalis", "save"], /Name one organisation/],
  [["--script", "nobody"], /Unknown persona. Known are: .*save.guardian/],
  [["--script", "save.guardian", "save"], /--script stands alone/],
  [["--script", "save.guardian", "--renew"], /do not go together/],
  [["save", "--renew", "--second-factor"], /do not go together/],
  [["save", "--without-second-factor"], /do not go together/],
  [["--nonsense"], /nonsense/],
])("refuses %j, and says what is accepted", (args, words) => {
  expect(() => read(...args)).toThrow(words);
  expect(() => read(...args)).toThrow(expect.objectContaining({ name: "ArgumentError" }) as Error);
});

test("signing out is of all, or of one organisation", () => {
  expect(readSignOutArguments([], ORGANISATIONS)).toEqual({ kind: "end", organisation: undefined });
  expect(readSignOutArguments(["save"], ORGANISATIONS)).toEqual({ kind: "end", organisation: "save" });
  expect(readSignOutArguments(["-h"], ORGANISATIONS)).toEqual({ kind: "help" });
  expect(() => readSignOutArguments(["nobody"], ORGANISATIONS)).toThrow("Unknown organisation");
});

test("the help names every option", () => {
  for (const option of ["--script", "--second-factor", "--without-second-factor", "--renew"]) {
    expect(SIGN_IN_USAGE).toContain(option);
  }
});
