import type { Figure, FigureTable } from '../../domain/insight/figure.js';
import { basisInWords, plain, whole } from './figure-words.js';
import { DASHES, MOST_LINES, shape } from './line-marks.js';
import { Few } from './num.js';

/** The numbers of a picture, beneath it: a row for each line with its key, a column for each quarter. */
export function Quarters({ table: { title, columns, rows } }: { readonly table: FigureTable }) {
  const percent = rows.some(({ cells }) => cells.some((cell) => cell?.unit === 'percent'));
  return (
    <table class="quarters" aria-label={`${title}, quarter by quarter`}>
      <thead>
        <tr>
          <th scope="col">{percent ? 'in %' : 'Tier'}</th>
          {rows.map(({ id, label }) => (
            <th key={id} scope="col" class="number" data-label>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {columns.map(({ id, label }, index) => (
          <tr key={id}>
            <th scope="row" data-label>
              <Key index={index} /> {label}
            </th>
            {rows.map((row) => (
              <td key={row.id} class="number">
                <Value figure={row.cells[index] ?? null} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Key({ index }: { readonly index: number }) {
  if (index >= MOST_LINES) return null;
  return (
    <svg class={`key series s${index}`} viewBox="0 0 26 10" aria-hidden="true" focusable="false">
      <path d="M0 5H26" stroke-dasharray={DASHES[index]} />
      <path class="mark" d={shape(index, { x: 13, y: 5 })} />
    </svg>
  );
}

/** The unit stands at the head. A dash is too little data. */
function Value({ figure }: { readonly figure: Figure | null }) {
  if (figure === null) return null;
  return (
    <abbr title={basisInWords(figure)}>
      <span class="value">
        {figure.value === null ? '–' : plain(figure.value)}
        <Few figure={figure} />
      </span>
      <small>{`n ${whole(figure.n)}`}</small>
    </abbr>
  );
}
