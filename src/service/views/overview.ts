import { parseDay } from '../../domain/day.js';
import type { ListedAccount } from '../../ports/standing-store.js';
import type { RunRecord, StateStore } from '../../ports/state-store.js';
import { type OverviewDay, overviewDays } from '../../sync/overview.js';
import { notedFirstLook } from '../../sync/rules.js';
import type { Desk } from '../desk.js';
import { type Need, needsOf } from './needs.js';

/** The book at a glance: nothing here is counted over the book while somebody waits. */
export interface OverviewView {
  /** The days of the trend on which a run ended, oldest first. */
  readonly days: readonly OverviewDay[];
  readonly latest: OverviewDay | null;
  /** The last noted day at least a week before the latest, to compare with; null without one. */
  readonly weekBefore: OverviewDay | null;
  /** Accounts that came to the band `risk` in the last week, latest first, at most 10. */
  readonly newlyAtRisk: readonly ListedAccount[];
  readonly needs: readonly Need[];
  readonly lastRun: RunRecord | null;
}

/** What a trend covers, in days. */
const TREND_DAYS = 90;
const WEEK = 7;
const MOST_AT_RISK = 10;

export async function overviewOf(desk: Desk, realNow: number): Promise<OverviewView> {
  const { state } = desk;
  const [lastRun = null] = await state.runs.list(1);
  const to = lastRun?.day ?? 0;
  const days = lastRun === null ? [] : await overviewDays(state.notes, { from: to - TREND_DAYS, to });
  const latest = days.at(-1) ?? null;
  return {
    days,
    latest,
    weekBefore: days.findLast(({ day }) => (parseDay(day) ?? 0) <= to - WEEK) ?? null,
    newlyAtRisk: await newlyAtRisk(state, to),
    needs: await needsOf(desk, realNow),
    lastRun,
  };
}

/** Whoever was at risk when we first looked is not newly so. */
async function newlyAtRisk(
  { notes, standings }: Pick<StateStore, 'notes' | 'standings'>,
  today: number,
): Promise<readonly ListedAccount[]> {
  const first = await notedFirstLook(notes);
  if (first === null) return [];
  const bandSince = Math.max(first + 1, today - WEEK + 1);
  return standings.list(
    { search: null, tier: null, band: 'risk', bandSince },
    { order: 'band-since', offset: 0, limit: MOST_AT_RISK },
  );
}
