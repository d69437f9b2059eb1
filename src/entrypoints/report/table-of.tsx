import type { Figure, FigureTable } from '../../domain/insight/figure.js';
import { Bar, Whisker, widest } from './bar.js';
import { oneSpan } from './figure-words.js';
import { Lines } from './lines.js';
import { Num } from './num.js';
import { Quarters } from './quarters.js';

interface TableProps {
  readonly table: FigureTable;
  readonly currency: string;
}

/** A table with its picture: lines above the numbers, bars and intervals beside them. */
export function TableOf({ table, currency }: TableProps) {
  const { title, rows, remarks, chart } = table;
  const period =
    chart === 'lines'
      ? OF_QUARTERS
      : oneSpan(rows.flatMap((row) => row.cells.filter((cell) => cell !== null)));
  return (
    <div class="table">
      <h3 data-label>{title}</h3>
      {period !== null && (
        <p class="period" data-label>
          {period}
        </p>
      )}
      {rows.length > 0 && chart === 'lines' && <Lines table={table} currency={currency} />}
      {rows.length > 0 &&
        (chart === 'lines' ? <Quarters table={table} /> : <Rows table={table} currency={currency} />)}
      {remarks.length > 0 && (
        <ul class="remarks">
          {remarks.map((remark) => (
            <li key={remark} data-label>
              {remark}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Each of these numbers looks back over a year. */
const OF_QUARTERS = '12 months to the end of each quarter, the newest to today; –: too little data';

const NARROW = 2;

function Rows({ table, currency }: TableProps) {
  const { title, rowHead, columns, rows, chart } = table;
  const drawn = chart === 'bars' || chart === 'intervals';
  return (
    <table class={columns.length > NARROW ? 'wide' : (chart ?? undefined)} aria-label={title}>
      <thead>
        <tr>
          <th scope="col">{rowHead}</th>
          {columns.map(({ id, label }) => (
            <th key={id} scope="col" class="number" data-label>
              {label}
            </th>
          ))}
          {drawn && <td aria-hidden="true" />}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row" data-label>
              {row.label}
            </th>
            {row.cells.map((cell, index) => (
              <td key={columns[index]?.id} class="number" data-column={columns[index]?.label}>
                {cell !== null && <Num figure={cell} currency={currency} />}
              </td>
            ))}
            {drawn && <Drawn table={table} cell={row.cells.at(-1) ?? null} />}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The last number of a row as a picture; the number itself stands beside it. */
function Drawn({ table, cell }: { readonly table: FigureTable; readonly cell: Figure | null }) {
  const reach = widest(table.rows.map(({ cells }) => cells.at(-1) ?? null));
  return (
    <td class="bar" aria-hidden="true">
      {table.chart === 'bars' ? <Bar cell={cell} reach={reach} /> : <Whisker cell={cell} reach={reach} />}
    </td>
  );
}
