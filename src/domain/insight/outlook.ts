import {
  type BandOutcomes,
  bandChurn,
  bandLoss,
  lossesTogether,
  onlyLossesRecorded,
  type PastRenewals,
} from './band-loss.js';
import { type Estimate, OUTCOME_FLOOR } from './intervals.js';

/** Renewals of a quarter that are due in one tier and band. */
export interface DueRenewals {
  /** `2026-Q4`. */
  readonly quarter: string;
  readonly tier: string;
  readonly band: string;
  readonly accounts: number;
  /** Recurring revenue that is due, in the org's currency. */
  readonly amount: number;
  /** Accounts that have no renewal day of their own: an open renewal opportunity says it. */
  readonly daysDerived: number;
}

/** What customers with a renewal added in the last twelve months, of the amount of their renewals that were closed. */
export interface PastGrowth {
  /** Share, 0 and more; null = no renewal was closed. */
  readonly share: number | null;
  /** Renewals that were closed in those months. */
  readonly n: number;
}

export interface OutlookQuestion {
  /** Names of the quarters, in order. */
  readonly quarters: readonly string[];
  readonly due: readonly DueRenewals[];
  /** Past renewals by the band that was shown before the close. */
  readonly outcomes: PastRenewals;
  readonly growth: PastGrowth;
}

/** How many renewals were lost in a band. */
export interface BandChurn extends BandOutcomes {
  readonly band: string;
  /** Null = too little data. */
  readonly churn: Estimate | null;
}

export interface DueWithLoss extends DueRenewals {
  /** Null = too few past renewals in the band. */
  readonly loss: Estimate | null;
}

export interface QuarterOutlook {
  readonly quarter: string;
  readonly accounts: number;
  readonly amount: number;
  /** Of these accounts, those whose day an open renewal opportunity says. */
  readonly daysDerived: number;
  /** Over the bands that can be told; null = none can. */
  readonly loss: Estimate | null;
  /** Bands that are left out, because too few renewals were closed in them. */
  readonly leftOut: readonly { readonly band: string; readonly accounts: number; readonly amount: number }[];
  /** What will be paid of each unit that is due in the bands that can be told: what stays, and what is added. Null = too little data. */
  readonly netRetention: Estimate | null;
  readonly parts: readonly DueWithLoss[];
}

export interface Outlook {
  readonly bands: readonly BandChurn[];
  /** True where no renewal was ever recorded as won: then no share of losses is told. */
  readonly onlyLossesRecorded: boolean;
  readonly growth: PastGrowth;
  readonly quarters: readonly QuarterOutlook[];
}

/** What is due in the coming quarters, what of it is likely to be lost, and what net retention that comes to. */
export function outlookOf(question: OutlookQuestion): Outlook {
  const { outcomes, growth, due, quarters } = question;
  const bands = [...outcomes]
    .map(([band, past]) => ({ band, ...past, churn: bandChurn(band, outcomes) }))
    .sort((a, b) => (a.band < b.band ? -1 : 1));
  return {
    bands,
    onlyLossesRecorded: onlyLossesRecorded(outcomes),
    growth,
    quarters: quarters.map((quarter) =>
      quarterOutlook(
        quarter,
        due.filter((one) => one.quarter === quarter),
        question,
      ),
    ),
  };
}

function quarterOutlook(
  quarter: string,
  due: readonly DueRenewals[],
  { outcomes, growth }: OutlookQuestion,
): QuarterOutlook {
  // The share of a band is one number: tiers are added up before its interval is applied.
  const bands = [...Map.groupBy(due, ({ band }) => band)].map(([band, parts]) => ({
    band,
    accounts: sumOf(parts, ({ accounts }) => accounts),
    amount: sumOf(parts, ({ amount }) => amount),
  }));
  const told = bands.flatMap(({ band, amount }) => {
    const loss = toldLoss(amount, band, outcomes);
    return loss === null ? [] : [{ amount, loss }];
  });
  const loss = told.length === 0 ? null : lossesTogether(told.map((one) => one.loss));
  return {
    quarter,
    accounts: sumOf(bands, ({ accounts }) => accounts),
    amount: sumOf(bands, ({ amount }) => amount),
    daysDerived: sumOf(due, ({ daysDerived }) => daysDerived),
    loss,
    leftOut: bands.filter(({ amount, band }) => toldLoss(amount, band, outcomes) === null),
    netRetention: retentionOf(
      sumOf(told, ({ amount }) => amount),
      loss,
      growth,
    ),
    parts: due.map((part) => ({ ...part, loss: toldLoss(part.amount, part.band, outcomes) })),
  };
}

/**
 * What a band is likely to lose of an amount; null where its past says too little. The interval is that of the past
 * rate. The past is by the band shown last before the close: a band that is shown long before one says less.
 */
export function toldLoss(amount: number, band: string, past: PastRenewals): Estimate | null {
  const { loss, enough } = bandLoss(amount, band, past);
  return enough ? loss : null;
}

/** Growth is taken as it was, without an interval of its own. */
function retentionOf(amount: number, loss: Estimate | null, { share, n }: PastGrowth): Estimate | null {
  if (loss === null || amount <= 0 || share === null || n < OUTCOME_FLOOR) return null;
  const kept = (lost: number): number => 1 - lost / amount + share;
  return { value: kept(loss.value), low: kept(loss.high), high: kept(loss.low) };
}

function sumOf<T>(parts: readonly T[], read: (part: T) => number): number {
  return Math.round(parts.reduce((sum, part) => sum + read(part), 0) * 100) / 100;
}
