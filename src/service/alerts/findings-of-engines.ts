import type { AlertSettings } from '../../ports/settings.js';
import { SILENT_MS } from '../engines.js';
import type { Finding } from './finding.js';
import type { Signs } from './signs.js';

const MINUTE = 60_000;

/** Workers that vanished, and jobs that nobody takes. */
export function engineFindings(signs: Signs, settings: AlertSettings): readonly Finding[] {
  return [...workersLost(signs), ...queueLag(signs, settings)];
}

function workersLost({ engines, now }: Signs): readonly Finding[] {
  return engines
    .filter(({ at }) => now - at > SILENT_MS)
    .map(({ holder, at, startedAt }) => ({
      kind: 'workerLost',
      about: `${holder} ${startedAt}`,
      sentence: `The worker ${holder} was last heard of ${Math.round((now - at) / 1000)} seconds ago. Its jobs are taken over; look whether its process was killed, and start it again.`,
      lines: [],
      over: null,
    }));
}

function queueLag({ queue }: Signs, { queueLagMinutes }: AlertSettings): readonly Finding[] {
  if (queue.lagMs === null || queue.lagMs < queueLagMinutes * MINUTE) return [];
  return [
    {
      kind: 'queueLag',
      about: 'waiting',
      sentence: `${queue.waiting} jobs wait, the oldest for ${Math.round(queue.lagMs / MINUTE)} minutes: start another worker, or look what the ones at work are doing.`,
      lines: [],
      over: 'Jobs are taken in time again.',
    },
  ];
}
