import type { Day } from '../day.js';
import type { HealthState, Pulse } from './assessment.js';
import type { Band } from './model.js';

/** What the model says of an account, whatever the pulse says. */
export interface ModelVerdict {
  readonly modelBand: Band;
  readonly guards: readonly string[];
}

/**
 * The day on which the model's band or its guards last changed. Falling into unknown is no change,
 * and coming back is one only with another band than the last known: a pulse has to outlive a gap
 * in the data.
 */
export function modelChangedOn(verdict: ModelVerdict, base: HealthState | null, today: Day): Day | null {
  if (base === null) return null;
  const moved = verdict.modelBand !== 'unknown' && verdict.modelBand !== base.lastKnownModelBand;
  return moved || !sameGuards(verdict.guards, base.guards) ? today : base.modelChangedOn;
}

function sameGuards(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id) => b.includes(id));
}

/** Whether the judgement of a person still sets the band: not expired, not overtaken by the model. */
export function pulseHolds(pulse: Pulse | null, changedOn: Day | null, today: Day): pulse is Pulse {
  if (pulse === null || pulse.setOn > today) return false;
  if (pulse.expiresOn !== null && today > pulse.expiresOn) return false;
  return changedOn === null || changedOn <= pulse.setOn;
}
