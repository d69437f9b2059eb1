import { type Day, within } from '../../day.js';
import { earliestOf, latestOf, percentOf, rounded, sumOf } from '../aggregate.js';
import type { AccountSubject, Derived, FactBasis } from '../book.js';
import { dayFact, numberFact, timedFact } from '../define.js';
import type { FactDefinition } from '../fact.js';
import type { CrmRow } from '../record.js';
import { numberOf, textOf } from '../row-values.js';

/** What is used, and whether it grows. */
export const USAGE_FACTS = {
  'usage.activeUsers7': numberFact(
    ['most active users on a day of the last 7', 'users'],
    ['usage.activeUsers', 'usage.on'],
    ['account.activeUsers'],
  ),
  'usage.activeUsers28': numberFact(
    ['most active users on a day of the last 28', 'users'],
    ['usage.activeUsers', 'usage.on'],
    ['account.activeUsers'],
  ),
  'usage.trend': timedFact(
    ['use a day in 28 days against the 12 weeks before', '%'],
    ['usage.count', 'usage.on'],
  ),
  'usage.keyActionTrend': timedFact(
    ['key actions a day in 28 days against the 12 weeks before', '%'],
    ['usage.keyActions', 'usage.on'],
  ),
  'usage.count28': numberFact(['times used in 28 days', 'times'], ['usage.count', 'usage.on']),
  'usage.keyActions28': numberFact(['key actions in 28 days', 'actions'], ['usage.keyActions', 'usage.on']),
  'usage.firstValueOn': dayFact('first value: the first key action', ['usage.keyActions', 'usage.on']),
  'usage.featuresUsed90': numberFact(
    ['features used in 90 days', 'features'],
    ['usage.feature', 'usage.on'],
    ['account.featuresUsed'],
  ),
  'usage.featureShare': timedFact(
    ['share of entitled features used', '%'],
    ['usage.feature', 'usage.on', 'account.featuresEntitled'],
    ['account.featuresUsed', 'account.featuresEntitled'],
  ),
  'usage.licenceUse': timedFact(
    ['share of licensed seats active in 28 days', '%'],
    ['usage.activeUsers', 'usage.on', 'account.seats'],
    ['account.activeUsers', 'account.seats'],
  ),
  'usage.errors28': numberFact(['errors met in 28 days', 'errors'], ['usage.errors', 'usage.on']),
  'usage.errorRate28': numberFact(
    ['errors in a hundred uses in 28 days', '%'],
    ['usage.errors', 'usage.count', 'usage.on'],
  ),
  'usage.activeDays28': numberFact(['days with use in 28 days', 'days'], ['usage.on']),
  'usage.firstUsedOn': dayFact('first used', ['usage.on']),
  'usage.lastUsedOn': dayFact('last used', ['usage.on']),
} as const satisfies Record<string, FactDefinition>;

const RECENT_DAYS = 28;
const BEFORE_DAYS = 84;

interface Feed {
  /** Up to the day on which the feed ends. */
  readonly rows: readonly CrmRow[];
  readonly end: Day;
}
interface Source {
  readonly value: number | null;
  readonly asOf: Day | null;
}

/**
 * Use over windows that end where the feed ends, and as old as that: a feed that stopped is stale,
 * not zero. Where no usage is mapped, what the account itself keeps stands in.
 */
export function deriveUsage(
  { account, rows }: AccountSubject,
  basis: FactBasis,
): Derived<keyof typeof USAGE_FACTS> {
  const feed = feedOf(rows.usage, basis);
  const kept = (attribute: string): Source => ({ value: numberOf(account, attribute), asOf: basis.today });
  const users = (days: number): Source =>
    feed && basis.mapped.has('usage.activeUsers') ? since(feed, mostUsers(feed, days)) : kept('activeUsers');
  const features =
    feed && basis.mapped.has('usage.feature') ? since(feed, featuresIn(feed, 90)) : kept('featuresUsed');
  const [active7, active28] = [users(7), users(28)];
  return {
    values: {
      ...usesIn(feed),
      ...daysIn(feed),
      'usage.activeUsers7': active7.value,
      'usage.activeUsers28': active28.value,
      'usage.licenceUse': percentOf(active28.value, numberOf(account, 'seats')),
      'usage.featuresUsed90': features.value,
      'usage.featureShare': percentOf(features.value, numberOf(account, 'featuresEntitled')),
    },
    asOf: {
      'usage.activeUsers7': active7.asOf,
      'usage.activeUsers28': active28.asOf,
      'usage.licenceUse': active28.asOf,
      'usage.featuresUsed90': features.asOf,
      'usage.featureShare': features.asOf,
    },
    otherwiseAsOf: feed?.end ?? null,
  };
}

