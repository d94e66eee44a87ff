// The matrix as a file: Markdown to read, CSV to filter in a spreadsheet.

import { POSSIBLE_SENTENCES } from "../privacy/cover/possible";
import { FACT_VALUES } from "../privacy/facts";
import type { DecisionLine } from "./decision-lines";
import { countOf, type Matrix, type MatrixSection } from "./matrix";
import { number, someOf } from "./words";

/** The matrix as Markdown: a table of what stays closed, then a heading per function and purpose. */
export function matrixAsMarkdown(matrix: Matrix): string {
  const closed = matrix.sections.filter(({ blocks }) => blocks.length === 0);
  const open = matrix.sections.filter(({ blocks }) => blocks.length > 0);
  return [
    `# The privacy rules of ${matrix.version}: the complete matrix`,
    "",
    `Written by \`npm run rules -- matrix\`; it covers ${number(matrix.total)} combinations of facts, each in exactly`,
    `one line: ${number(countOf(matrix))} in the lines below, and ${number(matrix.impossible)} that no request can have`,
    "(see the end). Checked while writing: the lines add up to all of them.",
    "",
    "How to read it: of the lines that stand together, the first that fits counts. A line with PERMIT or HOLD says all",
    "that it needs; one with DENY builds on the lines before it. The facts are explained in docs/privacy-rules.md, the",
    "rules are found by their name in `gateway/privacy/policies/`.",
    "",
    "## Where nothing opens",
    "",
    ...table(
      ["who asks", "for", ...LINE],
      closed.flatMap((section) =>
        section.first.map((line) => [section.requester, purposes(section), ...cells(line)]),
      ),
    ),
    ...open.flatMap(sectionText),
    "## What no request can have",
    "",
    `${number(matrix.impossible)} combinations go against what the facts mean:`,
    "",
    ...POSSIBLE_SENTENCES.map((sentence) => `- ${sentence}`),
    "",
  ].join("\n");
}

/** The matrix as CSV with one row per line, in the same order; `*` stands for any. */
export function matrixAsCsv(matrix: Matrix): string {
  const rows = matrix.sections.flatMap((section) => {
    const asked = [section.requester, purposes(section)];
    return [
      ...section.first.map((line) => [
        ...asked,
        "*",
        section.blocks.length > 0 ? "all about people" : "*",
        ...cells(line),
      ]),
      ...section.blocks.flatMap(({ holders, categories, lines }) =>
        lines.map((line) => [...asked, holders.join(", "), information(categories), ...cells(line)]),
      ),
    ];
  });
  const none = ["*", "*", "*", "*", "", "no request can have these facts", "", "", number(matrix.impossible)];
  const header = ["who asks", "for", "holder", "information", ...LINE];
  return [header, ...rows, none].map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
}

const LINE = ["outcome", "when", "rule", "source", "combinations"];

const cells = ({ outcome, when, rule, citation, count }: DecisionLine): string[] => [
  outcome,
  when,
  rule,
  citation,
  number(count),
];

const purposes = (section: MatrixSection): string =>
  someOf(section.purposes, FACT_VALUES.purpose, "any purpose");
const information = (categories: readonly string[]): string => someOf(categories, FACT_VALUES.category);

function sectionText(section: MatrixSection): string[] {
  const first = section.first.map((line) => ["any", "all about people", ...cells(line)]);
  const rows = section.blocks.flatMap(({ holders, categories, lines }) =>
    lines.map((line, place) => [
      place === 0 ? holders.join(", ") : "",
      place === 0 ? information(categories) : "",
      ...cells(line),
    ]),
  );
  return [
    "",
    `## ${section.requester}, for ${purposes(section)}`,
    "",
    ...table(["holder", "information", ...LINE], [...first, ...rows]),
    "",
  ];
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [tableRow(header), tableRow(header.map(() => "---")), ...rows.map(tableRow), ""];
}

const csvCell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const tableRow = (row: readonly string[]): string =>
  `| ${row.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
