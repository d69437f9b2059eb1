import { connectMessengers, openQueue } from '../../compose-service.js';
import type { JobQueue } from '../../ports/job-queue.js';
import type { Log } from '../../ports/log.js';
import { NO_PROGRESS } from '../../ports/progress.js';
import { startEngine } from '../../service/engine.js';
import type { EngineParts } from '../../service/engine-parts.js';
import { type OrgPlace, surroundingsOf } from '../connection/org-place.js';
import { openLongSession } from '../connection/session.js';

/** An engine with everything that it holds open. */
export interface EngineRoom {
  readonly queue: JobQueue;
  readonly log: Log;
  /** Stops the engine within about `graceMs`, then closes what is open. */
  readonly stop: (graceMs: number) => Promise<void>;
}

/** Opens all that an org's engine needs, and starts it. Closes what was opened when something fails. */
export async function openEngineRoom(place: OrgPlace): Promise<EngineRoom> {
  const around = surroundingsOf(place, 'engine');
  const open: (() => Promise<void>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of open.toReversed()) await close();
  };
  try {
    const session = await openLongSession(around, NO_PROGRESS);
    open.push(session.close);
    const queue = openQueue(around);
    open.push(queue.close);
    const { settings } = await session.current();
    const engineParts: EngineParts = {
      org: around.environment.orgName,
      state: session.state,
      store: session.store,
      queue,
      clock: around.clock,
      log: around.log,
      messengers: connectMessengers(around, settings.service.alerts),
      feed: session.feed,
      publicUrl: around.environment.publicUrl,
      tools: session.current,
      spending: session.spending,
      holder: session.holder,
      holderIsGone: session.holderIsGone,
      realNow: session.realNow,
      newRunId: session.newRunId,
    };
    const engine = await startEngine(engineParts);
    return {
      queue,
      log: around.log,
      stop: async (graceMs) => {
        try {
          await engine.stop(graceMs);
        } finally {
          await closeAll();
        }
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
