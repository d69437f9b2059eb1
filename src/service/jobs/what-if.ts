import { IntegrationError } from '../../ports/errors.js';
import type { JobHandler } from '../../ports/job-queue.js';
import { simulate } from '../../sync/simulate.js';
import type { EngineParts } from '../engine-parts.js';
import { keepWhatIf, type WhatIf, whatIfOf, withWeights } from '../views/what-if.js';

/** Answers one question of the console about other weights, from the stored book alone. */
export function whatIfJob(parts: Pick<EngineParts, 'state' | 'tools' | 'log'>): JobHandler {
  const { notes } = parts.state;
  return async ({ payload }, signal) => {
    const { id } = payload as { readonly id: string };
    const question = await whatIfOf(notes, id);
    if (question === null || question.state === 'done') return;
    await keepWhatIf(notes, { ...question, state: 'running' });
    try {
      const result = await answered(parts, question, signal);
      await keepWhatIf(notes, { ...question, state: 'done', result });
    } catch (error) {
      if (signal.aborted) throw error;
      parts.log.warn('A what-if could not be answered', { code: codeOf(error) });
      await keepWhatIf(notes, { ...question, state: 'failed', trouble: troubleOf(error) });
    }
  };
}

async function answered(parts: Pick<EngineParts, 'tools'>, { weights, sample }: WhatIf, signal: AbortSignal) {
  const tools = await parts.tools();
  return simulate(tools, {
    connected: new Set(tools.channels.keys()),
    other: withWeights(tools.settings, weights),
    forecast: tools.crm.forecastWrite,
    sample,
    signal,
  });
}

function codeOf(error: unknown): string {
  return error instanceof IntegrationError ? error.code : 'UNEXPECTED';
}

function troubleOf(error: unknown): string {
  if (error instanceof IntegrationError) return [error.message, ...error.actions].join(' ');
  return 'Something went wrong that should not have; the log has the rest.';
}