function feedOf(rows: readonly CrmRow[] | undefined, { feeds, today }: FactBasis): Feed | null {
  const end = feeds.usage === undefined ? today : feeds.usage;
  if (!rows || end === null) return null;
  const reached = Math.min(end, today);
  return { rows: rows.filter((row) => (numberOf(row, 'on') ?? Infinity) <= reached), end: reached };
}

function since(feed: Feed, value: number | null): Source {
  return { value, asOf: feed.end };
}

/** Rows of the window of `days` that ends `ago` days before the end of the feed. */
function windowOf(feed: Feed, days: number, ago = 0): readonly CrmRow[] {
  return feed.rows.filter((row) => within(numberOf(row, 'on'), feed.end - ago, days));
}

/** Null for an account that the feed never named: nobody knows whether it is silent or not measured. */
function mostUsers(feed: Feed, days: number): number | null {
  if (feed.rows.length === 0) return null;
  return windowOf(feed, days).reduce((most, row) => Math.max(most, numberOf(row, 'activeUsers') ?? 0), 0);
}

function featuresIn(feed: Feed, days: number): number {
  const used = windowOf(feed, days).filter((row) => numberOf(row, 'count') !== 0);
  return new Set(used.map((row) => textOf(row, 'feature')).filter((feature) => feature !== null)).size;
}

function totalOf(rows: readonly CrmRow[], attribute: string): number {
  return sumOf(rows.map((row) => numberOf(row, attribute))) ?? 0;
}

function usesIn(feed: Feed | null) {
  const recent = feed ? windowOf(feed, RECENT_DAYS) : null;
  const count = recent && totalOf(recent, 'count');
  const errors = recent && totalOf(recent, 'errors');
  return {
    'usage.trend': feed && trendOf(feed, 'count'),
    'usage.keyActionTrend': feed && trendOf(feed, 'keyActions'),
    'usage.count28': count,
    'usage.keyActions28': recent && totalOf(recent, 'keyActions'),
    'usage.errors28': errors,
    'usage.errorRate28': percentOf(errors, count),
    'usage.activeDays28': recent && new Set(recent.map((row) => numberOf(row, 'on'))).size,
  };
}

/** Percent by which a day's use changed; null where fewer than 28 days lie before, or nothing was used. */
function trendOf(feed: Feed, attribute: string): number | null {
  const first = earliestOf(feed.rows.map((row) => numberOf(row, 'on')));
  const before = Math.min(BEFORE_DAYS, first === null ? 0 : feed.end - RECENT_DAYS - first + 1);
  if (before < RECENT_DAYS) return null;
  const perDay = totalOf(windowOf(feed, RECENT_DAYS), attribute) / RECENT_DAYS;
  const perDayBefore = totalOf(windowOf(feed, before, RECENT_DAYS), attribute) / before;
  return perDayBefore > 0 ? rounded((perDay / perDayBefore - 1) * 100, 1) : null;
}

function daysIn(feed: Feed | null) {
  const rows = feed?.rows ?? [];
  const used = rows.filter((row) => numberOf(row, 'count') !== 0);
  const valued = rows.filter((row) => (numberOf(row, 'keyActions') ?? 0) > 0);
  return {
    'usage.firstUsedOn': earliestOf(used.map((row) => numberOf(row, 'on'))),
    'usage.lastUsedOn': latestOf(used.map((row) => numberOf(row, 'on'))),
    'usage.firstValueOn': earliestOf(valued.map((row) => numberOf(row, 'on'))),
  };
}
