// The figures of this benchmark in words and tables.

import { inFigures, inWhole, tableOf, wrapped } from "../kit/table";
import type { LoggedViewReport, LoggedViewsAt } from "./measure-view";
import { WAYS, type QuestionFigures, type QuestionReport, type Way } from "./measure-questions";
import type { Seconds, VerificationReport } from "./measure-verification";
import type { WriterFigures, WritingAt, WritingOf, WritingReport } from "./measure-writing";
import type { OtherFigures } from "./other-questions";
import { PAGE, type MainQuestion } from "./questions";
import type { Shape } from "./requests";
import { TARGETS } from "./targets";

/** Everything that was measured. */
export interface LogFigures {
  readonly writing: WritingReport;
  readonly views: LoggedViewReport;
  readonly verification: VerificationReport;
  readonly questions: QuestionReport;
}

const SHAPE_NAMES: Readonly<Record<Shape, string>> = {
  view: "A combined view",
  search: "A search",
};
const QUESTION_NAMES: Readonly<Record<MainQuestion, string>> = {
  who: "Who saw this child?",
  what: "What did this worker see?",
};
const WAY_NAMES: Readonly<Record<Way, string>> = {
  door: "through the door",
  next: "through the door, next page",
  source: "the log, asked by its register",
  plain: "plain table, index for it",
  scan: "plain table, no index",
};

/** The whole report, but for the line about the machine. */
export function reportOf({ writing, views, verification, questions }: LogFigures): string {
  return [
    ...writingLines(writing),
    "",
    ...viewLines(views),
    "",
    ...verificationLines(verification),
    "",
    ...questionLines(questions),
  ].join("\n");
}

function writingLines({ shapes, durability }: WritingReport): string[] {
  return [
    "Writing",
    "",
    ...shapes.flatMap((shape) => [shapeTable(shape), ""]),
    ...wrapped(
      "log: entries and processing lines through the gateway's writer, chained, sealed, checked by the tables and " +
        "indexed for all questions; requests that wait share the next commit (requests per commit).",
    ),
    ...wrapped(
      "plain: the same rows in two plain tables with an index for each main question, one statement and commit for each " +
        "request, over 20 connections. Neither chain nor key.",
    ),
    ...wrapped(
      `In turn on the same PostgreSQL (${durability}). log / plain: of all, and least to most by round.`,
    ),
  ];
}

function shapeTable({ shape, entriesPerRequest, at }: WritingOf): string {
  const each = `${inWhole(entriesPerRequest)} ${entriesPerRequest === 1 ? "entry" : "entries"}`;
  return tableOf(
    [
      `${SHAPE_NAMES[shape]} (${each})`,
      "entries/s",
      "p50 (ms)",
      "p99 (ms)",
      "log / plain",
      "requests per commit",
    ],
    at.flatMap(writingRows),
  );
}

function writingRows({ concurrency, log, plain, ratio, requestsPerCommit }: WritingAt): string[][] {
  const row = (name: string, { entriesPerSecond, p50Ms, p99Ms }: WriterFigures): string[] => [
    `${concurrency} at once, ${name}`,
    inWhole(entriesPerSecond),
    inFigures(p50Ms),
    inFigures(p99Ms),
  ];
  const compared = `${ratio.all.toFixed(2)} (${ratio.least.toFixed(2)} to ${ratio.most.toFixed(2)})`;
  return [[...row("log", log), compared, inFigures(requestsPerCommit)], row("plain", plain)];
}

function viewLines({ entriesPerView, at }: LoggedViewReport): string[] {
  return [
    "One combined view over five organisations",
    "",
    ...at.flatMap((one) => [...viewTable(one), ""]),
    ...wrapped(
      `with the log: the gateway as it runs; each view leaves ${entriesPerView} entries. log thrown away: the same ` +
        "gateway, whose entries are made and not written; it exists in this benchmark alone. Both gave the same data.",
    ),
    ...wrapped(
      "waited for the log: from handing over the entries of a view until they are on disk, in the gateway with the log. " +
        "processor: time of the gateway's own process for one view; PostgreSQL is not in it.",
    ),
  ];
}

