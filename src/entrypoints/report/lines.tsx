import type { FigureColumn, FigureTable } from '../../domain/insight/figure.js';
import { valueInWords } from './figure-words.js';
import { Num } from './num.js';

const WIDTH = 400;
const HEIGHT = 110;
const EDGE = 8;
const MOST = 5;
/** Tiers differ by dash and shape, not by colour alone. */
const DASHES = ['', '7 3', '2 3', '9 3 2 3', '4 4'];

interface LinesProps {
  readonly table: FigureTable;
  readonly currency: string;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line for each column over the rows, with the newest number of each in the legend. */
export function Lines({ table, currency }: LinesProps) {
  const { columns, rows, title } = table;
  const drawn = columns.slice(0, MOST);
  const place = scaleOf(table);
  return (
    <figure>
      <svg
        class="lines"
        viewBox={`0 0 ${WIDTH} ${HEIGHT + 14}`}
        role="img"
        aria-label={summary(table, currency)}
      >
        <path class="zero" d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} />
        {drawn.map((column, index) => (
          <Series key={column.id} points={pointsOf(table, index, place)} index={index} />
        ))}
        {rows.map(({ id, label }, index) => (
          <text
            key={id}
            x={place.x(index)}
            y={HEIGHT + 11}
            text-anchor={anchor(index, rows.length)}
            data-label
          >
            {label}
          </text>
        ))}
      </svg>
      <ul class="legend" aria-label={`${title}: the newest numbers`}>
        {drawn.map((column, index) => (
          <Entry key={column.id} column={column} index={index} table={table} currency={currency} />
        ))}
      </ul>
    </figure>
  );
}

function anchor(index: number, of: number): 'start' | 'middle' | 'end' {
  if (index === 0) return 'start';
  return index === of - 1 ? 'end' : 'middle';
}

interface Scale {
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
}

/** From zero up: a cut axis makes small differences look large. */
function scaleOf({ rows }: FigureTable): Scale {
  const values = rows.flatMap(({ cells }) => cells.flatMap((cell) => cell?.value ?? []));
  const most = Math.max(1, ...values);
  const step = (WIDTH - 2 * EDGE) / Math.max(1, rows.length - 1);
  return {
    x: (index) => round(EDGE + index * step),
    y: (value) => round(HEIGHT - EDGE - (Math.max(0, value) / most) * (HEIGHT - 2 * EDGE)),
  };
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

/** Circle, square, triangle, diamond, bar. */
function shape(index: number, { x, y }: Point): string {
  const r = 3.2;
  const shapes = [
    `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`,
    `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}Z`,
    `M${x} ${y - r - 1}L${x + r + 1} ${y + r}H${x - r - 1}Z`,
    `M${x} ${y - r - 1}L${x + r + 1} ${y}L${x} ${y + r + 1}L${x - r - 1} ${y}Z`,
    `M${x - r - 1} ${y - 1.5}h${2 * r + 2}v3h${-2 * r - 2}Z`,
  ];
  return shapes[index] ?? '';
}

interface EntryProps extends LinesProps {
  readonly column: FigureColumn;
  readonly index: number;
}

function Entry({ column, index, table, currency }: EntryProps) {
  const newest = table.rows.at(-1)?.cells[index] ?? null;
  return (
    <li>
      <svg class={`key series s${index}`} viewBox="0 0 26 10" aria-hidden="true" focusable="false">
        <path d="M0 5H26" stroke-dasharray={DASHES[index]} />
        <path class="mark" d={shape(index, { x: 13, y: 5 })} />
      </svg>
      {column.label} {newest !== null && <Num figure={newest} currency={currency} />}
    </li>
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
