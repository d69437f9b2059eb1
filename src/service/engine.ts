import { driftFound } from '../insight/drift.js';
import { IntegrationError } from '../ports/errors.js';
import type { JobHandler, JobName, JobWorker } from '../ports/job-queue.js';
import { ALERTS_EVERY_MS, checkAlerts } from './alerts/check.js';
import { NOTHING_HEARD } from './alerts/signs.js';
import { askForDue } from './ask-for-due.js';
import { feedStatus } from './changes/feed-note.js';
import { followChanges } from './changes/follow-changes.js';
import type { EngineParts } from './engine-parts.js';
import { BEAT_MS, beat, leave } from './engines.js';
import { every, type Rhythm } from './every.js';
import { sendDigest } from './jobs/digest.js';
import { driftJobOf } from './jobs/drift.js';
import { keepHouse } from './jobs/housekeeping.js';
import { pieceJobOf } from './jobs/piece.js';
import { readBackJobOf } from './jobs/read-back.js';
import { refreshJobOf } from './jobs/refresh.js';
import { runJobOf } from './jobs/run.js';
import { trialJob } from './jobs/trial.js';
import { whatIfJob } from './jobs/what-if.js';
import { recoverRuns } from './recover.js';

/** What takes jobs and keeps the rhythm of one org, until it is stopped. */
export interface Engine {
  /** Takes nothing new, lets what is under way come to its next safe point, and resolves within about `graceMs`. */
  readonly stop: (graceMs: number) => Promise<void>;
}

/** Jobs of each name that one engine does at once. Pieces are many and mostly wait for answers. */
const CONCURRENCY: Readonly<Record<JobName, number>> = {
  run: 1,
  piece: 2,
  refresh: 1,
  'read-back': 1,
  housekeeping: 1,
  digest: 1,
  drift: 1,
  'what-if': 1,
  trial: 1,
};

const RECOVERY_MS = 5_000;
const SCHEDULE_MS = 5_000;

export async function startEngine(parts: EngineParts): Promise<Engine> {
  const look = await lookForAlerts(parts);
  const worker = await parts.queue.work(jobsOf(parts), CONCURRENCY);
  const startedAt = parts.realNow();
  const heard = () => beat(parts.state.notes, { holder: parts.holder, at: parts.realNow(), startedAt });
  const rhythms = [
    followChanges(parts),
    every({ name: 'heartbeat', everyMs: BEAT_MS, work: heard }, parts.log),
    every({ name: 'recovery', everyMs: RECOVERY_MS, work: () => recoverRuns(parts) }, parts.log),
    every({ name: 'alerts', everyMs: ALERTS_EVERY_MS, work: look }, parts.log),
    every({ name: 'schedule', everyMs: SCHEDULE_MS, work: () => askForDue(parts) }, parts.log),
  ];
  parts.log.info('Engine started', { org: parts.org, engine: parts.holder });
  return { stop: (graceMs) => stop(parts, { worker, rhythms }, graceMs) };
}

/** While the configuration is wrong, those are told who were named last. */
async function lookForAlerts(parts: EngineParts): Promise<() => Promise<void>> {
  const read = async () => (await parts.tools()).settings.service.alerts;
  let settings = await read();
  return async () => {
    let configuration: string | null = null;
    try {
      settings = await read();
    } catch (error) {
      if (!(error instanceof IntegrationError) || error.code !== 'CONFIG_INVALID') throw error;
      configuration = error.message;
    }
    const feed = await feedStatus(parts.state.notes);
    const drift = await driftFound(parts.state.notes);
    const heard = { ...NOTHING_HEARD, feed, budget: await parts.spending(), configuration, drift };
    await checkAlerts(parts, heard, settings);
  };
}

interface Running {
  readonly worker: JobWorker;
  readonly rhythms: readonly Rhythm[];
}

async function stop(parts: EngineParts, { worker, rhythms }: Running, graceMs: number): Promise<void> {
  await Promise.all(rhythms.map((rhythm) => rhythm.stop()));
  await worker.stop(graceMs);
  await leave(parts.state.notes, parts.holder);
  parts.log.info('Engine stopped', { org: parts.org, engine: parts.holder });
}

function jobsOf(parts: EngineParts): Readonly<Record<JobName, JobHandler>> {
  return {
    run: runJobOf(parts),
    piece: pieceJobOf(parts),
    'read-back': readBackJobOf(parts),
    refresh: refreshJobOf(parts),
    housekeeping: async (_job, signal) => {
      const { settings } = await parts.tools();
      await keepHouse(parts, settings.service.retention, signal);
    },
    digest: async () => void (await sendDigest(parts, (await parts.tools()).settings.service.alerts)),
    drift: driftJobOf(parts),
    'what-if': whatIfJob(parts),
    trial: trialJob(parts),
  };
}
