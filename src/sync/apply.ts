import { IntegrationError } from '../ports/errors.js';
import { applyEngagement } from './apply-engagement.js';
import { applyFields } from './apply-fields.js';
import { noteSources, useApproval } from './brakes.js';
import { applyCarry } from './carry.js';
import type { Run } from './context.js';

export interface Applied {
  /** The sentence that says why the run stopped early, or null when it went to its end. */
  readonly pausedBecause: string | null;
}

/**
 * Carries the plan out and decides nothing: account fields first, then enrolments. Every item ends
 * with its own outcome. A spent budget pauses the run; what is left is planned again by the next.
 */
export async function apply(run: Run): Promise<Applied> {
  try {
    await applyFields(run);
    await applyEngagement(run);
    await applyCarry(run);
  } catch (error) {
    if (!isPause(error)) throw error;
    run.log.warn('Run paused: a budget is spent', { run: run.id, code: error.code });
    return { pausedBecause: `${error.message} ${error.actions.join(' ')}` };
  }
  await run.state.assessments.unmarkApplied(run.id);
  await useApproval(run.state.notes);
  await noteSources(run);
  return { pausedBecause: null };
}

/** Budgets end a run politely; everything else that is thrown ends it as failed. */
export function isPause(error: unknown): error is IntegrationError {
  return error instanceof IntegrationError && error.kind === 'RateLimited' && !error.retryable;
}
