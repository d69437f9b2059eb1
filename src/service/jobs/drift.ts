import { watchDrift } from '../../insight/drift.js';
import { IntegrationError } from '../../ports/errors.js';
import type { JobHandler } from '../../ports/job-queue.js';
import { NOTHING_KNOWN_YET } from '../../sync/last-look.js';
import type { EngineParts } from '../engine-parts.js';
import { tracedLog } from '../traced-log.js';

/** Looks whether score and signals still tell what they told; alerts tell what was found. Before the first run there is nothing to look at. */
export function driftJobOf(parts: Pick<EngineParts, 'tools' | 'log'>): JobHandler {
  return async ({ trace }, signal) => {
    const tools = { ...(await parts.tools()), log: tracedLog(parts.log, trace) };
    try {
      const { separation, sentences } = await watchDrift(tools, {
        connected: new Set(tools.channels.keys()),
        signal,
      });
      tools.log.info('Drift was looked at', { points: separation.length, found: sentences.length });
    } catch (error) {
      if (!(error instanceof IntegrationError) || !NOTHING_KNOWN_YET.has(error.code)) throw error;
    }
  };
}