function viewTable({ concurrency, views, byLog, wait }: LoggedViewsAt): string[] {
  const row = (
    name: string,
    { p50Ms, p99Ms, processorMs, perSecond, measured }: typeof views.on,
  ): string[] => [name, ...[p50Ms, p99Ms, processorMs, perSecond].map(inFigures), inWhole(measured)];
  return [
    tableOf(
      [`${concurrency} at once`, "p50 (ms)", "p99 (ms)", "processor (ms)", "per second", "views"],
      [
        row("with the log", views.on),
        row("log thrown away", views.unlogged),
        ["added by the log", ...[byLog.p50Ms, byLog.p99Ms, byLog.processorMs].map(inFigures)],
        ["waited for the log", ...[wait.p50Ms, wait.p99Ms].map(inFigures)],
      ],
    ),
    `The log: x ${byLog.p50Ratio.toFixed(2)} at p50; median of the rounds ${inFigures(byLog.byRound.p50Ms)} ms ` +
      `(${inFigures(byLog.byRound.leastMs)} to ${inFigures(byLog.byRound.mostMs)})`,
  ];
}

function verificationLines(report: VerificationReport): string[] {
  const { entries, lines, batches, checkpoints, writtenInSeconds, verify, read, ratio } = report;
  const row = (name: string, { median, least, most, processor, measured }: Seconds): string[] => [
    name,
    ...[median, least, most, processor].map(inFigures),
    inWhole(entries / median),
    String(measured),
  ];
  return [
    "Verifying",
    "",
    tableOf(
      [
        `${inWhole(entries)} entries`,
        "median (s)",
        "least (s)",
        "most (s)",
        "processor (s)",
        "entries/s",
        "times",
      ],
      [row("npm run log -- verify", verify), row("only reading the rows", read)],
    ),
    `Verifying takes ${ratio.toFixed(1)} x the time of reading.`,
    "",
    ...wrapped(
      `A log of 12 months with ${inWhole(lines)} processing lines in ${inWhole(batches)} batches, ` +
        `${inWhole(checkpoints)} checkpoints with the signatures and copies of five organisations. One writer with 64 ` +
        `requests at once wrote it in ${inWhole(writtenInSeconds)} s. Verified in a process of its own; the pages ` +
        "of the log are in memory. processor: of the process that verifies or reads; PostgreSQL is not in it.",
    ),
    ...wrapped(
      `Target: under ${TARGETS.verifySeconds} s for ${inWhole(TARGETS.verifyEntries)} entries.${smaller(entries, TARGETS.verifyEntries)}`,
    ),
  ];
}

function questionLines({ entries, gigabytes, filledInSeconds, main, others }: QuestionReport): string[] {
  return [
    `Asking a log of ${inWhole(entries)} entries`,
    "",
    ...main.flatMap((one) => [...questionTable(one), ""]),
    otherTable(others),
    "",
    ...wrapped(
      `The log lies over 61 months in ${inFigures(gigabytes.log)} GB with its indexes; the plain table, with an index ` +
        `for each main question, in ${inFigures(gigabytes.plain)} GB. Made in ${inWhole(filledInSeconds)} s. Families ` +
        "and workers are drawn as often as they stand in the log: some stand in it very often.",
    ),
    ...wrapped(
      `Pages of ${PAGE}, newest first, one question at a time. Through the door: gateway, rules, register, and the ` +
        "question itself on record, on disk. The plain table is asked for the same page, which has the same entries, by SQL.",
    ),
    ...wrapped(
      `Target: p95 under ${TARGETS.questionP95Ms} ms for ${inWhole(TARGETS.questionEntries)} entries.${smaller(entries, TARGETS.questionEntries)}`,
    ),
  ];
}

function questionTable({ question, ways, overPlain, overScan }: QuestionFigures): string[] {
  const row = (way: Way): string[] => {
    const { p50Ms, p95Ms, p99Ms, mostMs, measured, failed } = ways[way];
    return [
      WAY_NAMES[way],
      ...[p50Ms, p95Ms, p99Ms, mostMs].map(inFigures),
      inWhole(measured),
      inWhole(failed),
    ];
  };
  return [
    tableOf(
      [QUESTION_NAMES[question], "p50 (ms)", "p95 (ms)", "p99 (ms)", "most (ms)", "asked", "failed"],
      WAYS.map(row),
    ),
    `The log's register over the plain table: x ${inFigures(overPlain.p50)} at p50, x ${inFigures(overPlain.p95)} at ` +
      `p95; over the one without an index x ${inFigures(overScan.p50)} at p50`,
  ];
}

const otherTable = (others: readonly OtherFigures[]): string =>
  tableOf(
    ["Other questions, through the door", "p50 (ms)", "most (ms)", "asked", "refused as too wide"],
    others.map(({ question, p50Ms, mostMs, asked, refused }) => [
      question,
      inFigures(p50Ms),
      inFigures(mostMs),
      inWhole(asked),
      inWhole(refused),
    ]),
  );

const smaller = (measured: number, meant: number): string =>
  measured < meant ? ` This run is smaller: it says nothing about that.` : "";
