import type { Condition, Expression } from '../facts/fact.js';

/** A score or share of one in integer hundredths of a point: 0 to 10000. All arithmetic is in these. */
export type Cents = number;

export type Band = 'healthy' | 'watch' | 'risk' | 'unknown';

/** From what was measured to 0-100. All are total functions on their domain. */
export type Curve =
  | { readonly shape: 'linear'; readonly from: number; readonly to: number }
  | { readonly shape: 'piecewise'; readonly points: readonly (readonly [number, number])[] }
  | { readonly shape: 'steps'; readonly steps: readonly { readonly upTo: number; readonly score: number }[] }
  | {
      readonly shape: 'table';
      readonly scores: Readonly<Record<string, number>>;
      readonly otherwise: number | null;
    };

export interface ModelSignal {
  readonly id: string;
  /** As people read it: `critical cases open`. */
  readonly label: string;
  readonly unit: string | null;
  /** Whole number above zero. */
  readonly weight: number;
  readonly value: Expression;
  /** The first whose `when` holds or has none is used; none = missing. */
  readonly curves: readonly { readonly when: Condition | null; readonly curve: Curve }[];
  /** Days after which a reading is stale and counts as missing; null = never. */
  readonly freshFor: number | null;
  /**
   * How the driver text names the reading; `{value}` and `{fact.id}` are filled in, days spoken.
   * `{value|case|cases}` adds the singular or the plural; `[a part in brackets]` is left out where a
   * fact in it is unknown. Null = label and value.
   */
  readonly text: string | null;
}

export interface ModelDimension {
  readonly id: string;
  readonly label: string;
  /** Whole number above zero. */
  readonly weight: number;
  /** The first whose `when` holds multiplies the weight by `percent`/100: value before use. */
  readonly weightRules: readonly { readonly when: Condition; readonly percent: number }[];
  readonly signals: readonly ModelSignal[];
}

/** A rule that caps the score whatever the average says. */
export interface Guard {
  readonly id: string;
  readonly label: string;
  readonly when: Condition;
  /** The highest score an account may have while it holds, 0-100. */
  readonly cap: number;
}

export interface BandRules {
  /** Shown scores: risk < watchFrom <= watch < healthyFrom <= healthy. */
  readonly watchFrom: number;
  readonly healthyFrom: number;
  /** Points past an edge that move the band at once. */
  readonly margin: number;
  /** Days past an edge, by less than the margin, after which the band moves all the same. */
  readonly dwell: number;
}

export interface CoverageRules {
  /** Share (0-1) of a dimension's signal weight that must be present for it to count in the score. */
  readonly minPresent: number;
  /** Coverage (0-1) below which the band becomes unknown, and at which it is known again. */
  readonly enterUnknownBelow: number;
  readonly leaveUnknownAt: number;
}

/** Depth that may contradict a healthy surface. See `watermelon`. */
export interface WatermelonRules {
  readonly surface: string;
  /** Dimension ids that count as hidden sides. */
  readonly dimensions: readonly string[];
  /** Conditions that count as a hidden side in risk: value perception, success criteria, use as intended. */
  readonly signs: readonly { readonly id: string; readonly label: string; readonly when: Condition }[];
  /** Score cap while flagged, or null for a flag alone. */
  readonly cap: number | null;
}

export interface HealthModel {
  readonly id: string;
  readonly label: string;
  /** Null on the last model, which serves everybody else. */
  readonly when: Condition | null;
  readonly dimensions: readonly ModelDimension[];
  readonly guards: readonly Guard[];
}

/** All that the score of any account depends on. Resolved: nothing optional, every name checked. */
export interface HealthPolicy {
  /** Content hash of this policy and the engine's version: what history rows refer to. */
  readonly version: string;
  readonly models: readonly HealthModel[];
  readonly bands: BandRules;
  readonly coverage: CoverageRules;
  readonly watermelon: WatermelonRules | null;
  /** Share (0-1) of the catalogue's default weight that this org has mapped. */
  readonly modelBreadth: number;
  /** How many drivers are put into words. */
  readonly shownDrivers: number;
}
