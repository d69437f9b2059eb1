import { modelBreadth, SIGNALS } from '../../domain/signals/catalogue.js';
import type { BuiltInSignal } from '../../domain/signals/define.js';

/** What a signal is before config overrides parts of it. */
export type SignalBasis = Omit<BuiltInSignal, 'dimension'>;

export type BuiltInSignals = Readonly<Record<string, SignalBasis>>;

export const BUILT_IN: BuiltInSignals = SIGNALS;

export { modelBreadth };
