import { beforeAll, describe, expect, it } from '@jest/globals';
import { IntegrationError } from '../../src/ports/errors.js';
import type { JobQueue } from '../../src/ports/job-queue.js';
import type { PieceName } from '../../src/ports/piece-store.js';
import type { Settings } from '../../src/ports/settings.js';
import type { StateStore } from '../../src/ports/state-store.js';
import { distributedPieces } from '../../src/service/distributed-pieces.js';
import { askCancel, askPause, askResume } from '../../src/sync/asks.js';
import type { Tools } from '../../src/sync/context.js';
import { joinRun } from '../../src/sync/join-run.js';
import { doPiece } from '../../src/sync/pieces/do-piece.js';
import { PIECES } from '../../src/sync/pieces/table.js';
import { progressOf } from '../../src/sync/progress-of.js';
import {
  aBookInPieces,
  type BookInPieces,
  leftBehind,
  pieceSettings,
  syncPieces,
} from '../support/world/in-pieces.js';

const ACCOUNTS = 8;
const sizes = { accounts: 3, items: 3 };
const ASKING = { by: 'user:ann', at: 1 };

let settings: Settings;
beforeAll(() => {
  settings = pieceSettings();
});

/** A queue whose jobs are done by two workers in turn, each under its own name. */
function workersOn(tools: Tools): Pick<JobQueue, 'add'> {
  let turn = 0;
  return {
    add: async ({ payload }) => {
      const piece = payload as PieceName;
      turn += 1;
      const worker = {
        holder: `worker-${turn % 2}`,
        holderIsGone: () => false,
        realNow: tools.clock.now,
        table: PIECES,
      };
      const run = await joinRun(tools, piece.run, { worker, signal: new AbortController().signal });
      if (run !== null) await doPiece(run, piece, worker);
    },
  };
}

function queueAway(): IntegrationError {
  return new IntegrationError({
    ...{ kind: 'Transient', code: 'QUEUE_AWAY', message: 'Away.', actions: ['Wait.'] },
    ...{ retryable: true, provider: 'redis', operation: 'add job' },
  });
}

describe('a run whose pieces are done by several workers', () => {
  it('ends as one that a single process does', async () => {
    const alone = aBookInPieces(settings, ACCOUNTS);
    await syncPieces(alone.tools, { sizes });
    const shared = aBookInPieces(settings, ACCOUNTS);
    const hands = { ...distributedPieces(workersOn(shared.tools), 'trace'), sizes };
    const report = await syncPieces(shared.tools, { sizes, hands });
    expect(report.status).toBe('done');
    expect(await leftBehind(shared)).toEqual(await leftBehind(alone));
    const progress = await progressOf(shared.world.state, 'run-1');
    expect(progress?.workers.map(({ holder }) => holder).sort()).toEqual(['first', 'worker-0', 'worker-1']);
  });

  it('goes on where the queue was away for a moment', async () => {
    const book = aBookInPieces(settings, ACCOUNTS);
    const queue = workersOn(book.tools);
    const away = new Set(['pull', 'fields']);
    const shaky: typeof queue = {
      add: async (job) => {
        const { stage } = job.payload as PieceName;
        if (away.delete(stage)) throw queueAway();
        return queue.add(job);
      },
    };
    const report = await syncPieces(book.tools, {
      sizes,
      hands: { ...distributedPieces(shaky, 't'), sizes },
    });
    expect(report.status).toBe('done');
    expect(away.size).toBe(0);
  });

  it('is done by the leader where nobody takes a piece', async () => {
    const book = aBookInPieces(settings, ACCOUNTS);
    const lost = { add: async () => {} };
    const report = await syncPieces(book.tools, { sizes, hands: { ...distributedPieces(lost, 't'), sizes } });
    expect(report.status).toBe('done');
  });
});

