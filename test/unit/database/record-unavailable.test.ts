// Which errors of the database are worth trying again.

import { isUnavailable, onRecord } from "../../../shared/database/record-unavailable";
import { SchakelError } from "../../../shared/kernel/errors";

const withCode = (code: string): Error => Object.assign(new Error("text of the driver"), { code });

test.each(["ECONNREFUSED", "ETIMEDOUT", "08006", "53300", "57P01", "58030"])("%s is unavailable", (code) => {
  expect(isUnavailable(withCode(code))).toBe(true);
});

test.each([
  "Connection terminated unexpectedly",
  "timeout exceeded when trying to connect",
  "Query read timeout",
])("'%s' is unavailable", (message) => {
  expect(isUnavailable(new Error(message))).toBe(true);
});

test.each(["23505", "42501", "22P02", "40001"])("%s is a refusal", (code) => {
  expect(isUnavailable(withCode(code))).toBe(false);
});

test("a mistake in the code is not taken for a database that is down", () => {
  expect(isUnavailable(new TypeError("x is not a function"))).toBe(false);
  expect(isUnavailable(undefined)).toBe(false);
});

test("onRecord gives one code with the cause, and passes everything else on", async () => {
  const cause = withCode("ECONNREFUSED");
  await expect(onRecord(() => Promise.reject(cause))).rejects.toMatchObject({
    code: "RECORD_UNAVAILABLE",
    cause,
  });
  const own = new SchakelError("CONSENT_NOT_FOUND");
  await expect(onRecord(() => Promise.reject(own))).rejects.toBe(own);
  await expect(onRecord(() => Promise.resolve(1))).resolves.toBe(1);
});
