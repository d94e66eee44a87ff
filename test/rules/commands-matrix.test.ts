// The matrix covers every combination of facts in exactly one line, and says what the rules say.

import { readPolicyFiles } from "../../gateway/policy-files";
import { count } from "../../gateway/privacy/cover/count";
import { possible } from "../../gateway/privacy/cover/possible";
import { countOf, createMatrix, isAboutPeople } from "../../gateway/rules/matrix";
import { matrixAsCsv, matrixAsMarkdown } from "../../gateway/rules/matrix-text";
import { coverOf } from "../kit/planted-rules";

const cover = coverOf(readPolicyFiles());
const matrix = createMatrix(cover);
const open = matrix.sections.filter(({ blocks }) => blocks.length > 0);
const lines = matrix.sections.flatMap(({ first, blocks }) => [
  ...first,
  ...blocks.flatMap((one) => one.lines),
]);

test("the lines and what no request can have add up to all combinations", () => {
  expect(countOf(matrix) + matrix.impossible).toBe(cover.space.size);
  expect(lines.every((line) => line.count > 0n)).toBe(true);
});

test("each outcome and rule has as many combinations in the matrix as in the rules", () => {
  const { diagrams } = cover.space;
  const real = possible(cover.space);
  for (const verdict of cover.verdicts) {
    const { outcome, rule } = verdict;
    const inRules = count(
      diagrams,
      diagrams.and(
        real,
        cover.whereVerdict((one) => one === verdict),
      ),
    );
    const inMatrix = lines
      .filter((line) => line.outcome === outcome && line.rule === rule.id)
      .reduce((sum, line) => sum + line.count, 0n);
    expect({ rule: rule.id, count: inMatrix }).toEqual({ rule: rule.id, count: inRules });
  }
});

test("every function, purpose and kind of employer has a place, and something opens in every section that has blocks", () => {
  for (const { blocks } of open) {
    expect(blocks.flatMap((one) => one.lines).some(({ outcome }) => outcome !== "DENY")).toBe(true);
  }
  const all = matrix.sections.map(({ requester }) => requester).join("; ");
  for (const name of ["WORKER", "GUARDIAN", "DUO_MEMBER", "PARENT", "PROCESS_LEAD"])
    expect(all).toContain(name);
});

test("within a section each holder and kind of information stands once", () => {
  for (const { requester, purposes, blocks } of open) {
    const cells = blocks.flatMap(({ holders, categories }) =>
      holders.flatMap((holder) => categories.map((category) => `${holder}: ${category}`)),
    );
    expect({ requester, purposes, twice: cells.length - new Set(cells).size }).toEqual({
      requester,
      purposes,
      twice: 0,
    });
  }
});

test("what opens says its conditions by itself, what closes as the last line says otherwise", () => {
  for (const block of open.flatMap(({ blocks }) => blocks).filter(isAboutPeople)) {
    for (const [place, { outcome, when }] of block.lines.entries()) {
      if (outcome !== "DENY") expect(when).not.toBe("otherwise");
      if (when === "otherwise") expect(place).toBe(block.lines.length - 1);
    }
  }
});

test("one known line: a guardian, the local team and the plan", () => {
  const section = open.find(
    ({ requester, purposes }) =>
      requester === "GUARDIAN at CERTIFIED_AGENCY" && purposes.includes("MEASURE_EXECUTION"),
  );
  const block = section?.blocks.find(
    ({ holders, categories }) => holders.includes("other LOCAL_TEAM") && categories.includes("CARE_PLAN"),
  );
  const opening = block?.lines.find(({ rule }) => rule === "measure-local-team");
  expect(opening).toMatchObject({ outcome: "PERMIT", citation: "Jeugdwet 7.3.11(4)" });
  expect(opening?.when).toContain("measure by requester is ");
  expect(opening?.when).toContain("SUBJECT");
});

describe("as a file", () => {
  const markdown = matrixAsMarkdown(matrix);
  const csv = matrixAsCsv(matrix);

  test("Markdown says on top how many combinations it covers, and has a row per line", () => {
    expect(markdown.slice(0, 400)).toContain(cover.space.size.toLocaleString("en"));
    const rows = markdown.split("\n").filter((line) => /\| (PERMIT|HOLD|DENY) \|/.test(line));
    expect(rows).toHaveLength(lines.length);
  });

  test("CSV has a row per line, with the same number of cells in each", () => {
    const rows = csv.trimEnd().split("\r\n");
    // A header, and one row for what no request can have.
    expect(rows).toHaveLength(lines.length + 2);
    const cells = rows.map(
      (row) =>
        row.match(/("([^"]|"")*"|[^,]*)(,|$)/g)?.filter((one, place) => one !== "" || place === 0).length,
    );
    expect(new Set(cells).size).toBe(1);
  });
});
