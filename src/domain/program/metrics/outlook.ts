import { bandLoss, lossesTogether, type PastRenewals } from '../../insight/band-loss.js';
import { ALL } from '../metric-ids.js';
import type { Cell } from './cell.js';
import type { Told } from './record.js';
import { totalOf } from './tally.js';

/**
 * What is likely to be lost of the renewals that are due: of each band the share of past renewals that were
 * lost. All bands together are told only when each of them can be.
 */
export function expectedLoss(due: readonly Cell[], outcomes: PastRenewals): readonly Told[] {
  const groups = Map.groupBy(due, ({ period, group }) => [period.name, group.tier, group.segment].join('\n'));
  return [...groups.values()].flatMap((cells) => {
    const bands = cells.filter(({ group }) => group.band !== ALL).map((cell) => lossOf(cell, outcomes));
    const all = cells.find(({ group }) => group.band === ALL);
    return all === undefined ? bands : [...bands, together(all, bands)];
  });
}

function lossOf({ rule, period, group, tally }: Cell, past: PastRenewals): Told {
  const { loss, outcomes, enough } = bandLoss(totalOf(tally, rule, null).value ?? 0, group.band, past);
  return {
    metric: 'renewals-expected-loss',
    period,
    group,
    total: {
      value: loss?.value ?? null,
      numerator: outcomes.lost,
      denominator: outcomes.closed,
      sample: outcomes.closed,
    },
    enough,
  };
}

function together({ period, group }: Cell, bands: readonly Told[]): Told {
  const losses = bands.map(({ total: { value } }) => ({ value: value ?? 0, low: 0, high: 0 }));
  const sample = bands.reduce((count, { total }) => count + total.sample, 0);
  return {
    metric: 'renewals-expected-loss',
    period,
    group,
    total: { value: lossesTogether(losses).value, numerator: null, denominator: null, sample },
    enough: bands.every(({ enough }) => enough),
  };
}
