import type { Figure } from '../../domain/insight/figure.js';

interface BarProps {
  readonly cell: Figure | null;
  /** Where the scale ends. */
  readonly reach: number;
}

/** How far a scale must reach for all of these, their intervals among them. */
export function widest(cells: readonly (Figure | null)[]): number {
  const ends = cells.flatMap((cell) =>
    cell?.value == null ? [] : [cell.value, cell.low ?? 0, cell.high ?? 0],
  );
  return Math.max(1, ...ends.map(Math.abs));
}

const WIDTH = 100;

/** A bar from zero, with its interval where it has one. */
export function Bar({ cell, reach }: BarProps) {
  if (cell?.value == null) return null;
  const x = (value: number): number => round((Math.max(0, value) / reach) * WIDTH);
  const { value, low, high } = cell;
  return (
    <svg viewBox={`0 0 ${WIDTH} 12`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="fill" x="0" y="2" width={x(value)} height="8" />
      {low !== null && high !== null && <path class="whisker" d={`M${x(low)} 6H${x(high)}`} />}
    </svg>
  );
}

/** A difference around zero with its interval. */
export function Whisker({ cell, reach }: BarProps) {
  const x = (value: number): number => round((0.5 + value / reach / 2) * WIDTH);
  if (cell?.value == null || cell.low === null || cell.high === null) return null;
  const [low, high] = [x(cell.low), x(cell.high)];
  return (
    <svg viewBox={`0 0 ${WIDTH} 12`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <path class="zero" d={`M${WIDTH / 2} 0V12`} />
      <path class="whisker" d={`M${low} 6H${high}M${low} 3V9M${high} 3V9`} />
      <rect class="fill" x={x(cell.value) - 1.2} y="2" width="2.4" height="8" />
    </svg>
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
