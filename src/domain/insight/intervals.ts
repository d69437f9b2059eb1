/** A number with the 95 % interval that it is told with. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How many of `n` it happened to. */
export interface Count {
  readonly n: number;
  readonly reached: number;
}

/** Fewer outcomes than this say too little: no number is told that rests on them. */
export const OUTCOME_FLOOR = 30;

/** 97.5 % quantile of the standard normal distribution: half the width of a 95 % interval in standard errors. */
export const Z95 = 1.959963984540054;

const TAIL = {
  over: [
    -7.784894002430293e-3, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ],
  under: [7.784695709041462e-3, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1],
} as const;

/**
 * Half the width, in standard errors, of intervals that hold together with 95 % certainty where so many are tried
 * (Bonferroni): 1.96 for one, 2.39 for three. The quantile is Acklam's (2003), to nine figures. `tried` is at least 1.
 */
export function widthFor(tried: number): number {
  if (tried <= 1) return Z95;
  const root = Math.sqrt(-2 * Math.log(0.025 / tried));
  const at = (terms: readonly number[]): number => terms.reduce((sum, term) => sum * root + term, 0);
  return -at(TAIL.over) / at(TAIL.under);
}

/** A share (0-1) with Wilson's score interval (Wilson 1927), which holds near 0 and 1, too. `n` is at least 1. */
export function wilson(reached: number, n: number): Estimate {
  const value = reached / n;
  const middle = (value + Z95 ** 2 / (2 * n)) / (1 + Z95 ** 2 / n);
  const half = (Z95 / (1 + Z95 ** 2 / n)) * Math.sqrt((value * (1 - value)) / n + Z95 ** 2 / (4 * n ** 2));
  return { value, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/**
 * Difference of two shares, `a` less `b` (-1 to 1), with Newcombe's hybrid score interval (Newcombe 1998, Statistics
 * in Medicine 17, method 10), which keeps its coverage for small numbers and for shares near 0 and 1.
 */
export function newcombe(a: Count, b: Count): Estimate {
  const [first, second] = [wilson(a.reached, a.n), wilson(b.reached, b.n)];
  const value = first.value - second.value;
  return {
    value,
    low: value - Math.hypot(first.value - first.low, second.high - second.value),
    high: value + Math.hypot(first.high - first.value, second.value - second.low),
  };
}

/**
 * Lower end of the 95 % interval of an area under the ROC curve (0-1) from so many events and others: a score interval
 * (Newcombe 2006, Statistics in Medicine 25, method 5), which has a width where all pairs are in order, too.
 */
export function lowestArea(value: number, events: number, others: number): number {
  const spread = (area: number): number => {
    const pairs = ((events + others) / 2 - 1) * ((1 - area) / (2 - area) + area / (1 + area));
    return Z95 * Math.sqrt((area * (1 - area) * (1 + pairs)) / (events * others));
  };
  let [low, high] = [0, value];
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (low + high) / 2;
    if (value - middle > spread(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** Enough for fifteen figures. */
const BISECTIONS = 50;

/** Running sums of a number over many cases. */
export interface Sums {
  readonly n: number;
  readonly sum: number;
  /** Sum of the squares. */
  readonly squares: number;
}

/** Mean with its interval by the normal approximation, which needs some thirty cases. `n` is at least 2. */
export function meanInterval(sums: Sums): Estimate {
  const { value, error } = meanOf(sums);
  return { value, low: value - Z95 * error, high: value + Z95 * error };
}

/** Difference of two means, `a` less `b`, whose spreads may differ (Welch 1947), by the normal approximation. */
export function meanDifference(a: Sums, b: Sums): Estimate {
  const [first, second] = [meanOf(a), meanOf(b)];
  const value = first.value - second.value;
  const half = Z95 * Math.hypot(first.error, second.error);
  return { value, low: value - half, high: value + half };
}

function meanOf({ n, sum, squares }: Sums): { readonly value: number; readonly error: number } {
  const value = sum / n;
  const variance = Math.max(0, (squares - n * value ** 2) / (n - 1));
  return { value, error: Math.sqrt(variance / n) };
}
