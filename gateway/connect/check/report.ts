// The report of a conformance check: for people, and as JSON for programs.

import { CHECKS, type Finding, type Level } from "./finding";

const MARKS: Readonly<Record<Level, string>> = {
  PASSED: "passed",
  WARNING: "WARNING",
  FAILED: "FAILED",
  NOT_CHECKED: "not checked",
};

/** What was looked at. */
export interface Examined {
  readonly organisation: string;
  readonly url: string;
}

/** May the subgraph be connected: nothing failed, and nothing that needs records was left out? */
export const verdictOf = (findings: readonly Finding[]): "CONNECT" | "INCOMPLETE" | "MEND_FIRST" => {
  if (findings.some((one) => one.level === "FAILED")) return "MEND_FIRST";
  // A source without rules of its own has no veto to show, and one on this machine needs no TLS yet.
  const optional = new Set(["VETO", "TLS", "CLIENT_CERTIFICATE", "SCHEMA_CHANGES"]);
  return findings.some((one) => one.level === "NOT_CHECKED" && !optional.has(one.check))
    ? "INCOMPLETE"
    : "CONNECT";
};

const VERDICTS = {
  CONNECT: "This subgraph can be connected.",
  INCOMPLETE: "Nothing failed, but not everything was checked.",
  MEND_FIRST: "Mend what failed, and check again.",
} as const;

/**
 * The report as text: a line for each check, cause and remedy below what did not pass, and a verdict. What several checks in a
 * row have in common is told once, below the last of them.
 */
export function textOf({ organisation, url }: Examined, findings: readonly Finding[]): string {
  const width = Math.max(...Object.values(MARKS).map((mark) => mark.length)) + 2;
  const indent = " ".repeat(width);
  const lines = findings.flatMap(({ check, level, cause, remedy }, at) => {
    const next = findings[at + 1];
    const isTold = next?.level === level && next.cause === cause && next.remedy === remedy;
    return [
      `${MARKS[level].padEnd(width)}${check}: ${CHECKS[check]}`,
      ...(cause === null || isTold ? [] : [`${indent}Cause:  ${cause}`]),
      ...(remedy === null || isTold ? [] : [`${indent}Remedy: ${remedy}`]),
    ];
  });
  const count = (level: Level): number => findings.filter((one) => one.level === level).length;
  return [
    `${organisation} at ${url}`,
    "",
    ...lines,
    "",
    `${count("PASSED")} passed, ${count("FAILED")} failed, ${count("WARNING")} warnings, ${count("NOT_CHECKED")} not checked. ${VERDICTS[verdictOf(findings)]}`,
  ].join("\n");
}

/** The report as JSON: `verdict`, and `findings` with code, level, cause and remedy. */
export function jsonOf({ organisation, url }: Examined, findings: readonly Finding[]): string {
  return JSON.stringify({ organisation, url, verdict: verdictOf(findings), findings }, null, 2);
}
