// What a report is written with, in one language: short sentences, words that most people know (level B1).

import type { Category, Purpose, WorkerFunction } from "../../../../../shared/kernel/codes";

/** Whom a report is about, as the reader is addressed. */
export type About = "SELF" | "CHILD";

/** The words of one language. */
export interface ReportWords {
  readonly locale: string;
  readonly title: Readonly<Record<About, string>>;
  /** What a report is, what never stands in it, and what one can do about it; the same for everybody. */
  readonly explanation: readonly string[];
  readonly nothing: string;
  /** With an article. */
  readonly functions: Readonly<Record<WorkerFunction, string>>;
  readonly categories: Readonly<Record<Category, string>>;
  readonly why: Readonly<Record<Purpose, string>>;
  readonly noWhy: string;
  /** What allows it, in one sentence, with its place in the law. */
  readonly ground: Readonly<Record<Purpose, string>>;
  readonly noGround: string;
  /** The hour of a day, such as 21 for between 21 and 22. */
  readonly when: (day: string, hour: number) => string;
  readonly who: (organisation: string, workerFunction: string) => string;
  readonly given: (about: About, kinds: string) => string;
  readonly notGiven: (about: About, kinds: string) => string;
  readonly asked: (about: About, kinds: string) => string;
  readonly household: (kinds: string) => string;
  readonly refused: string;
}
