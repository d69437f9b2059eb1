import type { TierId, TierLines, TierPolicy, TierRules } from './tier.js';

/** A tier's lower line: the lowest measure that belongs in it; null = no lower line. */
export interface TierLine {
  readonly tier: TierId;
  readonly from: number | null;
}

/** `2026-Q4`: the quarter for which lines over the whole book are frozen. */
export function quarterOf(isoDay: string): string {
  return `${isoDay.slice(0, 4)}-Q${Math.floor((Number(isoDay.slice(5, 7)) - 1) / 3) + 1}`;
}

/**
 * Lines at which the cumulative share of the measure passes each cut. `measures` sorted highest
 * first. Equal measures stay together: a line lies at a value, never between two equal ones.
 */
export function paretoLines(
  policy: Extract<TierPolicy, { kind: 'pareto' }>,
  measures: ArrayLike<number>,
  quarter: string,
): TierLines {
  let total = 0;
  for (let i = 0; i < measures.length; i++) total += Math.max(0, measures[i] ?? 0);
  const lines: TierLine[] = [];
  let next = 0;
  let running = 0;
  for (const cut of policy.cuts) {
    if (cut.upToShare === null) {
      lines.push({ tier: cut.tier, from: null });
      continue;
    }
    let line: number | null = null;
    while (
      next < measures.length &&
      (line === null || measures[next] === line || running < cut.upToShare * total)
    ) {
      line = measures[next] ?? null;
      running += Math.max(0, line ?? 0);
      next++;
    }
    lines.push({ tier: cut.tier, from: line ?? Number.POSITIVE_INFINITY });
  }
  return { quarter, lines, remarks: [] };
}

/** The lines that hold now; where they are drawn over the whole book, those frozen for the quarter. */
export function linesOf(rules: TierRules, frozen: TierLines | null): readonly TierLine[] {
  if (rules.policy.kind === 'thresholds') {
    return rules.policy.rules.map(({ tier, atLeast }) => ({ tier, from: atLeast }));
  }
  return frozen?.lines ?? [];
}
