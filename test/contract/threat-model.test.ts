// The threat model names tests that there are, every attack test, and every point of the lists that it goes by.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");
const text = readFileSync(join(ROOT, "docs/threat-model.md"), "utf8");
const named = [...new Set([...text.matchAll(/`(test\/[^`]+\.test\.ts)`/g)].map((match) => match[1] ?? ""))];

test("every test that is named exists", () => {
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

test("every attack test is named", () => {
  const attacks = readdirSync(join(ROOT, "test/e2e/attacks"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => `test/e2e/attacks/${file}`);
  expect(attacks.length).toBeGreaterThan(5);
  expect(attacks.filter((file) => !named.includes(file))).toEqual([]);
});

test("every row of a table of attacks or points says which test shows it", () => {
  const rows = text.split("\n").filter((line) => /^\| (?!-|who |risk |point )/.test(line));
  expect(rows.length).toBeGreaterThan(30);
  expect(rows.filter((row) => !/`test\/[^`]+\.test\.ts`/.test(row))).toEqual([]);
});

test.each(Array.from({ length: 10 }, (_, index) => `API${index + 1}`))("%s is answered", (risk) => {
  expect(text).toMatch(new RegExp(`^\\| ${risk} `, "m"));
});

test("whoever finds a hole is told where to say so, and led to what is known", () => {
  const security = readFileSync(join(ROOT, "SECURITY.md"), "utf8");
  expect(security).toContain("docs/threat-model.md");
  for (const part of ["## Reporting", "## Supported versions", "## In scope"])
    expect(security).toContain(part);
});
