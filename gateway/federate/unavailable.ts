// Sources that did not answer: named in `extensions.unavailable`, with the cause and when to try again.

/** Why a source gave nothing. */
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

/** One line of `extensions.unavailable`. */
export interface Unavailable {
  readonly organisation: string;
  readonly cause: UnavailableCause;
  readonly retryAfterSeconds: number;
  readonly reason: { readonly nl: string; readonly en: string };
}

const TEXTS: Readonly<Record<UnavailableCause, { nl: string; en: string; retryAfterSeconds: number }>> = {
  TIMEOUT: { nl: "antwoordde niet op tijd", en: "did not answer in time", retryAfterSeconds: 10 },
  UNREACHABLE: { nl: "is niet bereikbaar", en: "cannot be reached", retryAfterSeconds: 30 },
  ERROR: { nl: "kon niet alles geven", en: "could not give everything", retryAfterSeconds: 30 },
  INVALID_ANSWER: {
    nl: "gaf een onleesbaar antwoord",
    en: "gave an answer that cannot be read",
    retryAfterSeconds: 300,
  },
};

/** The lines for the sources that did not answer; `names` gives each its name for people. */
export function describeUnavailable(
  causes: ReadonlyMap<string, UnavailableCause>,
  names: ReadonlyMap<string, string>,
): Unavailable[] {
  return [...causes].map(([source, cause]) => {
    const { nl, en, retryAfterSeconds } = TEXTS[cause];
    const name = names.get(source) ?? source;
    return {
      organisation: source,
      cause,
      retryAfterSeconds,
      reason: { nl: `${name} ${nl}.`, en: `${name} ${en}.` },
    };
  });
}
