// The origin that every piece of a dossier carries (WK-02): which organisation, which function, which day.

/** The fields of a DossierItem, for a mapping to spread into what it makes. */
export interface ItemOrigin {
  readonly organisation: string;
  readonly authorRole: string | null;
  readonly recordedOn: string | null;
}

/** A function that gives the origin of an item of this organisation: author's function and day of recording. */
export function itemsOf(
  organisation: string,
): (authorRole: string | null, recordedOn: string | null) => ItemOrigin {
  return (authorRole, recordedOn) => ({ organisation, authorRole, recordedOn });
}

/** A safety score as the contract has it (0 to 10, whole); one outside the scale is told in words, not as a score. */
export function scoreOf(
  score: number | null,
  sentence: string | null,
): { score: number | null; sentence: string | null } {
  if (score === null || (Number.isInteger(score) && score >= 0 && score <= 10)) return { score, sentence };
  return {
    score: null,
    sentence: [`Cijfer buiten de schaal (${score}).`, sentence].filter(Boolean).join(" "),
  };
}
