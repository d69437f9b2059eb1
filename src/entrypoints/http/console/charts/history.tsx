import { BAND_SHAPES, BandMark, bandId, bandWord } from '../parts/band.js';
import { Scroll } from '../parts/scroll.js';
import { dayText, shortDay } from '../parts/words.js';

/** How an account stood from a day on. */
export interface HistoryPoint {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly score: number | null;
  readonly band: string;
  readonly tier: string;
}

const WIDTH = 640;
const HEIGHT = 150;
const EDGE = 12;

/** Scores as steps (each holds until the next), with the band of each as a shape. `points` oldest first; `until` is the last day known. */
export function History({
  points,
  until,
}: {
  readonly points: readonly HistoryPoint[];
  readonly until: string;
}) {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined)
    return <p class="quiet">The history begins with the first assessment.</p>;
  const placed = place(points, until);
  return (
    <figure class="chart">
      <div class="plot">
        <span class="axis high" aria-hidden="true">
          100
        </span>
        <span class="axis low" aria-hidden="true">
          0
        </span>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={summary(points, first, last)}>
          <path class="grid" d={[0, 50, 100].map((score) => `M0 ${height(score)}H${WIDTH}`).join('')} />
          <path class="line" d={steps(placed)} />
          {placed.slice(0, -1).map(({ key, x, y, band }) => (
            <path
              key={key}
              class={`fill-${bandId(band)} spot`}
              d={BAND_SHAPES[bandId(band)]}
              fill-rule="evenodd"
              transform={`translate(${x - 6} ${y - 6}) scale(.75)`}
            />
          ))}
        </svg>
      </div>
      <p class="ends" aria-hidden="true">
        <span>{shortDay(first.day)}</span>
        <span>{shortDay(until)}</span>
      </p>
      <Table points={points} />
    </figure>
  );
}

interface Placed {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly known: boolean;
  readonly band: string;
}

/** The last one stands for today. Without a score the mark keeps the height of the last known one: at 0 it would look like one. */
function place(points: readonly HistoryPoint[], until: string): readonly Placed[] {
  const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);
  const start = at(points[0]?.day ?? until);
  const span = Math.max(1, at(until) - start);
  let known = points.find(({ score }) => score !== null)?.score ?? 50;
  const today = points.at(-1);
  return [...points, ...(today === undefined ? [] : [{ ...today, day: until }])].map((point, index) => {
    known = point.score ?? known;
    const x = EDGE + ((at(point.day) - start) / span) * (WIDTH - 2 * EDGE);
    return {
      key: `${point.day}-${index}`,
      x: round(x),
      y: height(known),
      known: point.score !== null,
      band: point.band,
    };
  });
}

/** The line is broken where there was no score. */
function steps(placed: readonly Placed[]): string {
  return placed
    .map(({ x, y, known }, index) => {
      const before = placed[index - 1];
      if (before?.known) return known ? `H${x}V${y}` : `H${x}`;
      return known ? `M${x} ${y}` : '';
    })
    .join('');
}

function height(score: number): number {
  return round(HEIGHT - EDGE - (score / 100) * (HEIGHT - 2 * EDGE));
}

function Table({ points }: { readonly points: readonly HistoryPoint[] }) {
  return (
    <details class="more">
      <summary>History as a table</summary>
      <Scroll label="History of score, band and tier">
        <table>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col" class="number">
                Score
              </th>
              <th scope="col">Band</th>
              <th scope="col">Tier</th>
            </tr>
          </thead>
          <tbody>
            {[...points].reverse().map(({ day, score, band, tier }, index) => (
              <tr key={`${day}-${index}`}>
                <th scope="row">{dayText(day)}</th>
                <td class="number">{score ?? 'none'}</td>
                <td>
                  <BandMark band={band} /> {bandWord(band)}
                </td>
                <td dir="auto">{tier}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}

function summary(points: readonly HistoryPoint[], first: HistoryPoint, last: HistoryPoint): string {
  const said = ({ score, band, day }: HistoryPoint): string =>
    `${score === null ? 'no score' : `score ${score}`} (${bandWord(band)}) from ${dayText(day)}`;
  return points.length === 1
    ? `History: ${said(last)}`
    : `History of ${points.length} changes: ${said(first)}; ${said(last)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
