import type { Day } from '../day.js';
import type { Expression, FactValue } from '../facts/fact.js';
import type { Band, ModelSignal } from '../health/model.js';

/** Something that might tell who stays: a signal with its curve, or a fact that no model reads yet. */
export interface Candidate {
  /** `adoption.licenceUse` for a signal of the model or the catalogue, `custom.contract` for a fact. */
  readonly id: string;
  readonly label: string;
  /** The dimension that it belongs to, or would belong to. */
  readonly dimension: string;
  readonly value: Expression;
  /** With its curves where it is a signal already; null where a curve is still to be drawn. */
  readonly signal: ModelSignal | null;
  /** True = some model of the configuration reads it today. */
  readonly inModel: boolean;
}

/** One renewal (or one account on a day), as it was known at its cut-off, with what came of it afterwards. */
export interface Example {
  readonly account: string;
  readonly name: string;
  /** Nothing that came after the end of this day was known to what follows, except `lost` and `amount`. */
  readonly cut: Day;
  readonly lost: boolean;
  /** In the org's currency; null = unknown. */
  readonly amount: number | null;
  /** `All` where the program is not split. */
  readonly segment: string;
  readonly tier: string;
  /** `history` = as it was shown then; `rebuilt` = worked out now from what was dated before the cut-off. */
  readonly source: 'history' | 'rebuilt';
  readonly model: string;
  /** Hundredths of a point, 0-10000, guards included; null = too little was known for any. */
  readonly score: number | null;
  readonly band: Band;
  /** The highest score (hundredths of a point) that guards allowed at the cut-off; null = none held. */
  readonly cap: number | null;
  /** Yearly revenue as known at the cut-off. */
  readonly revenue: number | null;
  /** The health field that the org has beside ours, as known at the cut-off. */
  readonly existing: FactValue;
  /** What each candidate read at the cut-off, in their order; null = unknown. */
  readonly readings: readonly FactValue[];
  /** What each candidate is worth on its curve, in hundredths of a point; null = missing, or no curve. */
  readonly scores: readonly (number | null)[];
}

/** All outcomes of a book that can be looked back on. */
export interface Outcomes {
  readonly candidates: readonly Candidate[];
  readonly examples: readonly Example[];
}
