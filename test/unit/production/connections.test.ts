// A connection counts as encrypted only when the driver itself would encrypt it and verify the server.

import { array, assert, constantFrom, property, tuple } from "fast-check";
import { Client } from "pg";
import { encryptedRedis, isEncryptedDatabase } from "../../../shared/production/connections";

const BASE = "postgresql://hub:word@db.example:5432/hub";

/** What the driver makes of a connection string; nothing is connected to. */
function asDriver(url: string): { readonly host: string; readonly ssl: unknown } {
  const { host, ssl } = new Client({ connectionString: url }) as unknown as { host: string; ssl: unknown };
  return { host, ssl };
}

test.each([
  [`${BASE}?sslmode=verify-full`, true],
  [`${BASE}?application_name=x&sslmode=verify-full`, true],
  ["postgresql://hub:word@localhost/hub?host=/run/postgresql", true],
  ["postgresql://hub:word@%2Frun%2Fpostgresql/hub", true],
  [BASE, false],
  [`${BASE}?sslmode=require`, false],
  [`${BASE}?sslmode=verify-ca`, false],
  [`${BASE}?sslmode=no-verify`, false],
  [`${BASE}?ssl=true`, false],
  [`${BASE}?sslmode=disable&sslmode=verify-full`, false],
  [`${BASE}?sslmode=verify-full&sslmode=disable`, false],
  ["postgresql://hub:word@127.0.0.1/hub", false],
  ["postgresql://hub:word@localhost/hub?host=/run/postgresql&host=db.example", false],
  ["mariadb://hub:word@db.example/zaken?sslmode=verify-full", true],
  ["mariadb://hub:word@db.example/zaken?host=/run/mysqld", false],
  ["sqlserver://hub:word@db.example/zaken", true],
  ["oracle://hub:word@db.example/zaken", false],
])("%s: %s", (url, encrypted) => {
  expect(isEncryptedDatabase(url)).toBe(encrypted);
});

test("whatever the parameters, what counts as encrypted is so for the driver", () => {
  const parameter = tuple(
    constantFrom("sslmode", "ssl", "host", "uselibpqcompat", "sslnegotiation", "application_name"),
    constantFrom(
      "verify-full",
      "disable",
      "no-verify",
      "prefer",
      "0",
      "1",
      "true",
      "false",
      "/run/postgresql",
      "x",
      "",
      "postgres",
    ),
  ).filter(([name, value]) => name !== "sslnegotiation" || value === "postgres");
  let encrypted = 0;
  assert(
    property(array(parameter, { maxLength: 5 }), (parameters) => {
      const url = `${BASE}?${new URLSearchParams(parameters).toString()}`;
      if (!isEncryptedDatabase(url)) return;
      encrypted += 1;
      const { host, ssl } = asDriver(url);
      if (host.startsWith("/")) return;
      expect(ssl).toEqual({});
    }),
    { numRuns: 2_000 },
  );
  expect(encrypted).toBeGreaterThan(20);
});

test.each([
  ["rediss://default:word@queue.example:6379", 0],
  ["redis://default:word@queue.example:6379", 1],
  ["rediss://default:word@queue.example:6379?rejectUnauthorized=false", 1],
  [undefined, 0],
])("the queue at %s has %s faults in production", (url, count) => {
  const faults = encryptedRedis({ NODE_ENV: "production", REDIS_URL: url });
  expect(faults).toHaveLength(count);
  expect(faults.join()).not.toContain("word@");
  expect(encryptedRedis({ NODE_ENV: "demo", REDIS_URL: url })).toEqual([]);
});
