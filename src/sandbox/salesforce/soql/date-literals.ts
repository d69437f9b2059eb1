import { type LocalDay, plusDays, weekDay } from './local-time.js';

/** A run of local days: from the first up to, not including, the second. */
export interface DayRange {
  readonly from: LocalDay;
  readonly until: LocalDay;
}

type Unit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';

/** The days a literal means on this day. `n` is the number behind the colon; null where the literal is unknown. */
export function literalRange(literal: string, n: number, today: LocalDay): DayRange | null {
  const name = literal.toUpperCase().replace(/:.*$/, '').replace('FISCAL_', '');
  const named = NAMED[name];
  if (named !== undefined) {
    return span(named.unit, today, { first: named.first, count: named.count });
  }
  const counted = /^(LAST|NEXT)_N_(DAY|WEEK|MONTH|QUARTER|YEAR)S$/.exec(name);
  if (counted !== null && isUnit(counted[2])) {
    return countedRange(counted[1] === 'LAST', counted[2], { n, today });
  }
  const ago = /^N_(DAY|WEEK|MONTH|QUARTER|YEAR)S_AGO$/.exec(name)?.[1];
  return isUnit(ago) ? span(ago, today, { first: -n, count: 1 }) : null;
}

function isUnit(text: string | undefined): text is Unit {
  return text === 'DAY' || text === 'WEEK' || text === 'MONTH' || text === 'QUARTER' || text === 'YEAR';
}

/** LAST_N_DAYS runs up to and including today; longer units leave the current one out (documented samples). */
function countedRange(
  last: boolean,
  unit: Unit,
  { n, today }: { readonly n: number; readonly today: LocalDay },
): DayRange {
  if (!last) {
    return span(unit, today, { first: 1, count: n });
  }
  return span(unit, today, { first: -n, count: unit === 'DAY' ? n + 1 : n });
}

interface Named {
  readonly unit: Unit;
  readonly first: number;
  readonly count: number;
}

const NAMED: Readonly<Record<string, Named>> = {
  TODAY: { unit: 'DAY', first: 0, count: 1 },
  YESTERDAY: { unit: 'DAY', first: -1, count: 1 },
  TOMORROW: { unit: 'DAY', first: 1, count: 1 },
  // Includes today: 91 days (facts §3).
  LAST_90_DAYS: { unit: 'DAY', first: -90, count: 91 },
  NEXT_90_DAYS: { unit: 'DAY', first: 1, count: 90 },
  ...around('WEEK'),
  ...around('MONTH'),
  ...around('QUARTER'),
  ...around('YEAR'),
};

function around(unit: Unit): Readonly<Record<string, Named>> {
  return {
    [`LAST_${unit}`]: { unit, first: -1, count: 1 },
    [`THIS_${unit}`]: { unit, first: 0, count: 1 },
    [`NEXT_${unit}`]: { unit, first: 1, count: 1 },
  };
}

function span(
  unit: Unit,
  today: LocalDay,
  { first, count }: { readonly first: number; readonly count: number },
): DayRange {
  return { from: shift(unit, today, first), until: shift(unit, today, first + count) };
}

/** The first day of the unit that lies `by` units from the one that holds today. Weeks begin on Sunday (en_US). */
function shift(unit: Unit, today: LocalDay, by: number): LocalDay {
  switch (unit) {
    case 'DAY':
      return plusDays(today, by);
    case 'WEEK':
      return plusDays(today, by * 7 - weekDay(today));
    case 'MONTH':
      return plusDays({ year: today.year, month: today.month + by, day: 1 }, 0);
    case 'QUARTER':
      return plusDays(
        { year: today.year, month: Math.floor((today.month - 1) / 3) * 3 + 1 + by * 3, day: 1 },
        0,
      );
    case 'YEAR':
      return { year: today.year + by, month: 1, day: 1 };
  }
}
