import { IntegrationError } from '../../ports/errors.js';
import type { JobHandler } from '../../ports/job-queue.js';
import { tryPlaybook } from '../../sync/try-playbook.js';
import type { EngineParts } from '../engine-parts.js';
import { findTrial, keepTrial } from '../views/trials.js';

/** Makes one trial of a playbook. What goes wrong is told to whoever asked; they ask again. */
export function trialJob(parts: Pick<EngineParts, 'state' | 'tools' | 'log'>): JobHandler {
  const { notes } = parts.state;
  return async ({ payload, trace }, signal) => {
    const { id } = payload as { readonly id: string };
    const trial = await findTrial(notes, id);
    if (trial === null || trial.state === 'done') return;
    await keepTrial(notes, { ...trial, state: 'running' });
    try {
      const result = await tryPlaybook(await parts.tools(), trial.playbook);
      const trouble = result === null ? 'The playbook is not there any more.' : null;
      await keepTrial(notes, { ...trial, state: result === null ? 'failed' : 'done', result, trouble });
    } catch (error) {
      if (signal.aborted) throw error;
      parts.log.warn('A trial could not be made', { trace, code: codeOf(error) });
      await keepTrial(notes, { ...trial, state: 'failed', trouble: troubleOf(error) });
    }
  };
}

function codeOf(error: unknown): string {
  return error instanceof IntegrationError ? error.code : 'UNEXPECTED';
}

function troubleOf(error: unknown): string {
  if (error instanceof IntegrationError) return `${error.message} ${error.actions[0] ?? ''}`.trim();
  return 'Something went wrong here that should not have; the log has the rest.';
}
