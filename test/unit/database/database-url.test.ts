// Connection strings are taken apart and put together without losing a character, and never repeated in errors.

import { parseDatabaseUrl, withAddress } from "../../../shared/database/database-url";

test("takes role, password and database out of a URL", () => {
  expect(parseDatabaseUrl("postgresql://a%40b:p%2Fw%3A@host:5433/hub?sslmode=require")).toEqual({
    role: "a@b",
    password: "p/w:",
    database: "hub",
  });
});

test("takes the role for the database when none is named, as PostgreSQL does", () => {
  expect(parseDatabaseUrl("postgres://schakel@host").database).toBe("schakel");
});

test("puts another role and database into a URL and keeps the rest", () => {
  const url = withAddress("postgresql://owner:secret@host:5433/hub?sslmode=require", {
    role: "röle's",
    password: "p/w:%@",
    database: "veilig_thuis",
  });
  expect(parseDatabaseUrl(url)).toEqual({ role: "röle's", password: "p/w:%@", database: "veilig_thuis" });
  expect(url).toMatch(/@host:5433\/veilig_thuis\?sslmode=require$/);
});

test.each(["", "secret", "mysql://root:secret@host/db", "http://secret"])(
  "refuses %j without repeating it",
  (url) => {
    expect(() => parseDatabaseUrl(url)).toThrow(/^Not a PostgreSQL URL/);
    expect(() => parseDatabaseUrl(url)).not.toThrow(/secret/);
  },
);
