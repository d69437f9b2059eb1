import type { Day } from '../domain/day.js';
import { numberOf } from '../domain/facts/row-values.js';
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
  moveLog,
  type Stayer,
  type TierMove,
} from '../domain/insight/tiers/moves.js';
import type { TierLine } from '../domain/tier/lines.js';
import type { TierId } from '../domain/tier/tier.js';
import type { AccountBundle } from '../ports/state-store.js';
import { PAGE, type Run } from '../sync/context.js';
import { closedDeals } from './closed-deals.js';

/** What was measured of the moves from one tier to another. */
export interface MeasuredMoves extends MoveEffect {
  readonly from: TierId;
  readonly to: TierId;
  /** All moves of this kind; those without an account like them are not measured. */
  readonly moves: number;
  readonly firstOn: Day;
  readonly lastOn: Day;
}

/** Renewals since the first move of all accounts that were never moved. */
export interface OthersRetention {
  readonly since: Day | null;
  readonly renewals: Count;
}

export interface MovesSheet {
  readonly kinds: readonly MeasuredMoves[];
  readonly others: OthersRetention;
}

const HISTORY_PAGE = 2_000;
const MOST_HISTORY = 400;

/** All moves that history tells of. What is kept is a tier for each account. */
export async function readMoves({ state }: Run): Promise<MoveLog> {
  const log = moveLog();
  let position = 0;
  for (;;) {
    const page = await state.assessments.historySince(position, HISTORY_PAGE);
    for (const { account, day, entry } of page.entries) log.add({ account, day, tier: shownIn(entry).tier });
    if (page.entries.length < HISTORY_PAGE) return log;
    position = page.position;
  }
}

interface Shown {
  readonly tier: string;
  readonly score: number | null;
}

function shownIn(entry: unknown): Shown {
  return (entry as { readonly shown: Shown }).shown;
}

/** An account as it stands today. */
export interface StandsNow {
  readonly tier: TierId;
  readonly since: Day;
  readonly measure: number | null;
}

/** Accounts that were never moved: those near a line, and how the renewals of all of them went, gathered while the book passes by. */
export function openStayers(run: Run, log: MoveLog, lines: readonly TierLine[]) {
  const stayers: Stayer[] = [];
  const renewals = new Map<Day, Count>();
  return {
    add: (bundle: AccountBundle, { tier, since, measure }: StandsNow) => {
      const account = bundle.account.id;
      if (log.settle(account, { tier, since })) return;
      for (const { on, type, won } of closedDeals(bundle, run.today)) {
        const { n, reached } = renewals.get(on) ?? { n: 0, reached: 0 };
        if (type === 'renewal') renewals.set(on, { n: n + 1, reached: reached + (won ? 1 : 0) });
      }
      if (measure !== null && lines.some(({ from }) => isNear(measure, from)))
        stayers.push({ account, tier, since, measure });
    },
    told: () => ({ stayers, others: othersSince(renewals, log.moves()) }),
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

function isNear(measure: number, line: number | null): boolean {
  return line !== null && measure >= line / 2 && measure <= line * 2;
}

interface MovesQuestion {
  readonly moves: readonly TierMove[];
  readonly stayers: readonly Stayer[];
  readonly lines: readonly TierLine[];
  readonly costPerAccount: (tier: TierId) => number | null;
}

/** Each kind of move against accounts like those that were moved. */
export async function measureMoves(run: Run, question: MovesQuestion): Promise<readonly MeasuredMoves[]> {
  const { moves, stayers, lines, costPerAccount } = question;
  const matched = matchedMoves({ moves, stayers, lineBetween: (a, b) => lineBetween(lines, a, b) });
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
    const days = kind.map(({ day }) => day);
    return [
      {
        from,
        to,
        moves: kind.length,
        firstOn: Math.min(...days),
        lastOn: Math.max(...days),
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
  const shown = history.map(({ day: on, entry }) => ({ day: on, score: shownIn(entry).score }));
  return aftermathOf(closedDeals(bundle, run.today), shown, {
    window: windowAfter(day, run.today),
    revenue: numberOf(bundle.account, 'arr') ?? 0,
  });
}
