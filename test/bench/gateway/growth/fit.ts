// How fast something grows: the exponent of a power of its size.

/** One point of a curve. */
export interface Point {
  readonly size: number;
  readonly cost: number;
}

/**
 * The exponent of the power of the size that fits best (least squares over the logarithms of both): 0 for a cost that does
 * not grow, 1 for one in proportion, above 1 for one that is worse. What cannot be shown as a logarithm, a size of 0, is left
 * out; undefined with fewer than two points left.
 */
export function exponentOf(points: readonly Point[]): number | undefined {
  const logs = points
    .filter(({ size, cost }) => size > 0 && cost > 0)
    .map(({ size, cost }) => ({ x: Math.log(size), y: Math.log(cost) }));
  const meanOf = (values: readonly number[]): number =>
    values.reduce((sum, one) => sum + one, 0) / values.length;
  const [meanX, meanY] = [meanOf(logs.map(({ x }) => x)), meanOf(logs.map(({ y }) => y))];
  const spread = logs.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  if (logs.length < 2 || spread === 0) return undefined;
  return logs.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread;
}
