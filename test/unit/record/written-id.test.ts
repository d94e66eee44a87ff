// Only what looks like an id of the hub is written down of what was typed as one.

import { NOT_AN_ID, writtenId } from "../../../gateway/record/written-id";

describe("what is written down of a refused id", () => {
  test.each(["OVV-06", "OVV-06-1", "0ebc0000-0000-4000-8000-000000000001", "F1", "1", "12345678901"])(
    "%s as it is",
    (id) => {
      expect(writtenId(id)).toBe(id);
    },
  );

  test.each([
    ["nothing", ""],
    ["a BSN", "999918473"],
    ["a BSN of eight digits", "99918473"],
    ["a BSN with points", "9999.18.473"],
    ["a BSN with dashes", "9999-18-473"],
    ["a date of birth", "1990-12-01"],
    ["a first name", "Voornaam"],
    ["a full name", "Voornaam Achternaam"],
    ["a name with a dash", "Achternaam-Achternaam"],
    ["an address", "Straat 14"],
    ["something too long", "A1".repeat(51)],
  ])("not %s", (_what, id) => {
    expect(writtenId(id)).toBe(NOT_AN_ID);
  });
});
