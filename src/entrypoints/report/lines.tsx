import type { Figure, FigureTable } from '../../domain/insight/figure.js';
import { spread, ticksUpTo } from './axis.js';
import { basisInWords, plain, valueInWords } from './figure-words.js';
import { DASHES, MOST_LINES, shape } from './line-marks.js';

const WIDTH = 400;
const HEIGHT = 118;
/** Room for the ticks at the left, and for the newest values at the right. */
const LEFT = 56;
const RIGHT = 76;
const TOP = 8;
const FOOT = 22;
const GAP = 12;

interface LinesProps {
  readonly table: FigureTable;
  readonly currency: string;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line for each column over the rows, from zero up, with the newest number of each at its end. */
export function Lines({ table, currency }: LinesProps) {
  const { columns, rows } = table;
  const drawn = columns.slice(0, MOST_LINES);
  const scale = scaleOf(table);
  return (
    <svg
      class="lines"
      preserveAspectRatio="xMinYMid meet"
      viewBox={`0 0 ${WIDTH} ${HEIGHT + FOOT}`}
      role="img"
      aria-label={summary(table, currency)}
    >
      <Axis table={table} scale={scale} />
      {drawn.map((column, index) => (
        <Series key={column.id} points={pointsOf(table, index, scale)} index={index} />
      ))}
      <Newest table={table} scale={scale} />
      {rows.map(({ id, label }, index) => (
        <text key={id} x={scale.x(index)} y={HEIGHT + FOOT - 3} text-anchor="middle" data-label>
          {label}
        </text>
      ))}
    </svg>
  );
}

interface Scale {
  readonly ticks: readonly number[];
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
}

/** From zero up: a cut axis makes small differences look large. */
function scaleOf({ rows }: FigureTable): Scale {
  const values = rows.flatMap(({ cells }) => cells.flatMap((cell) => cell?.value ?? []));
  const ticks = ticksUpTo(Math.max(0, ...values));
  const most = ticks.at(-1) ?? 1;
  const step = (WIDTH - LEFT - RIGHT) / Math.max(1, rows.length - 1);
  return {
    ticks,
    x: (index) => round(LEFT + index * step),
    y: (value) => round(HEIGHT - (Math.max(0, value) / most) * (HEIGHT - TOP)),
  };
}

/** Light lines across, each with its value and unit. */
function Axis({
  table: { rows },
  scale: { ticks, y },
}: {
  readonly table: FigureTable;
  readonly scale: Scale;
}) {
  const unit = rows.flatMap(({ cells }) => cells.flatMap((cell) => cell?.unit ?? []))[0];
  const sign = unit === 'percent' ? ' %' : '';
  return (
    <g class="axis">
      {ticks.map((tick) => (
        <g key={tick}>
          <path class={tick === 0 ? 'zero' : 'grid'} d={`M${LEFT - 6} ${y(tick)}H${WIDTH - RIGHT + 6}`} />
          <text x={LEFT - 10} y={y(tick) + 3.5} text-anchor="end" data-label>
            {`${plain(tick)}${sign}`}
          </text>
        </g>
      ))}
    </g>
  );
}

/** What each line ends at, moved apart where lines end close together. */
function Newest({
  table: { rows, columns },
  scale: { x, y },
}: {
  readonly table: FigureTable;
  readonly scale: Scale;
}) {
  const cells = rows.at(-1)?.cells.slice(0, MOST_LINES) ?? [];
  const ends = columns.flatMap(({ id }, index) => {
    const figure = cells[index] ?? null;
    return figure === null || figure.value === null ? [] : [{ id, index, figure, value: figure.value }];
  });
  const heights = spread(
    ends.map(({ value }) => y(value)),
    GAP,
    HEIGHT,
  );
  return (
    <g class="ends">
      {ends.map(({ id, index, figure, value }, nth) => (
        <End
          key={id}
          index={index}
          figure={figure}
          at={{ x: x(rows.length - 1) + 10, y: heights[nth] ?? y(value) }}
        />
      ))}
    </g>
  );
}

interface EndProps {
  readonly index: number;
  readonly figure: Figure;
  readonly at: Point;
}

function End({ index, figure, at: { x, y } }: EndProps) {
  return (
    <text class={`end s${index}`} x={x} y={round(y + 3.5)}>
      <title>{basisInWords(figure)}</title>
      {valueInWords(figure, '')}
    </text>
  );
}

function pointsOf({ rows }: FigureTable, column: number, { x, y }: Scale): readonly (Point | null)[] {
  return rows.map(({ cells }, index) => {
    const value = cells[column]?.value ?? null;
    return value === null ? null : { x: x(index), y: y(value) };
  });
}

function Series({ points, index }: { readonly points: readonly (Point | null)[]; readonly index: number }) {
  const path = points.reduce(
    (text, point, at) =>
      point === null ? text : `${text}${points[at - 1] ? 'L' : 'M'}${point.x} ${point.y}`,
    '',
  );
  return (
    <g class={`series s${index}`}>
      <path d={path} stroke-dasharray={DASHES[index]} />
      {points.map((point) => point !== null && <path key={point.x} class="mark" d={shape(index, point)} />)}
    </g>
  );
}

function summary({ title, columns, rows }: FigureTable, currency: string): string {
  const last = rows.at(-1);
  const parts = columns.map(({ label }, index) => {
    const cell = last?.cells[index] ?? null;
    return `${label} ${cell === null ? 'not told' : valueInWords(cell, currency)}`;
  });
  return `${title} by quarter, ${rows[0]?.label ?? ''} to ${last?.label ?? ''}. Newest: ${parts.join(', ')}.`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
