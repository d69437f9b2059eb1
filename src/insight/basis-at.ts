import type { Day } from '../domain/day.js';
import type { FactBasis } from '../domain/facts/basis.js';
import type { RateTable } from '../domain/facts/money.js';
import type { Run } from '../sync/context.js';
import { basisOf } from '../sync/rules.js';

/** What holds for the whole book on a past day: feeds as far as they reached then, rates as they stood. */
export type BasisAt = (day: Day) => Promise<FactBasis>;

/** Worked out once a day that is asked for. */
export function basisAt(run: Run): BasisAt {
  const known = new Map<Day, Promise<FactBasis>>();
  return (day) => {
    const found = known.get(day) ?? basisOn(run, day);
    known.set(day, found);
    return found;
  };
}

async function basisOn(run: Run, day: Day): Promise<FactBasis> {
  const basis = await basisOf({ ...run, today: day });
  return { ...basis, rates: basis.rates && ratesAt(basis.rates, day) };
}

/** A currency without dated rates has no other than the one of today. */
function ratesAt({ corporate, current, dated }: RateTable, day: Day): RateTable {
  const until = Object.fromEntries(
    Object.entries(dated).map(([code, rates]) => [code, rates.filter(({ from }) => from <= day)]),
  );
  const then = Object.entries(current).flatMap(([code, rate]): readonly (readonly [string, number])[] => {
    if ((dated[code] ?? []).length === 0) return [[code, rate]];
    const last = until[code]?.at(-1);
    return last === undefined ? [] : [[code, last.rate]];
  });
  return { corporate, current: Object.fromEntries(then), dated: until };
}
