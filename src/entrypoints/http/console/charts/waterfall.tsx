import type { PointsLost } from '../../../../domain/health/assessment.js';
import { Bar } from '../parts/bar.js';

export interface WaterfallProps {
  /** Shown score, 0-100. */
  readonly score: number;
  readonly band: string;
  /** Their shown points sum to `100 - score` exactly. */
  readonly lost: readonly Pick<PointsLost, 'source' | 'cents' | 'shown' | 'text'>[];
}

/** From 100 points down to the score, one step for each driver: the table says what the bars show. */
export function Waterfall({ score, band, lost }: WaterfallProps) {
  let left = 100;
  const steps = lost
    .filter(({ cents }) => cents !== 0)
    .map((line) => {
      const from = left;
      left -= line.shown;
      return { ...line, from, to: left };
    });
  return (
    <table class="waterfall">
      <caption class="hidden">Where the points went, from 100 to the score of {score}</caption>
      <thead class="hidden">
        <tr>
          <th scope="col">What costs points</th>
          <th scope="col">Points</th>
        </tr>
      </thead>
      <tbody>
        <tr class="whole">
          <th scope="row">
            All points
            <Bar parts={[{ from: 0, to: 1, class: 'fill-whole' }]} />
          </th>
          <td class="number">100</td>
        </tr>
        {steps.map(({ source, text, shown, cents, from, to }) => (
          <tr key={source}>
            <th scope="row" dir="auto">
              <Reason text={text} />
              <Bar
                parts={[
                  { from: 0, to: to / 100, class: 'fill-left' },
                  {
                    from: to / 100,
                    to: from / 100,
                    class: source.startsWith('guard:') ? 'fill-guard' : 'fill-loss',
                  },
                ]}
              />
            </th>
            <td class="number" title={`exactly ${(cents / 100).toFixed(2)} points`}>
              {shown > 0 ? `−${shown}` : shown < 0 ? `+${-shown}` : '0'}
            </td>
          </tr>
        ))}
        <tr class="whole">
          <th scope="row">
            Score
            <Bar parts={[{ from: 0, to: score / 100, class: `fill-${band}` }]} />
          </th>
          <td class="number">
            <strong>{score}</strong>
          </td>
        </tr>
      </tbody>
    </table>
  );
}

/** `Support: 2 critical cases open`: the subject stands out. */
function Reason({ text }: { readonly text: string }) {
  const at = text.indexOf(': ');
  if (at < 0) return <span class="reason">{text}</span>;
  return (
    <span class="reason">
      <b>{text.slice(0, at)}</b> {text.slice(at + 2)}
    </span>
  );
}
