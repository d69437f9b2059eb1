import type { Day } from '../day.js';
import type { HealthAssessment, HealthState, Pulse } from './assessment.js';
import { type KnownBand, lowerBand, nextBand, type PassedSince, plainBand } from './band.js';
import { byCap, cappedScore, type HoldingGuard, holdingGuards } from './guard.js';
import type { Band, Cents, HealthModel, HealthPolicy } from './model.js';
import { shownPoints } from './points.js';
import { modelChangedOn, pulseHolds } from './pulse.js';
import { type ModelScore, type Moment, scoreModel } from './score.js';
import { watermelonGuard, watermelonOf, watermelonReason } from './watermelon.js';

/** A model's score with the guards that hold, lowest cap first. */
export interface GuardedScore extends ModelScore {
  readonly guards: readonly HoldingGuard[];
  readonly watermelon: boolean | null;
  /** What lies beneath, in words; null unless the watermelon is true. */
  readonly watermelonReason: string | null;
  /** True while too little is known for a score to be shown. */
  readonly coverageLow: boolean;
  /** After guards; null while coverage is low. */
  readonly score: Cents | null;
}

/** Scores a model and lets its guards, the watermelon among them, cap what comes out. */
export function scoreWithGuards(
  model: HealthModel,
  policy: HealthPolicy,
  at: Moment & { readonly base: HealthState | null },
): GuardedScore {
  const scored = scoreModel(model, policy.coverage, at);
  const { watermelon: rules, bands, coverage } = policy;
  const answer = rules && watermelonOf({ rules, bands, dimensions: scored.dimensions }, at);
  const reason = rules && answer && watermelonReason(rules, answer, model);
  const flagged = rules ? watermelonGuard(rules, reason) : [];
  const guards = byCap([...holdingGuards(model.guards, at), ...flagged]);
  const floor = at.base?.coverageLow ? coverage.leaveUnknownAt : coverage.enterUnknownBelow;
  const coverageLow = scored.raw === null || scored.coverage < floor;
  const score = coverageLow || scored.raw === null ? null : cappedScore(scored.raw, guards);
  const watermelon = answer?.flag ?? null;
  return { ...scored, guards, watermelon, watermelonReason: reason, coverageLow, score };
}

/** Which band an account is in, and who says so. */
export interface Verdict extends Pick<HealthAssessment, 'band' | 'bandSource' | 'modelBand' | 'pulse'> {
  readonly passedSince: PassedSince;
  readonly modelChangedOn: Day | null;
}

interface Around {
  readonly bands: HealthPolicy['bands'];
  readonly base: HealthState | null;
  readonly pulse: Pulse | null;
  readonly today: Day;
}

/** The model's band with its guards, unless a pulse that still holds says otherwise. */
export function verdictOn(scored: GuardedScore, around: Around): Verdict {
  const { base, pulse, today } = around;
  const own = modelVerdict(scored, around);
  const guards = scored.guards.map(({ id }) => id);
  const changedOn = modelChangedOn({ modelBand: own.modelBand, guards }, base, today);
  const held = pulseHolds(pulse, changedOn, today) ? pulse : null;
  return {
    ...own,
    modelChangedOn: changedOn,
    band: held?.band ?? own.modelBand,
    bandSource: held ? 'pulse' : own.bandSource,
    pulse: held,
  };
}

type OwnVerdict = Pick<Verdict, 'modelBand' | 'bandSource' | 'passedSince'>;

/** A guard sets its band at once, also where there is no score. */
function modelVerdict({ guards, raw, score }: GuardedScore, { bands, base, today }: Around): OwnVerdict {
  const lowest = guards[0];
  const guardBand = lowest ? plainBand(shownPoints(lowest.cap), bands) : null;
  if (score === null) {
    const bandSource = guardBand ? 'guard' : 'coverage';
    return { modelBand: guardBand ?? 'unknown', bandSource, passedSince: null };
  }
  const current = knownBand(base?.modelBand);
  const passedSince = base?.passedSince ?? null;
  const step = nextBand({ shownScore: shownPoints(score), current, passedSince, today }, bands);
  if (guardBand === null || lowerBand(step.band, guardBand) !== guardBand) {
    return { modelBand: step.band, bandSource: 'model', passedSince: step.passedSince };
  }
  const decided = step.band !== guardBand;
  const bandSource = decided || score !== raw ? 'guard' : 'model';
  return { modelBand: guardBand, bandSource, passedSince: decided ? null : step.passedSince };
}

function knownBand(band: Band | undefined): KnownBand | null {
  return band === undefined || band === 'unknown' ? null : band;
}
