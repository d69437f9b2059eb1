/** Values that are skewed further than this are told apart by their size in powers, not in steps. */
const SKEWED = 1;

/**
 * Lowest value of each class but the last, highest first: the classes whose values lie closest to their own mean (Fisher
 * 1958, "natural breaks" of Jenks 1967), exactly, by dynamic programming over the sorted distinct values with the
 * divide and conquer of Wang and Song 2011 (Ckmeans.1d.dp). On logarithms where the values are skewed and above zero.
 * Fewer lines where there are fewer distinct values.
 */
export function naturalBreaks(values: ArrayLike<number>, classes: number): readonly number[] {
  const known = Float64Array.from(values).filter((value) => Number.isFinite(value));
  const positive = known.filter((value) => value > 0);
  const onLog = positive.length > 0 && skewOf(positive) > SKEWED;
  const sorted = (onLog ? positive : known).sort();
  const points = distinct(sorted, onLog);
  const starts = classStarts(points, Math.min(classes, points.values.length));
  return starts.map((at) => points.values[at] ?? 0).reverse();
}

/** True when natural breaks are looked for on logarithms. */
export function isSkewed(values: ArrayLike<number>): boolean {
  const positive = Float64Array.from(values).filter((value) => value > 0);
  return positive.length > 0 && skewOf(positive) > SKEWED;
}

/** Third standardised moment; 0 where nothing differs. */
function skewOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let [second, third] = [0, 0];
  for (const value of values) {
    second += (value - mean) ** 2;
    third += (value - mean) ** 3;
  }
  const variance = second / values.length;
  return variance === 0 ? 0 : third / values.length / variance ** 1.5;
}

/** Distinct values, ascending, with running sums of how often each is there, from which any class's spread follows. */
interface Points {
  readonly values: readonly number[];
  readonly weight: Float64Array;
  readonly sum: Float64Array;
  readonly squares: Float64Array;
}

function distinct(sorted: Float64Array, onLog: boolean): Points {
  const values: number[] = [];
  const counts: number[] = [];
  for (const value of sorted) {
    if (value === values.at(-1)) counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
    else {
      values.push(value);
      counts.push(1);
    }
  }
  const length = values.length + 1;
  const points = {
    values,
    weight: new Float64Array(length),
    sum: new Float64Array(length),
    squares: new Float64Array(length),
  };
  // Measured from the middle, so that squares of large numbers do not eat up the differences.
  const scaled = values.map((value) => (onLog ? Math.log(value) : value));
  const middle = scaled[Math.floor(scaled.length / 2)] ?? 0;
  for (const [at, value] of scaled.entries()) {
    const [count, x] = [counts[at] ?? 0, value - middle];
    points.weight[at + 1] = (points.weight[at] ?? 0) + count;
    points.sum[at + 1] = (points.sum[at] ?? 0) + count * x;
    points.squares[at + 1] = (points.squares[at] ?? 0) + count * x * x;
  }
  return points;
}

/** Sum of squared distances to their mean of the values from `from` up to but not including `to`. */
function spread({ weight, sum, squares }: Points, from: number, to: number): number {
  const n = (weight[to] ?? 0) - (weight[from] ?? 0);
  const s = (sum[to] ?? 0) - (sum[from] ?? 0);
  return n === 0 ? 0 : Math.max(0, (squares[to] ?? 0) - (squares[from] ?? 0) - (s * s) / n);
}

/** Where each class but the first begins, ascending. */
function classStarts(points: Points, classes: number): readonly number[] {
  const n = points.values.length;
  let costs = Float64Array.from({ length: n + 1 }, (_, to) => spread(points, 0, to));
  const began: Int32Array[] = [];
  for (let known = 1; known < classes; known++) {
    const layer = { costs: new Float64Array(n + 1), began: new Int32Array(n + 1) };
    fillLayer({ points, before: costs, layer }, [known + 1, n], [known, n - 1]);
    began.push(layer.began);
    costs = layer.costs;
  }
  const starts: number[] = [];
  let end = n;
  for (const layer of began.toReversed()) {
    end = layer[end] ?? 0;
    starts.unshift(end);
  }
  return starts;
}

interface Layer {
  readonly points: Points;
  readonly before: Float64Array;
  readonly layer: { readonly costs: Float64Array; readonly began: Int32Array };
}

/** Where the last class begins never moves down as values are added: each half is looked for on its side of the middle. */
function fillLayer(filling: Layer, ends: readonly [number, number], starts: readonly [number, number]): void {
  const [low, high] = ends;
  if (low > high) return;
  const end = Math.floor((low + high) / 2);
  let [best, at] = [Infinity, starts[0]];
  for (let start = starts[0]; start <= Math.min(starts[1], end - 1); start++) {
    const cost = (filling.before[start] ?? 0) + spread(filling.points, start, end);
    if (cost < best) [best, at] = [cost, start];
  }
  filling.layer.costs[end] = best;
  filling.layer.began[end] = at;
  fillLayer(filling, [low, end - 1], [starts[0], at]);
  fillLayer(filling, [end + 1, high], [at, starts[1]]);
}