describe('a run that somebody', () => {
  const stoppedAs = async (how: typeof askPause) => {
    const book = aBookInPieces(settings, ACCOUNTS);
    const { crm, state } = book.tools;
    const asking = {
      ...crm,
      write: (...asked: Parameters<typeof crm.write>) => {
        void how(state, 'run-1', ASKING);
        return crm.write(...asked);
      },
    };
    const stopped = syncPieces({ ...book.tools, crm: asking }, { sizes });
    await expect(stopped).rejects.toThrow(IntegrationError);
    return book;
  };

  it('pauses stands still, and ends as an undisturbed one when it is resumed', async () => {
    const alone = aBookInPieces(settings, ACCOUNTS);
    await syncPieces(alone.tools, { sizes });
    const book = await stoppedAs(askPause);
    const { state } = book.world;
    expect(await state.runs.get('run-1')).toMatchObject({ status: 'paused', finishedAt: null });
    const another = syncPieces(book.tools, { sizes, runId: 'run-2', trigger: 'schedule' });
    await expect(another).rejects.toMatchObject({ code: 'RUN_HELD' });
    expect(await askResume(state, 'run-1')).toBe(true);
    await syncPieces(book.tools, { sizes, resume: true });
    expect(await leftBehind(book)).toEqual(await leftBehind(alone));
  });

  it('cancels is over, and the next one does the rest', async () => {
    const book = await stoppedAs(askCancel);
    expect(await book.world.state.runs.get('run-1')).toMatchObject({ status: 'cancelled' });
    await expect(syncPieces(book.tools, { sizes, resume: true })).rejects.toMatchObject({ code: 'RUN_OVER' });
    const next = await syncPieces(book.tools, { sizes, runId: 'run-2' });
    expect(next).toMatchObject({ status: 'done', changes: { enrolments: 4 } });
  });
});

/** The same state with some parts of it watched, in whosever hands. */
function watching(state: StateStore, watched: (state: StateStore) => Partial<StateStore>): StateStore {
  return {
    ...state,
    ...watched(state),
    whileHeld: (held) => watching(state.whileHeld(held), watched),
  };
}

describe('a leader that was asleep while another one led the run to its end', () => {
  /** The first leader falls asleep where it plans a stage; the second one does everything meanwhile. */
  const asleepAt = (book: BookInPieces, awake: () => void) => {
    const { tools } = book;
    const { state } = tools;
    let sleptMs = 0;
    const realNow = () => tools.clock.now() + sleptMs;
    const asleep = watching(state, ({ pieces }) => ({
      pieces: {
        ...pieces,
        plan: async (run, stage, planned) => {
          if (stage === 'assess' && sleptMs === 0) {
            sleptMs = 60_000;
            await syncPieces(tools, { sizes, resume: true, holder: 'second', realNow });
            awake();
          }
          return pieces.plan(run, stage, planned);
        },
      },
    }));
    return syncPieces({ ...tools, state: asleep }, { sizes, realNow });
  };

  it.each([
    ['goes on', () => {}],
    [
      'meets an error',
      () => {
        throw new IntegrationError({
          ...{ kind: 'Transient', code: 'SF_UNREACHABLE', message: 'Gone.', actions: ['Wait.'] },
          ...{ retryable: true, provider: 'salesforce', operation: 'sleep' },
        });
      },
    ],
  ])('says nothing more about it when it %s', async (_, awake) => {
    const book = aBookInPieces(settings, ACCOUNTS);
    const saved: unknown[] = [];
    const state = watching(book.tools.state, ({ runs }) => ({
      runs: {
        ...runs,
        save: (run) => {
          saved.push(run.status);
          return runs.save(run);
        },
      },
    }));
    const tools = { ...book.tools, state };
    let before = 0;
    const asleep = asleepAt({ ...book, tools }, () => {
      before = saved.length;
      awake();
    });
    await expect(asleep).rejects.toThrow(IntegrationError);
    expect(saved.at(-1)).toBe('done');
    expect(saved).toHaveLength(before);
    expect(await state.runs.get('run-1')).toMatchObject({ status: 'done' });
  });
});
