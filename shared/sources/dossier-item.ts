// What the contract asks of an item of a dossier, whatever the system it comes from.

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
