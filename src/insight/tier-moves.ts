import type { Day } from '../domain/day.js';
import type { Count } from '../domain/insight/intervals.js';
import {
  type Aftermath,
  aftermathOf,
  type MoveEffect,
  moveEffect,
  windowAfter,
} from '../domain/insight/tiers/move-effect.js';
import {
  type MatchedMove,
  type MoveLog,
  matchedMoves,
  type TierMove,
} from '../domain/insight/tiers/moves.js';
import type { TierLine } from '../domain/tier/lines.js';
import type { TierId } from '../domain/tier/tier.js';
import type { AccountBundle } from '../ports/state-store.js';
import { PAGE, type Run } from '../sync/context.js';
import { closedDeals } from './closed-deals.js';
import { keptIn } from './move-history.js';
import { revenueOf } from './tier-book.js';

/** What was measured of the moves from one tier to another. */
export interface MeasuredMoves extends MoveEffect {
  readonly from: TierId;
  readonly to: TierId;
  /** All moves of this kind; those without an account like them are not measured. */
  readonly moves: number;
  readonly firstOn: Day;
  readonly lastOn: Day;
}

/** Renewals since the first move of all accounts, of those that had not been moved by the close. */
export interface OthersRetention {
  readonly since: Day | null;
  readonly renewals: Count;
}

export interface MovesSheet {
  readonly kinds: readonly MeasuredMoves[];
  readonly others: OthersRetention;
}

const MOST_HISTORY = 400;

/** An account as it stands today. */
export interface StandsNow {
  readonly tier: TierId;
  readonly since: Day;
}

/** How renewals went before any move of the account itself, and who was lost, gathered while the book passes by. */
export function openRenewals(run: Run, log: MoveLog) {
  const renewals = new Map<Day, Count>();
  const lostOn = new Map<string, readonly Day[]>();
  return {
    add: (bundle: AccountBundle, now: StandsNow) => {
      const moves = log.settle(bundle.account.id, now);
      const firstMove = moves[0]?.day ?? Infinity;
      const closed = closedDeals(bundle, run.today).filter(({ type }) => type === 'renewal');
      for (const { on, won } of closed.filter((one) => one.on <= firstMove)) {
        const { n, reached } = renewals.get(on) ?? { n: 0, reached: 0 };
        renewals.set(on, { n: n + 1, reached: reached + (won ? 1 : 0) });
      }
      const lost = closed.flatMap(({ on, won }) => (won ? [] : [on]));
      if (moves.length > 0 && lost.length > 0) lostOn.set(bundle.account.id, lost);
    },
    told: () => ({ lostOn, others: othersSince(renewals, log.moves()) }),
  };
}

function othersSince(renewals: ReadonlyMap<Day, Count>, moves: readonly TierMove[]): OthersRetention {
  const since = moves.reduce<Day | null>(
    (first, { day }) => (first === null || day < first ? day : first),
    null,
  );
  const counted = [...renewals].filter(([on]) => since !== null && on > since).map(([, count]) => count);
  return {
    since,
    renewals: {
      n: counted.reduce((sum, { n }) => sum + n, 0),
      reached: counted.reduce((sum, { reached }) => sum + reached, 0),
    },
  };
}

function kindOf({ from, to }: TierMove): string {
  return `${from}\n${to}`;
}

interface MovesQuestion {
  readonly log: MoveLog;
  readonly lostOn: ReadonlyMap<string, readonly Day[]>;
  readonly lines: readonly TierLine[];
  readonly costPerAccount: (tier: TierId) => number | null;
}

/** Each kind of move against accounts like those that were moved. */
export async function measureMoves(run: Run, question: MovesQuestion): Promise<readonly MeasuredMoves[]> {
  const { log, lostOn, lines, costPerAccount } = question;
  const moves = log.moves();
  const matched = matchedMoves({
    moves,
    standings: log.standings(),
    lostOn,
    lineBetween: (a, b) => lineBetween(lines, a, b),
    today: run.today,
  });
  const aftermaths = await aftermathsOf(run, matched);
  const kinds = [...Map.groupBy(moves, kindOf).values()];
  return kinds.flatMap((kind) => {
    const { from, to } = kind[0] ?? { from: '', to: '' };
    const pairs = matched
      .filter(({ move }) => move.from === from && move.to === to)
      .flatMap(({ move, like }) => {
        const [one, other] = [aftermaths.get(keyOf(move.account, move)), aftermaths.get(keyOf(like, move))];
        return one === undefined || other === undefined ? [] : [{ moved: one, like: other }];
      });
    const [there, here] = [costPerAccount(to), costPerAccount(from)];
    return [
      {
        from,
        to,
        moves: kind.length,
        firstOn: kind.reduce((first, { day }) => Math.min(first, day), Infinity),
        lastOn: kind.reduce((last, { day }) => Math.max(last, day), -Infinity),
        ...moveEffect(pairs, there === null || here === null ? null : there - here),
      },
    ];
  });
}

/** The line that parts two tiers: the lower line of the more personal one. */
function lineBetween(lines: readonly TierLine[], a: TierId, b: TierId): number | null {
  const at = lines.findIndex(({ tier }) => tier === a || tier === b);
  const from = lines[at]?.from ?? null;
  return from !== null && Number.isFinite(from) ? from : null;
}

function keyOf(account: string, { day }: TierMove): string {
  return `${account}\n${day}`;
}

async function aftermathsOf(
  run: Run,
  matched: readonly MatchedMove[],
): Promise<ReadonlyMap<string, Aftermath>> {
  const asked = matched.flatMap(({ move, like }) => [
    { account: move.account, move },
    { account: like, move },
  ]);
  const told = new Map<string, Aftermath>();
  for (let from = 0; from < asked.length; from += PAGE) {
    const page = asked.slice(from, from + PAGE);
    const bundles = await run.state.assessments.bundlesOf([...new Set(page.map(({ account }) => account))]);
    const found = new Map(bundles.map((bundle) => [bundle.account.id, bundle]));
    for (const { account, move } of page) {
      const bundle = found.get(account);
      if (bundle !== undefined) told.set(keyOf(account, move), await aftermathIn(run, bundle, move));
    }
  }
  return told;
}

async function aftermathIn(run: Run, bundle: AccountBundle, { day }: TierMove): Promise<Aftermath> {
  const history = await run.state.assessments.history(bundle.account.id, MOST_HISTORY);
  const shown = history.map(({ day: on, entry }) => ({ day: on, score: keptIn(entry).shown.score }));
  const then = history.find(({ day: on }) => on <= day);
  return aftermathOf(closedDeals(bundle, run.today), shown, {
    window: windowAfter(day, run.today),
    revenue: then === undefined ? null : revenueOf(keptIn(then.entry).record.inputs),
  });
}
