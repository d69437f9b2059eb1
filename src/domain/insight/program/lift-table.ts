import { rounded } from '../../facts/aggregate.js';
import type { ArmResult, Lift } from '../../program/lift.js';
import { type Figure, type FigureRow, type FigureTable, figureOf } from '../figure.js';

/** What one playbook's hold-out says. */
export interface LiftOfPlaybook {
  readonly playbook: string;
  readonly label: string;
  readonly lift: Lift;
}

const ROWS = 6;

const RATE = {
  unit: 'percent',
  definition:
    'Accounts that reached the goal of the playbook, of the accounts of this arm whose goal window is over.',
} as const;
const DIFFERENCE = {
  unit: 'percentage points',
  definition:
    'Difference in percentage points between goals reached by treated and by held-out accounts, by intention to treat, with its 95 % interval.',
} as const;
const MEAN = {
  unit: 'percentage points',
  definition:
    'Mean of the differences of the playbooks that can be told, with a 95 % interval that takes them as independent.',
} as const;

const TABLE = {
  id: 'lift',
  title: 'Measured lift by playbook',
  rowHead: 'Playbook',
  columns: [
    { id: 'treated', label: 'Treated' },
    { id: 'held-out', label: 'Held out' },
    { id: 'difference', label: 'Difference' },
  ],
} as const;
const NOBODY_YET =
  'No goal window of a playbook with a hold-out is over yet: what playbooks change can be told from then on.';

/** What playbooks changed, those with most accounts first, and the mean of those that can be told. Null = nobody is held out. */
export function liftTable(lifts: readonly LiftOfPlaybook[], period: string): FigureTable | null {
  if (lifts.length === 0) return null;
  const measured = lifts.filter(({ lift }) => sizeOf(lift) > 0);
  if (measured.length === 0) return { ...TABLE, rows: [], chart: null, remarks: [NOBODY_YET] };
  const sorted = measured.toSorted(
    (a, b) => sizeOf(b.lift) - sizeOf(a.lift) || (a.playbook < b.playbook ? -1 : 1),
  );
  const rows = sorted.slice(0, ROWS).map(({ playbook, label, lift }) => ({
    id: playbook,
    label,
    cells: [armOf(lift.treated, period), armOf(lift.heldOut, period), differenceOf(lift, period)],
  }));
  const left = sorted.length - ROWS;
  const remarks = left > 0 ? [`${left} more playbooks with fewer accounts are not shown here.`] : [];
  return { ...TABLE, rows: [...rows, ...meanOf(measured, period)], chart: 'intervals', remarks };
}

function sizeOf({ treated, heldOut }: Lift): number {
  return treated.n + heldOut.n;
}

function points(share: number): number {
  return rounded(share * 100, 1);
}

/** A rate is told where the difference is: below the floor neither says anything. */
function armOf({ rate, n }: ArmResult, period: string): Figure {
  return figureOf(RATE, { value: rate === null ? null : points(rate), n, period });
}

function differenceOf(lift: Lift, period: string): Figure {
  const n = sizeOf(lift);
  if (lift.difference === null) return figureOf(DIFFERENCE, { value: null, n, period });
  const { value, low, high } = lift.difference;
  return figureOf(DIFFERENCE, { value: points(value), low: points(low), high: points(high), n, period });
}

function meanOf(lifts: readonly LiftOfPlaybook[], period: string): readonly FigureRow[] {
  const told = lifts.flatMap(({ lift }) =>
    lift.difference === null ? [] : [{ ...lift.difference, n: sizeOf(lift) }],
  );
  if (told.length < 2) return [];
  const value = told.reduce((sum, one) => sum + one.value, 0) / told.length;
  const half = (end: 'low' | 'high') => Math.hypot(...told.map((one) => one[end] - one.value)) / told.length;
  const figure = figureOf(MEAN, {
    value: points(value),
    low: points(value - half('low')),
    high: points(value + half('high')),
    n: told.reduce((sum, one) => sum + one.n, 0),
    period,
  });
  return [{ id: 'mean', label: 'Mean of these that can be told', cells: [null, null, figure] }];
}
