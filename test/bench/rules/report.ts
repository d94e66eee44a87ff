// The figures of this benchmark in words and tables.

import type { Added, ViewFigures } from "../kit/hub/ask-views";
import { WHAT_IS_LEFT_OUT } from "../kit/hub/variants";
import { inFigures, inWhole, tableOf, wrapped } from "../kit/table";
import type { DecisionFigures, DecisionSpeed } from "./decisions";
import { COMPARED, MEASURED, type Measured, type ViewReport, type ViewsAt } from "./measure-views";

/** What the design wants of rules and log together. */
export const TARGET_MS = 3;

const NAMES: Readonly<Record<Measured, string>> = {
  on: "enforcement on",
  off: "enforcement off",
  bare: "off, no records, no log",
  withheld: "on, much withheld",
};

/** The whole report, but for the line about the machine. */
export function reportOf(decisions: DecisionFigures, views: ViewReport): string {
  return [...decisionLines(decisions), "", ...viewLines(views)].join("\n");
}

function decisionLines(figures: DecisionFigures): string[] {
  const { distinct, outcomes, memorySize, combinations, policySet, rules } = figures;
  return [
    `Decisions (rules of ${policySet}: ${rules})`,
    "",
    tableOf(
      ["", "per second", "each (µs)", "processor (µs)"],
      [
        ["not remembered (Cedar)", speedOf(figures.notRemembered)],
        ["remembered", speedOf(figures.remembered)],
      ].map(([name, speed]) => [name as string, ...(speed as string[])]),
    ),
    "",
    ...wrapped(
      `${inWhole(distinct)} different plausible combinations of facts: ${outcomes.PERMIT} PERMIT, ` +
        `${outcomes.HOLD} HOLD, ${outcomes.DENY} DENY. A gateway remembers at most ${inWhole(memorySize)} decisions; ` +
        `there are ${combinations.toExponential(1)} combinations.`,
    ),
  ];
}

const speedOf = (speed: DecisionSpeed): string[] =>
  [speed.perSecond, speed.microsecondsEach, speed.processorMicrosecondsEach].map(inFigures);

function viewLines({ answer, withheldAnswer, deciding, firstMs, at }: ViewReport): string[] {
  return [
    "One combined view",
    "",
    ...wrapped(
      `A family with 4 children at ${answer.organisations} organisations: ${answer.values} values, ` +
        `${inWhole(answer.bytes)} bytes, ${answer.decisions} decisions, ${answer.fetches} questions to the ` +
        `organisations. Every gateway gave the same data and asked the same.`,
    ),
    ...wrapped(
      `Its decisions by themselves, facts reduced anew and all remembered: ${inFigures(deciding.milliseconds)} ms ` +
        `(processor ${inFigures(deciding.processorMilliseconds)} ms).`,
    ),
    "",
    tableOf(
      ["first view after start", "ms"],
      COMPARED.map((variant) => [NAMES[variant], inFigures(firstMs[variant])]),
    ),
    "",
    ...at.flatMap((one) => [...tableAt(one), ""]),
    ...COMPARED.flatMap((variant) => wrapped(`${WHAT_IS_LEFT_OUT[variant]}.`)),
    ...wrapped(
      `on, much withheld: another family and requester, for information; ${withheldAnswer.fieldsWithheld} fields are ` +
        `withheld, each with its explanation, in ${inWhole(withheldAnswer.bytes)} bytes.`,
    ),
    ...wrapped(
      "processor: time of the gateway's own process for one view; the other processes are not in it.",
    ),
    ...wrapped(`Target of the design: rules and log together add under ${TARGET_MS} ms to the median view.`),
  ];
}

function tableAt({ concurrency, views, byRules, byRulesAndLog }: ViewsAt): string[] {
  return [
    tableOf(
      [`${concurrency} at once`, "p50 (ms)", "p99 (ms)", "processor (ms)", "per second", "views"],
      [
        ...MEASURED.map((name) => viewRow(NAMES[name], views[name])),
        addedRow("added by the rules (on - off)", byRules),
        addedRow("added by rules and log (on - bare)", byRulesAndLog),
      ],
    ),
    addedLine("The rules", byRules),
    addedLine("Rules and log", byRulesAndLog),
  ];
}

const viewRow = (name: string, { p50Ms, p99Ms, processorMs, perSecond, measured }: ViewFigures): string[] => [
  name,
  ...[p50Ms, p99Ms, processorMs, perSecond].map(inFigures),
  inWhole(measured),
];

const addedRow = (name: string, { p50Ms, p99Ms, processorMs }: Added): string[] => [
  name,
  ...[p50Ms, p99Ms, processorMs].map(inFigures),
];

const addedLine = (what: string, { p50Ratio, byRound }: Added): string =>
  `${what}: x ${p50Ratio.toFixed(2)} at p50; median of the rounds ${inFigures(byRound.p50Ms)} ms ` +
  `(${inFigures(byRound.leastMs)} to ${inFigures(byRound.mostMs)})`;
