/** A point of the curve: so large a share of the accounts, largest first, brings so large a share of the revenue. */
export interface CurvePoint {
  /** 0-1. */
  readonly accounts: number;
  /** 0-1. */
  readonly revenue: number;
}

const SHARES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** Revenue by share of accounts, largest first. Empty without revenue. What is below zero counts as nothing. */
export function paretoCurve(revenues: ArrayLike<number>): readonly CurvePoint[] {
  const sorted = Float64Array.from(revenues, (revenue) => Math.max(0, revenue))
    .sort()
    .reverse();
  const total = sorted.reduce((sum, revenue) => sum + revenue, 0);
  if (total === 0) return [];
  const points: CurvePoint[] = [];
  let [counted, sum] = [0, 0];
  for (const accounts of SHARES) {
    const upTo = Math.max(1, Math.round(accounts * sorted.length));
    while (counted < upTo) sum += sorted[counted++] ?? 0;
    points.push({ accounts, revenue: Math.min(1, sum / total) });
  }
  return points;
}
