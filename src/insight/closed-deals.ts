import { categoryOf, flagOf, numberOf } from '../domain/facts/row-values.js';
import type { ClosedDeal } from '../domain/insight/tiers/move-effect.js';
import type { AccountBundle } from '../ports/state-store.js';

/** Renewals and expansions of an account that were closed by a day, one way or the other. */
export function closedDeals({ rows }: Pick<AccountBundle, 'rows'>, upTo: number): readonly ClosedDeal[] {
  return (rows.opportunity ?? []).flatMap((row) => {
    const [on, won, type] = [numberOf(row, 'closeOn'), flagOf(row, 'won'), categoryOf(row, 'type')];
    if (flagOf(row, 'closed') !== true || on === null || won === null || on > upTo) return [];
    return type === 'renewal' || type === 'expansion' ? [{ on, type, won }] : [];
  });
}
