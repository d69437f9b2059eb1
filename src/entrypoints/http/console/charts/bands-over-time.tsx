import type { OverviewDay } from '../../../../sync/overview.js';
import { BANDS, type BandId, BandMark, bandWord } from '../parts/band.js';
import { Scroll } from '../parts/scroll.js';
import { count, dayText, shortDay } from '../parts/words.js';

const WIDTH = 720;
const HEIGHT = 200;
const MS_PER_DAY = 86_400_000;

/** From the bottom up: what is in danger stands on the ground line, where it can be compared from day to day. */
const STACKED: readonly BandId[] = BANDS;

/** Accounts by band, a column for each day on which a run ended; days without one stay empty. */
export function BandsOverTime({ days }: { readonly days: readonly OverviewDay[] }) {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return null;
  const columns = columnsOf(days);
  const middle = days[Math.floor(days.length / 2)] ?? last;
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={summary(first, last)}>
        <path class="grid" d={`M0 .5H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}M0 ${HEIGHT - 0.5}H${WIDTH}`} />
        {columns.map(({ key, class: kind, ...rect }) => (
          <rect key={key} class={kind} {...rect} />
        ))}
      </svg>
      <p class="ends" aria-hidden="true">
        <span>{shortDay(first.day)}</span>
        {days.length > 4 && <span>{shortDay(middle.day)}</span>}
        {days.length > 1 && <span>{shortDay(last.day)}</span>}
      </p>
      <Legend day={last} />
      <Table days={days} />
    </figure>
  );
}

function columnsOf(days: readonly OverviewDay[]) {
  const at = ({ day }: OverviewDay): number => Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY;
  const start = Math.min(...days.map(at));
  const span = Math.max(14, Math.max(...days.map(at)) - start + 1);
  const most = Math.max(1, ...days.map(({ accounts }) => accounts));
  const step = WIDTH / span;
  return days.flatMap((day) => {
    let top = HEIGHT;
    return STACKED.map((band) => {
      const height = ((day.bands[band] ?? 0) / most) * HEIGHT;
      top -= height;
      return {
        key: `${day.day}-${band}`,
        class: `fill-${band}`,
        x: round((at(day) - start) * step),
        y: round(top),
        width: round(Math.max(1, step - (step > 4 ? 1.5 : 0))),
        height: round(height),
      };
    });
  });
}

function Legend({ day }: { readonly day: OverviewDay }) {
  return (
    <ul class="legend" aria-hidden="true">
      {[...STACKED].reverse().map((band) => (
        <li key={band}>
          <BandMark band={band} /> {bandWord(band)} {count(day.bands[band] ?? 0)}
        </li>
      ))}
    </ul>
  );
}

function Table({ days }: { readonly days: readonly OverviewDay[] }) {
  return (
    <details class="more">
      <summary>Bands as a table</summary>
      <Scroll label="Accounts by band and day">
        <table>
          <thead>
            <tr>
              <th scope="col">Day</th>
              {STACKED.map((band) => (
                <th scope="col" class="number" key={band}>
                  {bandWord(band)}
                </th>
              ))}
              <th scope="col" class="number">
                Mean score
              </th>
            </tr>
          </thead>
          <tbody>
            {[...days].reverse().map((day) => (
              <tr key={day.day}>
                <th scope="row">{dayText(day.day)}</th>
                {STACKED.map((band) => (
                  <td class="number" key={band}>
                    {count(day.bands[band] ?? 0)}
                  </td>
                ))}
                <td class="number">{day.score ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}

function summary(first: OverviewDay, last: OverviewDay): string {
  const said = (day: OverviewDay): string =>
    `${dayText(day.day)}: ${STACKED.map((band) => `${bandWord(band)} ${count(day.bands[band] ?? 0)}`).join(', ')}`;
  return first === last
    ? `Accounts by band on ${said(last)}`
    : `Accounts by band from ${said(first)} to ${said(last)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
