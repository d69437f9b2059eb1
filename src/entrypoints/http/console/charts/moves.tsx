import type { ComponentChildren } from 'preact';
import { Bar } from '../parts/bar.js';
import { count } from '../parts/words.js';

/** Accounts that go from one to another, most first, each with a bar. `moves` by `from > to`. */
export function Moves({
  moves,
  caption,
  word,
}: {
  readonly moves: Readonly<Record<string, number>>;
  readonly caption: string;
  readonly word: (id: string) => ComponentChildren;
}) {
  const lines = Object.entries(moves)
    .map(([move, n]) => ({ move, n, ...endsOf(move) }))
    .sort((a, b) => b.n - a.n || (a.move < b.move ? -1 : 1));
  const most = Math.max(1, ...lines.map(({ n }) => n));
  if (lines.length === 0) return <p class="quiet">Nobody moves.</p>;
  return (
    <table class="moves">
      <caption class="hidden">{caption}</caption>
      <thead class="hidden">
        <tr>
          <th scope="col">From and to</th>
          <th scope="col">Accounts</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ move, n, from, to }) => (
          <tr key={move}>
            <th scope="row">
              <span class="way">
                {word(from)} <span class="quiet">to</span> {word(to)}
              </span>
              <Bar parts={[{ from: 0, to: n / most, class: 'fill-move' }]} />
            </th>
            <td class="number">{count(n)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function endsOf(move: string): { readonly from: string; readonly to: string } {
  const [from = '', to = ''] = move.split(' > ');
  return { from, to };
}
