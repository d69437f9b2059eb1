import type { ArmResult } from '../../../../domain/program/lift.js';
import type { MeasuredLift } from '../../../../sync/measure-lift.js';
import { count, percent } from '../parts/words.js';

const WIDTH = 480;
const HEIGHT = 56;

/** What a playbook changed: the difference of the rates with its 95 % interval around it, and the two arms beneath. */
export function LiftChart({ lift }: { readonly lift: MeasuredLift }) {
  return (
    <div class="lift">
      {lift.difference === null ? (
        <p class="quiet">
          Too little data: it takes {lift.floor} accounts with a finished goal window on each side;{' '}
          {lift.lacking.treated} treated and {lift.lacking.heldOut} held-out accounts are lacking.
        </p>
      ) : (
        <Interval {...lift.difference} verdict={lift.verdict} />
      )}
      <table>
        <caption class="hidden">Goal reached, by treated and held-out accounts</caption>
        <thead>
          <tr>
            <th scope="col">Accounts</th>
            <th scope="col" class="number">
              All
            </th>
            <th scope="col" class="number">
              Goal reached
            </th>
            <th scope="col" class="number">
              Rate
            </th>
          </tr>
        </thead>
        <tbody>
          <Arm name="Treated" arm={lift.treated} />
          <Arm name="Held out" arm={lift.heldOut} />
        </tbody>
      </table>
    </div>
  );
}

function Arm({ name, arm }: { readonly name: string; readonly arm: ArmResult }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td class="number">{count(arm.n)}</td>
      <td class="number">{count(arm.reached)}</td>
      <td class="number">{arm.rate === null ? '–' : percent(arm.rate)}</td>
    </tr>
  );
}

interface IntervalProps {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly verdict: MeasuredLift['verdict'];
}

function Interval({ value, low, high, verdict }: IntervalProps) {
  const reach = Math.max(0.1, Math.abs(low), Math.abs(high)) * 1.15;
  const x = (share: number): number => Math.round((0.5 + share / reach / 2) * WIDTH);
  const said = `${points(value)} points (95 % interval ${points(low)} to ${points(high)}): ${verdict}`;
  const kind = verdict === 'better' ? 'healthy' : verdict === 'worse' ? 'risk' : 'unknown';
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={said}>
        <path class="zero" d={`M${WIDTH / 2} 4V${HEIGHT - 4}`} />
        <path class="whisker" d={`M${x(low)} 20V36M${x(high)} 20V36M${x(low)} 28H${x(high)}`} />
        <circle class={`fill-${kind} spot`} cx={x(value)} cy="28" r="7" />
      </svg>
      <p class="ends" aria-hidden="true">
        <span>{points(-reach)}</span>
        <span>0</span>
        <span>{points(reach)}</span>
      </p>
      <figcaption>{said}</figcaption>
    </figure>
  );
}

/** A share as points with a sign: `+4.2`. */
function points(share: number): string {
  const text = Math.abs(share * 100).toFixed(1);
  return share < 0 ? `−${text}` : `+${text}`;
}
