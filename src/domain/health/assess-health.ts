import type { Day } from '../day.js';
import type { Facts } from '../facts/fact.js';
import type { HealthAssessment, HealthState, Pulse } from './assessment.js';
import { driversOf } from './drivers.js';
import { healthDueOn } from './due.js';
import type { HealthModel, HealthPolicy } from './model.js';
import { shownPoints } from './points.js';
import { carriedSignals, nextState } from './state.js';
import { transitionTo, type Unchanged } from './transition.js';
import { nextTrail, trendOf } from './trend.js';
import { type GuardedScore, scoreWithGuards, type Verdict, verdictOn } from './verdict.js';

/** What is asked about one account on one day. */
export interface HealthQuestion {
  readonly facts: Facts;
  readonly policy: HealthPolicy;
  readonly pulse: Pulse | null;
  /** The state as it stood before today, or null when the account was never assessed. */
  readonly base: HealthState | null;
  readonly today: Day;
}

export interface HealthAnswer {
  readonly assessment: HealthAssessment;
  readonly state: HealthState;
  /** The next day on which time alone may change the result: see `healthDueOn`. */
  readonly dueOn: Day | null;
}

/**
 * The health of one account on one day. The same question always has the same answer; without a
 * base nothing has changed, so there is no transition.
 */
export function assessHealth(question: HealthQuestion): HealthAnswer {
  const { facts, policy, pulse, base, today } = question;
  const model = modelFor(question);
  const scored = scoreWithGuards(model, policy, { facts, today, base });
  const verdict = verdictOn(scored, { bands: policy.bands, base, pulse, today });
  const plain = withoutHistory({ model, scored, verdict }, policy.version);
  const carried = carriedSignals(scored.signals);
  const trail = nextTrail(base?.trail ?? [], plain.shownScore, today);
  const assessment = {
    ...plain,
    pointsLost: driversOf({
      model,
      scored,
      facts,
      base: base?.modelVersion === policy.version ? base : null,
    }),
    transition: transitionTo(plain, base, { carried, model, today }),
    trend: trendOf(trail, policy.bands.margin),
  };
  const state = nextState({ assessment, scored, verdict, carried, trail }, base, today);
  const dueOn = healthDueOn({ policy, model, signals: scored.signals, state, pulse }, { facts, today });
  return { assessment, state, dueOn };
}

/** The first model that holds; an unknown condition does not; the last serves everybody else. */
function modelFor({ policy, facts, today }: HealthQuestion): HealthModel {
  const found = policy.models.find(({ when }) => when === null || when.evaluate(facts, today) === true);
  const model = found ?? policy.models.at(-1);
  if (!model) throw new RangeError('a health policy has at least one model');
  return model;
}

interface Parts {
  readonly model: HealthModel;
  readonly scored: GuardedScore;
  readonly verdict: Verdict;
}

/** All that an assessment says of its day alone. */
function withoutHistory({ model, scored, verdict }: Parts, modelVersion: string): Unchanged {
  return {
    modelId: model.id,
    modelVersion,
    raw: scored.raw,
    score: scored.score,
    shownScore: scored.score === null ? null : shownPoints(scored.score),
    band: verdict.band,
    bandSource: verdict.bandSource,
    modelBand: verdict.modelBand,
    pulse: verdict.pulse,
    coverage: scored.coverage,
    missing: scored.signals.filter(({ state }) => state !== 'present').map(({ id }) => id),
    signals: scored.signals,
    dimensions: scored.dimensions,
    guards: scored.guards.map(({ id }) => id),
    watermelon: scored.watermelon,
    watermelonReason: scored.watermelonReason,
  };
}
