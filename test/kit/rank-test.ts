// Can two series of measurements be told apart? Two tests without an assumption about how the measurements are spread: of
// ranks (Mann-Whitney), which sees that one is mostly larger, and of the whole shape (Kolmogorov-Smirnov), which sees that one
// is sometimes larger. Both are exact enough from some tens of measurements on, whatever the machine does meanwhile, as long
// as chance decided which measurement belongs to which series.

/** Chance of a normal variable beyond z, on both sides; error below 1.5e-7 (Abramowitz and Stegun 7.1.26). */
function beyondBothSides(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return series * Math.exp(-x * x);
}

/** Runs of equal values in the order of size, with how many of each series are in it. */
function tiesOf(
  one: readonly number[],
  other: readonly number[],
): { readonly inOne: number; readonly inOther: number }[] {
  const all = [
    ...one.map((value) => ({ value, first: true })),
    ...other.map((value) => ({ value, first: false })),
  ].toSorted((a, b) => a.value - b.value);
  const ties: { inOne: number; inOther: number }[] = [];
  let last: number | undefined;
  for (const { value, first } of all) {
    let tie = ties.at(-1);
    if (tie === undefined || value !== last) {
      tie = { inOne: 0, inOther: 0 };
      ties.push(tie);
    }
    if (first) tie.inOne += 1;
    else tie.inOther += 1;
    last = value;
  }
  return ties;
}

/** Chance that ranks as far apart as these come of two series that are alike (Mann-Whitney, two-sided, normal approximation). */
export function chanceOfRanks(one: readonly number[], other: readonly number[]): number {
  const [n, m] = [one.length, other.length];
  let before = 0;
  let ranks = 0;
  let tied = 0;
  for (const { inOne, inOther } of tiesOf(one, other)) {
    const size = inOne + inOther;
    ranks += inOne * (before + (size + 1) / 2);
    tied += size ** 3 - size;
    before += size;
  }
  const spread = Math.sqrt(((n * m) / 12) * (n + m + 1 - tied / ((n + m) * (n + m - 1))));
  return spread === 0 ? 1 : beyondBothSides((ranks - (n * (n + m + 1)) / 2) / spread);
}

/** Chance that shapes as far apart as these come of two series that are alike (Kolmogorov-Smirnov, two-sided, at most). */
export function chanceOfShapes(one: readonly number[], other: readonly number[]): number {
  const [n, m] = [one.length, other.length];
  let [seenOne, seenOther, apart] = [0, 0, 0];
  for (const { inOne, inOther } of tiesOf(one, other)) {
    seenOne += inOne;
    seenOther += inOther;
    apart = Math.max(apart, Math.abs(seenOne / n - seenOther / m));
  }
  const root = Math.sqrt((n * m) / (n + m));
  return Math.min(1, 2 * Math.exp(-2 * (root * apart) ** 2));
}

/**
 * Chance that a difference like this, of ranks or of shapes, comes of two series that are alike: twice the smaller of the
 * two chances. Who calls it a difference below some chance raises no more than that share of false alarms.
 */
export const chanceAlike = (one: readonly number[], other: readonly number[]): number =>
  Math.min(1, 2 * Math.min(chanceOfRanks(one, other), chanceOfShapes(one, other)));
