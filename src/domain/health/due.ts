import type { Day } from '../day.js';
import { FACTS } from '../facts/catalogue.js';
import type { FactDefinition, FactValue } from '../facts/fact.js';
import { freshUntil } from '../signals/read.js';
import type { HealthState, Pulse, SignalReading } from './assessment.js';
import { factsRead } from './inputs.js';
import type { HealthModel, HealthPolicy } from './model.js';
import type { Moment } from './score.js';
import { trailDueOn } from './trend.js';

const DEFINITIONS: Readonly<Record<string, FactDefinition>> = FACTS;

export interface DueQuestion {
  readonly policy: HealthPolicy;
  readonly model: HealthModel;
  /** In the model's order. */
  readonly signals: readonly SignalReading[];
  readonly state: HealthState;
  readonly pulse: Pulse | null;
}

/**
 * The next day on which time alone may change the result, or null: a reading goes stale, a band has
 * dwelt long enough, a pulse begins or ends, the trend's window moves on, or a fact that the policy
 * reads counts a window or an age (then tomorrow). Never too late; it may be too early.
 */
export function healthDueOn(question: DueQuestion, at: Moment): Day | null {
  const { policy, state, pulse } = question;
  const dwell = state.passedSince === null ? null : state.passedSince.day + policy.bands.dwell;
  const expiry = pulse?.expiresOn == null ? null : pulse.expiresOn + 1;
  const days = [
    ...staleOn(question),
    dwell,
    pulse?.setOn ?? null,
    expiry,
    trailDueOn(state.trail),
    movesDaily(policy, at) ? at.today + 1 : null,
  ];
  const ahead = days.filter((day) => day !== null && day > at.today).map(Number);
  return ahead.length === 0 ? null : Math.min(...ahead);
}

function staleOn({ model, signals }: DueQuestion): readonly (Day | null)[] {
  const inModel = model.dimensions.flatMap((dimension) => dimension.signals);
  return signals.map(({ asOf }, index) => {
    const signal = inModel[index];
    const until = signal && asOf !== null ? freshUntil(signal, asOf) : null;
    return until === null ? null : until + 1;
  });
}

/**
 * A known day is compared with today somewhere; a window that counts nothing has nothing to lose.
 * Rows dated ahead of today are not seen here: the full pass of each day finds them.
 */
function movesDaily(policy: HealthPolicy, { facts }: Moment): boolean {
  return factsRead(policy).some((id) => countsDays(id, facts[id]?.value ?? null));
}

/** A number of the org's own may be a day. */
function countsDays(id: string, value: FactValue): boolean {
  if (value === null || value === 0) return false;
  if (id.startsWith('custom.')) return typeof value === 'number';
  const definition = DEFINITIONS[id];
  if (definition === undefined) return false;
  return definition.type === 'day' || definition.timed === true || /\d$/.test(id);
}
