// The index of rows says the truth about the rules, and the documentation says the same as the index.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readPolicyFiles } from "../../gateway/policy-files";
import { thePolicySet } from "../kit/policies";
import { readCases } from "./cases";
import { readRows } from "./rows";

const rows = readRows();
const rules = [...thePolicySet().rules.values()];

test("all 79 rows are in the index, each once and in order", () => {
  expect(rows.map((row) => row.row)).toEqual(Array.from({ length: 79 }, (_, index) => index + 1));
});

test("all 79 rows are served", () => {
  expect(rows.filter((row) => !row.served || row.rules.length === 0).map((row) => row.row)).toEqual([]);
});

test.each(rows)("row $row is served by the rules that name it, and by no others", (row) => {
  const naming = rules.filter((rule) => rule.rows.includes(row.row)).map((rule) => rule.id);
  expect([...row.rules].toSorted()).toEqual(naming.toSorted());
});

test.each(rules)("the rows of $id are those that the index gives it", (rule) => {
  const giving = rows.filter((row) => row.rules.includes(rule.id)).map((row) => row.row);
  expect([...rule.rows].toSorted((one, other) => one - other)).toEqual(giving);
});

test("the rules that serve a row are in the set", () => {
  const ids = rules.map((rule) => rule.id);
  expect(rows.flatMap((row) => row.rules).filter((rule) => !ids.includes(rule))).toEqual([]);
});

const page = readFileSync(join(__dirname, "../../docs/privacy-rules.md"), "utf8");
const codeOf = (language: string): string =>
  new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(page)?.[1]?.trim() ?? "none";

test("the rule that the documentation shows is the rule itself", () => {
  expect(readPolicyFiles().policies.some(({ text }) => text.includes(codeOf("cedar")))).toBe(true);
});

test("the case that the documentation shows is a case", () => {
  const shown = JSON.parse(codeOf("json")) as unknown;
  expect(readCases().map(({ content }) => content)).toContainEqual(shown);
});

test("every file of rules is in the documentation", () => {
  for (const { name } of readPolicyFiles().policies) expect(page).toContain(`\`${name}\``);
});

/** The numbers of a line such as `Served: 1-3, 7.` */
const listed = (heading: string): number[] => {
  const line = page.split("\n").find((one) => one.startsWith(heading)) ?? "";
  return line
    .slice(heading.length)
    .split(/[,.]/)
    .map((part) => part.trim())
    .filter(Boolean)
    .flatMap((part) => {
      const [first = NaN, last = first] = part.split("-").map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    });
};

test("the documentation lists the rows that are served", () => {
  expect(listed("Served:")).toEqual(rows.filter((row) => row.served).map((row) => row.row));
});

test("the documentation speaks of no rule that is not in the set", () => {
  const ids = new Set(rules.map((rule) => rule.id));
  const table = page.slice(page.indexOf("## Where the table left room"));
  const named = [...table.matchAll(/`([a-z0-9]+(?:-[a-z0-9]+)+)`/g)].map((match) => match[1] ?? "");
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !ids.has(name))).toEqual([]);
});
