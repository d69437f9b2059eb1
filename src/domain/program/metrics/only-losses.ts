import { onlyLossesRecorded } from '../../insight/band-loss.js';
import { ALL } from '../metric-ids.js';
import type { Cell } from './cell.js';

/**
 * Periods in whose year renewals of the whole book were closed and none was won: those who stay are not recorded then,
 * so that the share of renewals won is that of the bookkeeping. By name, with how many renewals were closed.
 */
export function periodsOfOnlyLosses(cells: readonly Cell[]): ReadonlyMap<string, number> {
  const whole = cells.filter(
    ({ rule, group }) =>
      rule.ofRenewals === true &&
      rule.metric === 'retention' &&
      group.tier === ALL &&
      group.segment === ALL &&
      group.band === ALL,
  );
  return new Map(whole.filter(isOnlyLosses).map(({ period, tally }) => [period.name, tally.n] as const));
}

function isOnlyLosses({ group, tally: { n, part } }: Cell): boolean {
  return onlyLossesRecorded(new Map([[group.band, { closed: n, lost: part === 0 ? n : 0 }]]));
}
