// Ids of entries: UUIDs that grow with time.

import { newEntryId } from "../../../shared/access-log/entry-id";

test("is a UUID version 7 that begins with the moment", () => {
  expect(newEntryId(0x0123456789ab)).toMatch(/^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("sorts by moment, and never repeats", () => {
  const ids = [1_000, 2_000, 3_000_000_000_000].map((moment) => newEntryId(moment));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(Array.from({ length: 1_000 }, () => newEntryId(1))).size).toBe(1_000);
});
