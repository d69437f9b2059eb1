import { ALL } from '../metric-ids.js';
import type { BandOutcomes, Cell } from './book.js';
import type { Told } from './record.js';
import { totalOf } from './tally.js';

/** Below this number of past renewals in a band its losses say too little. */
const OUTCOME_FLOOR = 30;

/**
 * What is likely to be lost of the renewals that are due: of each band the share of past renewals that were
 * lost. All bands together are told only when each of them can be.
 */
export function expectedLoss(
  due: readonly Cell[],
  outcomes: ReadonlyMap<string, BandOutcomes>,
): readonly Told[] {
  const groups = Map.groupBy(due, ({ period, group }) => [period.name, group.tier, group.segment].join('\n'));
  return [...groups.values()].flatMap((cells) => {
    const bands = cells.filter(({ group }) => group.band !== ALL).map((cell) => lossOf(cell, outcomes));
    const all = cells.find(({ group }) => group.band === ALL);
    return all === undefined ? bands : [...bands, together(all, bands)];
  });
}

function lossOf({ rule, period, group, tally }: Cell, outcomes: ReadonlyMap<string, BandOutcomes>): Told {
  const { closed, lost } = outcomes.get(group.band) ?? { closed: 0, lost: 0 };
  const amount = totalOf(tally, rule, null).value ?? 0;
  const loss = closed === 0 ? null : Math.round((amount * 100 * lost) / closed) / 100;
  return {
    metric: 'renewals-expected-loss',
    period,
    group,
    total: { value: loss, numerator: lost, denominator: closed, sample: closed },
    enough: closed >= OUTCOME_FLOOR,
  };
}

function together({ period, group }: Cell, bands: readonly Told[]): Told {
  const sum = bands.reduce((cents, { total }) => cents + Math.round((total.value ?? 0) * 100), 0);
  const sample = bands.reduce((count, { total }) => count + total.sample, 0);
  return {
    metric: 'renewals-expected-loss',
    period,
    group,
    total: { value: sum / 100, numerator: null, denominator: null, sample },
    enough: bands.every(({ enough }) => enough),
  };
}
