import { type Estimate, OUTCOME_FLOOR, wilson } from './intervals.js';

/** Counts of past renewals of one band. */
export interface BandOutcomes {
  readonly closed: number;
  readonly lost: number;
}

/** What is likely to be lost of an amount that is due in a band. */
export interface BandLoss {
  /** In the currency of the amount, to two decimals, with the interval of the band's past share; null without any outcome, and where only losses are recorded. */
  readonly loss: Estimate | null;
  readonly outcomes: BandOutcomes;
  /** False while the band has too few outcomes for its number to be told. */
  readonly enough: boolean;
}

/** Past renewals of the whole book, by the band that was shown before their close. */
export type PastRenewals = ReadonlyMap<string, BandOutcomes>;

/**
 * True where renewals were closed and none of them was won, in no band. Then those who stay are simply not recorded, and
 * the share of losses is that of the bookkeeping.
 */
export function onlyLossesRecorded(past: PastRenewals): boolean {
  const sums = [...past.values()];
  return sums.some(({ closed }) => closed > 0) && sums.every(({ closed, lost }) => closed === lost);
}

/** The amount times the share of past renewals that were lost in the band. The interval is that of the share (Wilson). */
export function bandLoss(amount: number, band: string, past: PastRenewals): BandLoss {
  const outcomes = past.get(band) ?? { closed: 0, lost: 0 };
  const { closed, lost } = outcomes;
  if (closed === 0 || onlyLossesRecorded(past)) return { loss: null, outcomes, enough: false };
  const { low, high } = wilson(lost, closed);
  const value = Math.round((amount * 100 * lost) / closed) / 100;
  const loss = { value, low: inCents(amount * low), high: inCents(amount * high) };
  return { loss, outcomes, enough: closed >= OUTCOME_FLOOR };
}

/** The share (0-1) of a band's past renewals that was lost; null where it says too little, or is not told. */
export function bandChurn(band: string, past: PastRenewals): Estimate | null {
  const { closed, lost } = past.get(band) ?? { closed: 0, lost: 0 };
  return closed < OUTCOME_FLOOR || onlyLossesRecorded(past) ? null : wilson(lost, closed);
}

/**
 * Losses of several bands together. Bands are independent, so the distances to the ends of their intervals add up as
 * squares (the method of variance estimates recovery: Zou and Donner 2008, Statistics in Medicine 27, 1693-1702).
 */
export function lossesTogether(losses: readonly Estimate[]): Estimate {
  const cents = losses.reduce((sum, { value }) => sum + Math.round(value * 100), 0);
  const below = Math.hypot(...losses.map(({ value, low }) => value - low));
  const above = Math.hypot(...losses.map(({ value, high }) => high - value));
  return { value: cents / 100, low: inCents(cents / 100 - below), high: inCents(cents / 100 + above) };
}

function inCents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
