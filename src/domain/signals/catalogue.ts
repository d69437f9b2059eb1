import type { Expression } from '../facts/fact.js';
import type { BuiltInSignal } from './define.js';
import { ADOPTION_SIGNALS } from './dimensions/adoption.js';
import { COMMERCIAL_SIGNALS } from './dimensions/commercial.js';
import { ENGAGEMENT_SIGNALS } from './dimensions/engagement.js';
import { ONBOARDING_SIGNALS } from './dimensions/onboarding.js';
import { SENTIMENT_SIGNALS } from './dimensions/sentiment.js';
import { SUPPORT_SIGNALS } from './dimensions/support.js';

const CATALOGUE = {
  ...ADOPTION_SIGNALS,
  ...SUPPORT_SIGNALS,
  ...ENGAGEMENT_SIGNALS,
  ...COMMERCIAL_SIGNALS,
  ...SENTIMENT_SIGNALS,
  ...ONBOARDING_SIGNALS,
};

export type SignalId = keyof typeof CATALOGUE;

/** Every built-in signal by id: config chooses, weighs and curves them, and adds its own. */
export const SIGNALS: Readonly<Record<SignalId, BuiltInSignal>> = CATALOGUE;

/** Usual weights of the dimensions of an ongoing account; config states its own. */
const USUAL_WEIGHTS: Readonly<Record<string, number>> = {
  adoption: 35,
  engagement: 20,
  support: 20,
  commercial: 15,
  sentiment: 10,
};

/** What a built-in signal reads of the facts. */
export function builtInExpression(id: SignalId): Expression {
  return SIGNALS[id].value;
}

/**
 * Share (0-1) of the catalogue's usual weight for ongoing accounts whose facts can be known: how
 * broad a view of its customers the org has at all.
 */
export function modelBreadth(known: (fact: string) => boolean): number {
  const parts = Object.entries(USUAL_WEIGHTS).map(([dimension, weight]) => {
    const signals = Object.values(SIGNALS).filter((signal) => signal.dimension === dimension);
    const there = signals.filter((signal) => signal.value.facts.every(known));
    return weight * (weightOf(there) / weightOf(signals));
  });
  const whole = Object.values(USUAL_WEIGHTS).reduce((sum, weight) => sum + weight, 0);
  return parts.reduce((sum, part) => sum + part, 0) / whole;
}

function weightOf(signals: readonly BuiltInSignal[]): number {
  return signals.reduce((sum, { weight }) => sum + weight, 0);
}
