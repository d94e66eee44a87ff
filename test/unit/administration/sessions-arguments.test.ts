// What the sessions command takes, and what it does not.

import {
  ArgumentError,
  readSessionsArguments,
} from "../../../shared/administration/sessions/sessions-arguments";

const read = (...args: readonly string[]) => readSessionsArguments(args, ["lokalis", "save"]);

test("a worker by organisation and sub, and how long", () => {
  const worker = { issuer: "lokalis", subject: "lokalis.worker" };
  expect(read("end", "lokalis", "lokalis.worker")).toEqual({ kind: "end", ...worker, seconds: 0 });
  expect(read("end", "lokalis", "lokalis.worker", "--for", "8h", "--by", "hub.a")).toEqual({
    kind: "end",
    ...worker,
    seconds: 28_800,
    by: "hub.a",
  });
  expect(read("lift", "lokalis", "lokalis.worker")).toMatchObject({ kind: "lift" });
  expect(read("--help")).toEqual({ kind: "help" });
});

test.each([
  [[]],
  [["end", "lokalis"]],
  [["end", "lokalis", ""]],
  [["end", "lokalis", "a", "b"]],
  [["end", "nobody", "a"]],
  [["begin", "lokalis", "a"]],
  [["end", "lokalis", "a".repeat(256)]],
  [["lift", "lokalis", "a", "--for", "8h"]],
  [["end", "lokalis", "a", "--for", "8"]],
  [["end", "lokalis", "a", "--for", "0h"]],
  [["end", "lokalis", "a", "--for", "91d"]],
  [["end", "lokalis", "a", "--by", "Jan Jansen"]],
  [["status", "lokalis", "a", "--by", "hub.a"]],
])("%j is not understood", (args) => {
  expect(() => read(...args)).toThrow(ArgumentError);
});
