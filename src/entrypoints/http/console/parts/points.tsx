import type { AccountView } from '../../../../service/views/account.js';
import { Waterfall } from '../charts/waterfall.js';
import { bandWord } from './band.js';
import { dayText, signed } from './words.js';

interface LostProps {
  readonly account: AccountView;
  /** Labels of the guards that hold, and of the signals that are not known. */
  readonly guards: readonly string[];
  readonly missing: readonly string[];
}

/** Where the points of an account went; without a score, what would have to be known. */
export function Lost({ account, guards, missing }: LostProps) {
  if (account.score === null)
    return (
      <div class="note warn">
        <p>Too little is known for a score. Missing: {missing.join(', ')}.</p>
        {guards.length > 0 && <p>Holding all the same: {guards.join(', ')}.</p>}
      </div>
    );
  const lost = account.pointsLost.map(({ hundredths, points, source, text }) => ({
    source,
    text,
    cents: hundredths,
    shown: points,
  }));
  const cutting = lost.some(({ source }) => source.startsWith('guard:')) ? 1 : 0;
  return (
    <>
      <Waterfall score={account.score} band={account.band} lost={lost} />
      {guards.length > cutting && <p class="quiet">Also holding: {guards.slice(cutting).join(', ')}.</p>}
    </>
  );
}

/** What the last change of score or band was made of. */
export function Change({ account: { change, changed } }: { readonly account: AccountView }) {
  if (changed === null) return null;
  const known = (score: number | null): string => (score === null ? 'no score' : String(score));
  const lines = change.filter(({ points }) => points !== 0);
  return (
    <details class="more">
      <summary>
        Last change, {dayText(changed.on)}: {known(changed.fromScore)} to {known(changed.toScore)}
      </summary>
      <ul class="changes">
        {lines.map(({ source, label, points }) => (
          <li key={source}>
            <span class={points > 0 ? 'points gained' : 'points lost'}>{signed(points)}</span>
            <span dir="auto">{label}</span>
          </li>
        ))}
      </ul>
      {lines.length === 0 && <p class="quiet">The band is now: {bandWord(changed.toBand).toLowerCase()}.</p>}
    </details>
  );
}
