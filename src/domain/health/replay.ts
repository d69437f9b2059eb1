import type { Day } from '../day.js';
import type { Facts } from '../facts/fact.js';
import { assessHealth, type HealthQuestion } from './assess-health.js';
import type { HealthAssessment, HealthState, Pulse } from './assessment.js';
import { inputsOf } from './inputs.js';
import type { HealthPolicy } from './model.js';

/** All of one day that an assessment rests on, beside its policy: plain values, fit to be stored as JSON. */
export interface HealthRecord {
  readonly day: Day;
  /** The facts that the policy reads or names; unknown ones are left out. */
  readonly inputs: Facts;
  readonly base: HealthState | null;
  readonly pulse: Pulse | null;
}

/** What to keep of a question so that its answer comes out again. */
export function recordOf({ facts, policy, base, pulse, today }: HealthQuestion): HealthRecord {
  return { day: today, inputs: inputsOf(facts, policy), base, pulse };
}

/** The assessment of that day once more, byte for byte, given the policy of the same version. */
export function replayHealth(
  { day, inputs, base, pulse }: HealthRecord,
  policy: HealthPolicy,
): HealthAssessment {
  return assessHealth({ facts: inputs, policy, base, pulse, today: day }).assessment;
}
