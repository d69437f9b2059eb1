/** Rows of one fit: `features` row by row, `columns` numbers each. */
export interface Design {
  readonly features: Float64Array;
  readonly columns: number;
  /** 0 or 1 for each row. */
  readonly labels: Float64Array;
}

/** Log odds of 1 = intercept + the weighted sum of a row's features. */
export interface LogisticFit {
  readonly intercept: number;
  /** None below zero. */
  readonly weights: readonly number[];
}

const STEPS = 25;
const SWEEPS = 100;
const CLOSE = 1e-6;

/**
 * Logistic regression whose weights are not negative, with a ridge penalty of `ridge / 2` times the sum of their
 * squares (the intercept is free). Newton steps, each solved by coordinate descent on the quadratic that touches
 * the likelihood (Friedman, Hastie and Tibshirani 2010, Journal of Statistical Software 33), weights cut off at
 * zero. Without both labels all weights are 0. `start` saves steps and changes nothing else.
 */
export function fitLogistic(design: Design, ridge: number, start?: LogisticFit): LogisticFit {
  const { columns, labels } = design;
  const rows = labels.length;
  const ones = labels.reduce((sum, label) => sum + label, 0);
  if (ones === 0 || ones === rows) return { intercept: 0, weights: Array.from({ length: columns }, () => 0) };
  const weights = new Float64Array(columns + 1);
  weights.set(start?.weights ?? []);
  weights[columns] = start?.intercept ?? Math.log(ones / (rows - ones));
  for (let step = 0; step < STEPS; step++) {
    const { gram, target } = quadratic(design, weights);
    const before = Float64Array.from(weights);
    solve(gram, target, { weights, ridge });
    if (weights.every((weight, at) => Math.abs(weight - (before[at] ?? 0)) < CLOSE)) break;
  }
  return { intercept: weights[columns] ?? 0, weights: Array.from(weights.subarray(0, columns)) };
}

/** Probability (0-1) of 1 for a row. */
export function probabilityOf({ intercept, weights }: LogisticFit, row: ArrayLike<number>): number {
  return 1 / (1 + Math.exp(-weights.reduce((sum, weight, at) => sum + weight * (row[at] ?? 0), intercept)));
}

interface Quadratic {
  /** Square, `columns + 1` wide; the intercept is the last. */
  readonly gram: Float64Array;
  readonly target: Float64Array;
}

/** Weighted normal equations at the present weights. */
function quadratic({ features, columns, labels }: Design, weights: Float64Array): Quadratic {
  const width = columns + 1;
  const gram = new Float64Array(width * width);
  const target = new Float64Array(width);
  const row = new Float64Array(width);
  row[columns] = 1;
  for (let index = 0; index < labels.length; index++) {
    row.set(features.subarray(index * columns, (index + 1) * columns));
    let odds = 0;
    for (let at = 0; at < width; at++) odds += (row[at] ?? 0) * (weights[at] ?? 0);
    const chance = 1 / (1 + Math.exp(-odds));
    const weight = Math.max(1e-6, chance * (1 - chance));
    const working = weight * odds + (labels[index] ?? 0) - chance;
    addTo({ gram, target }, row, { weight, working });
  }
  return { gram, target };
}

function addTo(
  { gram, target }: Quadratic,
  row: Float64Array,
  { weight, working }: { readonly weight: number; readonly working: number },
): void {
  const width = row.length;
  for (let i = 0; i < width; i++) {
    const value = row[i] ?? 0;
    if (value === 0) continue;
    target[i] = (target[i] ?? 0) + value * working;
    for (let j = 0; j <= i; j++)
      gram[i * width + j] = (gram[i * width + j] ?? 0) + weight * value * (row[j] ?? 0);
  }
}

/** Coordinate descent, in place. Only the lower half of `gram` is filled. */
function solve(
  gram: Float64Array,
  target: Float64Array,
  { weights, ridge }: { readonly weights: Float64Array; readonly ridge: number },
): void {
  const width = target.length;
  const at = (i: number, j: number) => (i >= j ? gram[i * width + j] : gram[j * width + i]) ?? 0;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let moved = 0;
    for (let i = 0; i < width; i++) {
      const free = i === width - 1;
      let rest = target[i] ?? 0;
      for (let j = 0; j < width; j++) if (j !== i) rest -= at(i, j) * (weights[j] ?? 0);
      const curvature = at(i, i) + (free ? 0 : ridge);
      const next = curvature > 0 ? rest / curvature : 0;
      const held = free ? next : Math.max(0, next);
      moved = Math.max(moved, Math.abs(held - (weights[i] ?? 0)));
      weights[i] = held;
    }
    if (moved < CLOSE) break;
  }
}
