// Sources that did not answer: named in `extensions.unavailable`, with the cause and when to try again.

import { HUB_TIME_ZONE } from "../../shared/kernel/plain-date";

/** Why a source that was asked gave nothing. */
export const UnavailableCause = {
  /** It did not answer within its deadline */
  TIMEOUT: "TIMEOUT",
  /** No connection could be made, or it broke */
  UNREACHABLE: "UNREACHABLE",
  /** It answered with errors */
  ERROR: "ERROR",
  /** Its answer does not fit what was asked */
  INVALID_ANSWER: "INVALID_ANSWER",
} as const;
export type UnavailableCause = keyof typeof UnavailableCause;

/** Why nothing came of a source; one that announced maintenance is not asked until it is over. */
export type Absence =
  { readonly cause: UnavailableCause } | { readonly cause: "MAINTENANCE"; readonly until: Date };

/** One line of `extensions.unavailable`. */
export interface Unavailable {
  readonly organisation: string;
  readonly cause: Absence["cause"];
  readonly retryAfterSeconds: number;
  /** Of planned maintenance, when it is to be over (ISO 8601). */
  readonly until?: string;
  readonly reason: { readonly nl: string; readonly en: string };
}

interface Words {
  readonly nl: string;
  readonly en: string;
  readonly retryAfterSeconds: number;
}

const TEXTS: Readonly<Record<UnavailableCause, Words>> = {
  TIMEOUT: { nl: "antwoordde niet op tijd", en: "did not answer in time", retryAfterSeconds: 10 },
  UNREACHABLE: { nl: "is niet bereikbaar", en: "cannot be reached", retryAfterSeconds: 30 },
  ERROR: { nl: "kon niet alles geven", en: "could not give everything", retryAfterSeconds: 30 },
  INVALID_ANSWER: {
    nl: "gaf een onleesbaar antwoord",
    en: "gave an answer that cannot be read",
    retryAfterSeconds: 300,
  },
};

const momentIn = (language: "nl-NL" | "en-GB"): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short", timeZone: HUB_TIME_ZONE });
const DUTCH = momentIn("nl-NL");
const ENGLISH = momentIn("en-GB");

function wordsOf(absence: Absence, now: number): Words {
  if (absence.cause !== "MAINTENANCE") return TEXTS[absence.cause];
  const { until } = absence;
  return {
    nl: `is in onderhoud tot ${DUTCH.format(until)}`,
    en: `is in maintenance until ${ENGLISH.format(until)}`,
    retryAfterSeconds: Math.max(1, Math.ceil((until.getTime() - now) / 1_000)),
  };
}

/** The lines for the sources that gave nothing; `names` gives each its name for people. */
export function describeUnavailable(
  absences: ReadonlyMap<string, Absence>,
  names: ReadonlyMap<string, string>,
  now: number = Date.now(),
): Unavailable[] {
  return [...absences].map(([source, absence]) => {
    const { nl, en, retryAfterSeconds } = wordsOf(absence, now);
    const name = names.get(source) ?? source;
    return {
      organisation: source,
      cause: absence.cause,
      retryAfterSeconds,
      ...(absence.cause === "MAINTENANCE" ? { until: absence.until.toISOString() } : {}),
      reason: { nl: `${name} ${nl}.`, en: `${name} ${en}.` },
    };
  });
}
