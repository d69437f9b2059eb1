import type { Facts } from '../../facts/fact.js';

/** What a customer pays for and does not use. */
export interface ConsumptionGap {
  readonly what: 'seats' | 'features';
  readonly entitled: number;
  readonly used: number;
  /** 0-100. */
  readonly unusedPercent: number;
  readonly evidence: string;
}

/** From so much unused on somebody asks at the renewal what it is paid for. */
const GAP_PERCENT = 50;

/** Seats and features of which at least half lie idle, the wider gap first; none where use is not known. */
export function consumptionGaps(facts: Facts): readonly ConsumptionGap[] {
  const of = (id: string): number | null => {
    const value = facts[id]?.value;
    return typeof value === 'number' ? value : null;
  };
  const seats = { what: 'seats', entitled: of('account.seats'), used: of('usage.activeUsers28') } as const;
  const features = {
    what: 'features',
    entitled: of('account.featuresEntitled'),
    used: of('usage.featuresUsed90'),
  } as const;
  return [seats, features]
    .flatMap(({ what, entitled, used }): readonly ConsumptionGap[] => {
      if (entitled === null || used === null || entitled <= 0 || used > entitled) return [];
      const unusedPercent = Math.round((1 - used / entitled) * 100);
      if (unusedPercent < GAP_PERCENT) return [];
      return [{ what, entitled, used, unusedPercent, evidence: told(what, used, entitled) }];
    })
    .toSorted((a, b) => b.unusedPercent - a.unusedPercent);
}

function told(what: ConsumptionGap['what'], used: number, entitled: number): string {
  if (what === 'seats')
    return `${used} of ${entitled} licensed seats were active on the busiest of the last 28 days`;
  return `${used} of ${entitled} entitled features were used in 90 days`;
}
