import type { Day } from '../day.js';
import type { FactValue } from '../facts/fact.js';
import type { Band, Cents } from './model.js';

/** One signal as read for one account on one day. */
export interface SignalReading {
  readonly id: string;
  readonly dimension: string;
  readonly value: FactValue;
  readonly asOf: Day | null;
  readonly state: 'present' | 'missing' | 'stale';
  /** 0-10000, null unless present. */
  readonly score: Cents | null;
  /**
   * Share of the raw score that it carries, 0-1; 0 unless it is present in a dimension of which
   * enough is present. All shares sum to 1, or to 0 where there is no raw score.
   */
  readonly share: number;
}

/** A line of points lost: all lines sum to `10000 - score` exactly, their shown points to `100 - shown score`. */
export interface PointsLost {
  /** Signal id, or `guard:<id>`. */
  readonly source: string;
  readonly label: string;
  readonly cents: Cents;
  /** Whole points as shown, apportioned by largest remainder. */
  readonly shown: number;
  /** Words for a CSM after the points, such as `Support: 2 critical cases open, oldest since 12 Nov 2026`. */
  readonly text: string;
}

/** A line of the last change: all lines sum exactly to the change of the score, shown lines to the shown change. */
export interface PointsChanged {
  /** Signal id, `guards` or `model`. */
  readonly source: string;
  readonly label: string;
  readonly cents: Cents;
  readonly shown: number;
}

/** The last time that the shown score or the band changed. Stored once, shown until the next. */
export interface Transition {
  readonly day: Day;
  readonly fromScore: number | null;
  readonly toScore: number | null;
  readonly fromBand: Band | null;
  readonly toBand: Band;
  readonly lines: readonly PointsChanged[];
}

export interface CarriedSignal {
  readonly id: string;
  /** Share of the raw score, 0-1, to six decimals. */
  readonly share: number;
  readonly score: Cents;
}

/** A shown score and the day from which it held. */
export interface TrailMark {
  readonly day: Day;
  readonly score: number;
}

export type Trend = 'up' | 'flat' | 'down';

export interface Pulse {
  readonly band: Exclude<Band, 'unknown'>;
  readonly setOn: Day;
  /** Last day on which it holds; null = until the model speaks. */
  readonly expiresOn: Day | null;
  readonly reason: string | null;
  /** Name of whoever set it. */
  readonly by: string | null;
}

export interface HealthAssessment {
  readonly modelId: string;
  readonly modelVersion: string;
  /** Weighted mean before guards, null when too little is present. */
  readonly raw: Cents | null;
  /** After guards; null while the band is unknown. */
  readonly score: Cents | null;
  /** Rounded half up; null when `score` is. */
  readonly shownScore: number | null;
  readonly band: Band;
  readonly bandSource: 'model' | 'guard' | 'pulse' | 'coverage';
  /** What the model and its guards say, whatever the pulse says. */
  readonly modelBand: Band;
  /** The judgement of a person that sets the band now, or null. */
  readonly pulse: Pulse | null;
  /** Share of the model's weight that was present, 0-1. */
  readonly coverage: number;
  /** Ids of the model's signals that are missing or stale, in the model's order. */
  readonly missing: readonly string[];
  readonly signals: readonly SignalReading[];
  /** Dimension id -> 0-10000, null when too little of it is present. */
  readonly dimensions: Readonly<Record<string, Cents | null>>;
  /** Ids of guards that hold, the cutting one first. */
  readonly guards: readonly string[];
  /** Null = a hidden side is unknown and none that is known contradicts. */
  readonly watermelon: boolean | null;
  /** What lies beneath, in words; null unless the watermelon is true. Absent in what an earlier version kept. */
  readonly watermelonReason?: string | null;
  readonly pointsLost: readonly PointsLost[];
  readonly transition: Transition | null;
  readonly trend: Trend;
}

/**
 * What health carries from one day to the next. An assessment of day D always starts from the
 * state as it stood before D, so assessing D again gives the same result.
 */
export interface HealthState {
  readonly day: Day;
  readonly modelId: string;
  readonly modelVersion: string;
  readonly score: Cents | null;
  readonly shownScore: number | null;
  readonly raw: Cents | null;
  readonly band: Band;
  readonly modelBand: Band;
  readonly guards: readonly string[];
  /** The last band that was not unknown. */
  readonly lastKnownBand: Exclude<Band, 'unknown'> | null;
  /** The last band of the model that was not unknown: what its next one is compared with. */
  readonly lastKnownModelBand: Exclude<Band, 'unknown'> | null;
  readonly bandSince: Day;
  /** Since when the shown score has been past the edge of the current model band, and which way. */
  readonly passedSince: { readonly day: Day; readonly direction: 'up' | 'down' } | null;
  /** True while coverage has not come back to the leaving mark. */
  readonly coverageLow: boolean;
  /** The signals that carry a share of the score, for the next change. */
  readonly signals: readonly CarriedSignal[];
  readonly transition: Transition | null;
  /** Day on which the model's band or the guards last changed: what a pulse is beaten by. */
  readonly modelChangedOn: Day | null;
  /** Shown scores with the day from which each held, oldest first: what the trend is read from. */
  readonly trail: readonly TrailMark[];
  /** Points lost as last put into words: kept until the set of them or their shown points change. */
  readonly drivers: readonly { readonly source: string; readonly shown: number; readonly text: string }[];
}
