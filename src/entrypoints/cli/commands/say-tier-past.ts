import { spokenDay } from '../../../domain/day.js';
import type { Measured, Segment } from '../../../domain/insight/tiers/segments.js';
import type { MeasuredMoves, MovesSheet } from '../../../insight/tier-moves.js';
import { count, counted, percent } from '../numbers.js';
import type { Terminal } from '../terminal.js';
import { between, exceptFor, knownMoney, money, points } from './in-words.js';

type Saying = Pick<Terminal, 'say' | 'colors'>;

/** Segments side by side. */
export function saySegments({ say, colors }: Saying, segments: readonly Segment[]): void {
  for (const [by, own] of Map.groupBy(segments, (one) => one.by)) {
    say();
    say(
      colors.bold(
        `By ${by}: left in a year, expanded in a year, cases, hours, cost of revenue (95 % intervals)`,
      ),
    );
    for (const one of own) {
      say(
        `  ${one.segment} (${counted(one.accounts, 'customer', 'customers')}, ${knownMoney(one.revenue)}${exceptFor(one.revenue, one.revenueUnknown)})`,
      );
      const hours =
        one.hoursPerAccount === null ? 'hours not said' : `${money(one.hoursPerAccount)} hours each`;
      const cost = one.costShare === null ? 'cost not said' : `cost ${percent(one.costShare)} of revenue`;
      say(
        `    left ${measured(one.churn, percent)}; expanded ${measured(one.growth, percent)}; cases ${measured(one.cases, (cases) => cases.toFixed(1))}; ${hours}; ${cost}`,
      );
    }
  }
}

function measured({ n, estimate }: Measured, inWords: (number: number) => string): string {
  return `${estimate === null ? 'too little data' : between(estimate, inWords)}, n = ${count(n)}`;
}

/** What became of the accounts that changed tier. */
export function sayMoves({ say, colors }: Saying, { kinds, others }: MovesSheet): void {
  say();
  say(colors.bold('What earlier tier moves brought'));
  if (kinds.length === 0) say('  No account has changed its tier since Truenorth began to look.');
  for (const kind of kinds) for (const line of moveInWords(kind)) say(`  ${line}`);
  if (others.since === null) return;
  const { n, reached } = others.renewals;
  const kept =
    n === 0 ? 'no renewal was closed' : `${percent(reached / n)} of ${counted(n, 'renewal', 'renewals')} won`;
  say(`  All before a move of their own, since ${spokenDay(others.since)}: ${kept}.`);
}

function moveInWords({
  from,
  to,
  moves,
  pairs,
  firstOn,
  lastOn,
  retention,
  growth,
  score,
  addedCost,
  worth,
}: MeasuredMoves): readonly string[] {
  const days =
    firstOn === lastOn ? `on ${spokenDay(firstOn)}` : `from ${spokenDay(firstOn)} to ${spokenDay(lastOn)}`;
  const told = (difference: Parameters<typeof between>[0] | null, n: number, unit: string): string =>
    difference === null
      ? `too little data (n = ${count(n)})`
      : `${between(difference, unit === 'score' ? (one) => one.toFixed(1) : points)} points (n = ${count(n)})`;
  return [
    `${from} to ${to}: ${counted(moves, 'move', 'moves')} ${days}, ${count(pairs)} with an account like it`,
    `  retention ${told(retention.difference, Math.min(retention.moved.n, retention.like.n), 'share')}; growth ${told(growth.difference, growth.moved.n, 'share')}; score ${told(score.difference, Math.min(score.moved.n, score.like.n), 'score')}`,
    `  added cost ${addedCost === null ? 'not said' : `${money(addedCost)} a customer and year`}; left of the revenue kept ${worth === null ? 'too little data' : between(worth, money)}`,
  ];
}
