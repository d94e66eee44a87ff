// What is written of an error: its kind and where it happened, never what it says.

import { describeError } from "../../../shared/kernel/logger";

const SECRET = "Jan Verzonnen";

test("neither the message nor what a driver hangs on an error is written", () => {
  const error = Object.assign(new Error(SECRET), { code: "23505", detail: SECRET, cause: new Error(SECRET) });
  const written = describeError(error);
  expect(written).toMatchObject({ name: "Error", code: "23505", cause: { name: "Error" } });
  expect(JSON.stringify(written)).not.toContain("Verzonnen");
  expect(written["stack"]).toMatch(/^\s+at /);
});

test("neither are the further lines of a message", () => {
  const error = new Error(`cannot be read:\n  ${SECRET}\n  at home with ${SECRET}`);
  const { stack } = describeError(error);
  expect(String(stack).split("\n")[0]).toContain("logger.test");
  expect(stack).not.toContain("cannot be read");
});

test.each([SECRET, { name: SECRET }, undefined])("of what is no error, only the kind", (thrown) => {
  expect(describeError(thrown)).toEqual({ kind: typeof thrown });
});
