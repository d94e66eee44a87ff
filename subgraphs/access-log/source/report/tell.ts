// A line of a report in words.

import type { Category, Purpose } from "../../../../shared/kernel/codes";
import { today, type PlainDate } from "../../../../shared/kernel/plain-date";
import type { Region } from "../../../../shared/region/region";
import type { ReportLine } from "./lines";
import { EN } from "./words/en";
import { NL } from "./words/nl";
import type { About, ReportWords } from "./words/report-words";

/** Languages in which a report can be had. */
export const ReportLanguage = { NL: "NL", EN: "EN" } as const;
export type ReportLanguage = keyof typeof ReportLanguage;

export const REPORT_WORDS: Readonly<Record<ReportLanguage, ReportWords>> = { NL, EN };

/** What was asked, as far as a report says how it ended. */
export const ReportedHow = {
  /** Gezien */
  GIVEN: "GIVEN",
  /** Gevraagd, niet gekregen */
  NOT_GIVEN: "NOT_GIVEN",
  /** Gevraagd; of het is gegeven, staat er niet bij */
  ASKED: "ASKED",
  /** Gevraagd over het gezin; of het is gegeven, staat er niet bij */
  ASKED_OF_HOUSEHOLD: "ASKED_OF_HOUSEHOLD",
  /** Geprobeerd en geweigerd */
  REFUSED: "REFUSED",
} as const;
export type ReportedHow = keyof typeof ReportedHow;

/** A part of a line. */
export interface ToldPart {
  readonly how: ReportedHow;
  readonly categories: readonly Category[];
  readonly sentence: string;
}

/** A line in words. */
export interface ToldLine {
  readonly day: PlainDate;
  /** Hour of the day in the Netherlands, 0 to 23. */
  readonly hour: number;
  readonly when: string;
  /** Name of the organisation, for people. */
  readonly organisation: string;
  readonly organisationCode: string;
  readonly workerFunction: string;
  readonly purpose: Purpose | null;
  readonly why: string;
  readonly ground: string;
  readonly what: readonly ToldPart[];
  /** All of it, as one text. */
  readonly text: string;
}

// Made once: making one takes as long as telling many lines.
const HOUR = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Amsterdam",
  hour: "2-digit",
  hourCycle: "h23",
});
const DAYS = new Map<string, Intl.DateTimeFormat>();

function dayIn({ locale }: ReportWords, moment: Date): string {
  const known = DAYS.get(locale);
  const format =
    known ??
    new Intl.DateTimeFormat(locale, {
      timeZone: "Europe/Amsterdam",
      weekday: "long",
      day: "numeric",
      month: "long",
      year: "numeric",
    });
  DAYS.set(locale, format);
  return format.format(moment);
}

/** Tells a line; `about` is whom the report is about. */
export function tellLine(line: ReportLine, about: About, language: ReportLanguage, region: Region): ToldLine {
  const words = REPORT_WORDS[language];
  const moment = new Date(`${line.hour}:00:00Z`);
  const hour = Number(HOUR.format(moment));
  const organisation =
    region.organisations.find(({ code }) => (code as string) === line.organisation)?.name ??
    line.organisation;
  const { purpose } = line;
  const told = {
    day: today(moment),
    hour,
    when: words.when(dayIn(words, moment), hour),
    organisation,
    organisationCode: line.organisation,
    workerFunction: words.functions[line.workerFunction],
    purpose,
    why: purpose === null ? words.noWhy : words.why[purpose],
    ground: purpose === null ? words.noGround : words.ground[purpose],
    what: partsOf(line, about, words),
  };
  return {
    ...told,
    text: [
      `${capital(told.when)}.`,
      words.who(organisation, told.workerFunction),
      ...told.what.map(({ sentence }) => sentence),
      told.why,
      told.ground,
    ].join(" "),
  };
}

function partsOf(line: ReportLine, about: About, words: ReportWords): ToldPart[] {
  const parts: ToldPart[] = [];
  const add = (
    how: ReportedHow,
    categories: readonly Category[],
    sentence: (kinds: string) => string,
  ): void => {
    if (categories.length > 0)
      parts.push({ how, categories, sentence: sentence(kindsOf(categories, words)) });
  };
  add("GIVEN", line.given, (kinds) => words.given(about, kinds));
  add("NOT_GIVEN", line.notGiven, (kinds) => words.notGiven(about, kinds));
  add("ASKED", line.asked, (kinds) => words.asked(about, kinds));
  add("ASKED_OF_HOUSEHOLD", line.household, (kinds) => words.household(kinds));
  if (line.refused) parts.push({ how: "REFUSED", categories: [], sentence: words.refused });
  return parts;
}

/** Kinds have commas of their own, so that they are set apart by something stronger. */
const kindsOf = (categories: readonly Category[], { categories: names }: ReportWords): string =>
  categories.map((category) => names[category]).join("; ");

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
