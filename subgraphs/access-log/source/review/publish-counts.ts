// What may be published of counts: no number from 1 to 9, and none of fewer than three workers, can be read or computed.
//
// Cells that are too small are put together with one that is not, and only the sum is given, as OTHER. Which cells those are
// is not told. Splits of the same things come together: either all of them are published, or none is, for a split that is
// missing would follow from the total of another. That this is enough: in the sum, one of a small cell can be exchanged for
// one of the cell that joined it, and everything that is published stays the same.

/** One number before it is published. */
export interface Cell {
  readonly key: string;
  readonly amount: number;
  /** How many workers it is about. */
  readonly workers: number;
}

/** One number as it is published. */
export interface PublishedCount {
  readonly key: string;
  readonly count: number;
}

/** The smallest number that is published: as for the counts that the municipality gets (decision table, row 77). */
export const LEAST_AMOUNT = 10;
/** And it is about so many workers: two would each know the number of the other. */
export const LEAST_WORKERS = 3;
/** The name of a sum. */
export const OTHER = "OTHER";

const isSmall = ({ amount, workers }: Cell): boolean => amount < LEAST_AMOUNT || workers < LEAST_WORKERS;

/**
 * What may be published of several splits of the same things, in their order; undefined when nothing may. The cells of a
 * split stand in an order that does not depend on their numbers: the first one that is large joins the small ones, so what
 * matters most stands last.
 */
export function publishCounts(splits: readonly (readonly Cell[])[]): PublishedCount[][] | undefined {
  const published = splits.map(publishOne);
  return published.every((one) => one !== undefined) ? published : undefined;
}

function publishOne(cells: readonly Cell[]): PublishedCount[] | undefined {
  const hidden = cells.filter(isSmall).reduce((total, { amount }) => total + amount, 0);
  const [joined, ...alone] = cells.filter((one) => !isSmall(one));
  // What is nothing is about nobody.
  if (hidden === 0) return (joined ? [joined, ...alone] : []).map(toPublished);
  if (!joined) return undefined;
  const sum = hidden + joined.amount;
  // The large one has ten at least, so a sum of eleven would leave one.
  if (sum <= LEAST_AMOUNT + 1) return undefined;
  return [...alone.map(toPublished), { key: OTHER, count: sum }];
}

const toPublished = ({ key, amount }: Cell): PublishedCount => ({ key, count: amount });
