import type { Expression } from '../../domain/facts/fact.js';
import type { ConditionalCurve } from './curves.js';

/** What a signal is before config overrides parts of it. */
export interface SignalBasis {
  readonly label: string;
  readonly unit: string | null;
  readonly weight: number;
  readonly type: 'number' | 'text' | 'boolean';
  readonly value: Expression;
  readonly curves: readonly ConditionalCurve[];
  readonly freshFor: number | null;
  readonly text: string | null;
}

export type BuiltInSignals = Readonly<Record<string, SignalBasis>>;

export const BUILT_IN: BuiltInSignals = {};

/** Share (0-1) of the catalogue's default weight whose facts can be known. */
export function modelBreadth(_known: (fact: string) => boolean): number {
  return 1;
}
