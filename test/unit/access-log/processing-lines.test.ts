// The lines of Logboek Dataverwerkingen: one per data subject and source, below one for the request.

import type { NewAccessLogEntry } from "../../../shared/access-log/access-log-entry";
import { PROCESSING_ACTIVITIES, activityId } from "../../../shared/access-log/processing-activities";
import { processingLinesOf, type ProcessingLine } from "../../../shared/access-log/processing-lines";
import { anEntry } from "../../kit/access-log-entries";

const NOW = 1_800_000_000_000;
const MEMBERS = new Map([["OVV-06", ["OVV-06-1", "OVV-06-2"]]]);

const family = (source: string, parts: Partial<NewAccessLogEntry> = {}) => anEntry({ source, ...parts });
const person = (id: string, source: string, parts: Partial<NewAccessLogEntry> = {}) =>
  anEntry({ subjectType: "PERSON", subjectId: id, source, ...parts });
const told = (lines: readonly ProcessingLine[][]): string[][] =>
  lines.map((own) => own.map(({ subject, kind }) => `${subject?.id ?? "request"} at ${kind.resource}`));

test("a family's entry gives a line for each of its members, after the one of the request", () => {
  const lines = processingLinesOf([family("save"), family("wss")], { members: MEMBERS }, NOW);
  expect(told(lines)).toEqual([
    ["request at gateway", "OVV-06-1 at save", "OVV-06-2 at save"],
    ["OVV-06-1 at wss", "OVV-06-2 at wss"],
  ]);
});

test("a member with an entry of its own at the same source has no second line", () => {
  const entries = [family("save"), person("OVV-06-1", "save"), person("OVV-06-2", "wss")];
  expect(told(processingLinesOf(entries, { members: MEMBERS }, NOW))).toEqual([
    ["request at gateway", "OVV-06-2 at save"],
    ["OVV-06-1 at save"],
    ["OVV-06-2 at wss"],
  ]);
});

test("an act of another kind at the same source is a processing of its own", () => {
  const entries = [family("families", { act: "UPDATE" }), person("OVV-06-1", "families")];
  expect(told(processingLinesOf(entries, { members: MEMBERS }, NOW))[0]).toEqual([
    "request at gateway",
    "OVV-06-1 at families",
    "OVV-06-2 at families",
  ]);
});

test("the family stands for members that are not known; nobody gives no line", () => {
  const nobody = anEntry({ subjectType: "NONE", subjectId: null, familyId: null });
  expect(told(processingLinesOf([family("save"), nobody], {}, NOW))).toEqual([
    ["request at gateway", "OVV-06 at save"],
    [],
  ]);
});

test("every line has a span of its own, below the request's, and the request's below the caller's", () => {
  const context = { members: MEMBERS, callerSpanId: "00f067aa0ba902b7", startedAt: NOW - 40 };
  const [[root, ...children] = [], others = []] = processingLinesOf(
    [family("save"), family("wss")],
    context,
    NOW,
  );
  const below = [...children, ...others];
  expect(root?.kind.parentSpanId).toBe("00f067aa0ba902b7");
  expect(below.map(({ kind }) => kind.parentSpanId)).toEqual(below.map(() => root?.spanId));
  expect(new Set([root, ...below].map((line) => line?.spanId)).size).toBe(1 + below.length);
  for (const line of below) {
    expect(line.spanId).toMatch(/^[0-9a-f]{16}$/);
    expect([line.kind.startTime, line.kind.endTime]).toEqual([NOW - 40, NOW]);
  }
});

test("a clock that was set back makes no processing end before it began", () => {
  const [[root] = []] = processingLinesOf([family("save")], { startedAt: NOW + 5 }, NOW);
  expect([root?.kind.startTime, root?.kind.endTime]).toEqual([NOW, NOW]);
});

test.each([
  ["DELIVERED", 1],
  ["PARTIAL", 1],
  ["WITHHELD", 0],
  ["REFUSED", 0],
  ["UNAVAILABLE", 2],
  ["FAILED", 2],
] as const)("%s has status %d", (outcome, status) => {
  const [lines = []] = processingLinesOf([person("OVV-06-1", "save", { outcome })], {}, NOW);
  expect(lines.map(({ kind }) => kind.statusCode)).toEqual([status, status]);
});

test.each([
  [{ purpose: "CARE" }, "schakel:processing/care/1"],
  [{ purpose: "ACUTE_SAFETY" }, "schakel:processing/acute-safety/1"],
  [{ purpose: "CARE", act: "CREATE" }, "schakel:processing/keep-register/1"],
  [{ purpose: "OVERSIGHT", act: "OVERSIGHT" }, "schakel:processing/oversight/1"],
  [{ purpose: null }, "schakel:processing/answer-request/1"],
] as const)("%j is part of %s", (parts, expected) => {
  const [lines = []] = processingLinesOf([person("OVV-06-1", "save", parts)], {}, NOW);
  expect(lines.map((line) => line.kind.activityId)).toEqual([expected, expected]);
  expect(PROCESSING_ACTIVITIES.map(activityId)).toContain(expected);
});

test("no line says who asked", () => {
  const entries = [family("save", { worker: anEntry().worker }), person("OVV-06-1", "save")];
  const text = JSON.stringify(processingLinesOf(entries, { members: MEMBERS }, NOW));
  expect(text).not.toContain(String(anEntry().worker));
  expect(text).not.toContain("WORKER");
});
