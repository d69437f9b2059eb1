import { describe, expect, it } from '@jest/globals';
import { runJobOf } from '../../src/service/jobs/run.js';
import { runJob } from '../../src/service/run-order.js';
import { WHOLE_RUN } from '../../src/sync/context.js';
import { SILENT } from '../support/silent-log.js';
import { aBookInPieces, pieceSettings, syncPieces } from '../support/world/in-pieces.js';

const sizes = { accounts: 3, items: 3 };

/** A run that has ended, an engine, and another engine that leads whatever run is under way. */
async function besideALeader() {
  const { tools } = aBookInPieces(pieceSettings(), 2);
  await syncPieces(tools, { sizes });
  const { now } = tools.clock;
  const org = await tools.crm.org();
  await tools.state.leases.take(`run:${org.id}`, 'other', now(), 60_000);
  const handle = runJobOf({
    state: tools.state,
    tools: async () => tools,
    log: SILENT,
    queue: { add: async () => undefined },
    holder: 'engine',
    holderIsGone: () => false,
    realNow: now,
  });
  const asked = (runId: string): Promise<void> => {
    const { name, id, payload, trace } = runJob(
      { runId, apply: true, parts: WHOLE_RUN, trigger: 'user:ann' },
      't',
    );
    return handle({ name, id, payload, trace, attempt: 1 }, new AbortController().signal);
  };
  return { state: tools.state, asked };
}

describe('A job of a run, while another engine leads', () => {
  it('is over when its own run has ended', async () => {
    const { asked } = await besideALeader();
    await expect(asked('run-1')).resolves.toBeUndefined();
  });

  it('is over when its own run is the one that is led', async () => {
    const { state, asked } = await besideALeader();
    const record = await state.runs.get('run-1');
    if (record !== null) await state.runs.save({ ...record, status: 'running', finishedAt: null });
    await expect(asked('run-1')).resolves.toBeUndefined();
  });

  it.each(['failed', 'paused'] as const)('waits when its own run is %s', async (status) => {
    const { state, asked } = await besideALeader();
    const record = await state.runs.get('run-1');
    if (record !== null) await state.runs.save({ ...record, status });
    await expect(asked('run-1')).rejects.toMatchObject({ code: 'RUN_IN_PROGRESS' });
  });

  it('waits when its own run has not begun', async () => {
    const { asked } = await besideALeader();
    await expect(asked('run-2')).rejects.toMatchObject({ code: 'RUN_IN_PROGRESS' });
  });
});
