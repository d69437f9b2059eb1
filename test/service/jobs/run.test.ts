import { describe, expect, it } from '@jest/globals';
import type { JobToDo } from '../../../src/ports/job-queue.js';
import type { RunRecord } from '../../../src/ports/state-store.js';
import type { EngineParts } from '../../../src/service/engine-parts.js';
import { runJobOf } from '../../../src/service/jobs/run.js';
import { INCREMENTAL_RUN, type RunOrder, runJob } from '../../../src/service/run-order.js';
import { WHOLE_RUN } from '../../../src/sync/context.js';
import { settingsWith } from '../../support/world/settings.js';
import { aWorld } from '../../support/world/world.js';

const NIGHTLY = { ...INCREMENTAL_RUN, full: true, reconcile: true } as const;
const order = (fields: Partial<RunOrder>): RunOrder => ({
  runId: 'r1',
  apply: true,
  parts: WHOLE_RUN,
  trigger: 'schedule',
  ...fields,
});

/** An org in which somebody else has the lease of runs; gives what an order asks for after that. */
async function aBusyOrg() {
  const { tools } = aWorld({ settings: settingsWith({}, 'enabled: true\n') });
  const { state, clock, log } = tools;
  const org = await tools.crm.org();
  const realNow = clock.now;
  await state.leases.take(`run:${org.id}`, 'elsewhere 1', realNow(), 20_000);
  const added: JobToDo[] = [];
  const parts = {
    ...{ state, clock, log, realNow },
    tools: async () => tools,
    queue: { add: async (job: JobToDo) => void added.push(job) },
    holder: 'here 1',
    holderIsGone: () => false,
  } as unknown as EngineParts;
  const handle = async (asked: RunOrder) => {
    const { name, id, payload, trace } = runJob(asked, 'trace-1');
    await runJobOf(parts)({ name, id, payload, trace, attempt: 1 }, new AbortController().signal);
    return added;
  };
  /** A run that is not over has the lease, instead of something that reads for a moment. */
  const runOf = (id: string, how: Partial<RunRecord> = {}) =>
    state.runs.save({
      ...{ id, org: org.id, startedAt: realNow(), finishedAt: null, day: 20_000, apply: true },
      ...{ stage: 'assess', status: 'running', trigger: 'cli', trace: id, fixed: null, report: null },
      ...how,
    });
  return { handle, runOf };
}

describe('A run that finds the org busy', () => {
  it('comes again in a moment while something reads, the small one of the schedule included', async () => {
    const { handle } = await aBusyOrg();
    const [again] = await handle(order({ parts: INCREMENTAL_RUN }));
    expect(again).toMatchObject({
      ...{ name: 'run', trace: 'trace-1', payload: { runId: 'r1', parts: INCREMENTAL_RUN } },
      delayMs: 2_000,
    });
    expect(again?.id).not.toBe('run:r1');
  });

  it.each([
    ['what the schedule asks for once a night', { parts: NIGHTLY }],
    ['what somebody asks for', { trigger: 'user:cleo' }],
    ['what follows from a change', { trigger: 'change', parts: INCREMENTAL_RUN }],
  ])('waits for the end of another run: %s', async (_what, fields) => {
    const { handle, runOf } = await aBusyOrg();
    await runOf('other');
    const [again] = await handle(order(fields));
    expect(again).toMatchObject({ payload: order(fields), delayMs: 30_000 });
  });

  it('is left to the next slot where it is the small one of the schedule and another run is under way', async () => {
    const { handle, runOf } = await aBusyOrg();
    await runOf('other');
    expect(await handle(order({ parts: INCREMENTAL_RUN }))).toEqual([]);
  });

  it('is left to whoever leads it where that is another engine', async () => {
    const { handle, runOf } = await aBusyOrg();
    await runOf('r1');
    expect(await handle(order({ trigger: 'user:cleo' }))).toEqual([]);
  });

  it('is not asked for again when it has ended meanwhile, only when it failed', async () => {
    const { handle, runOf } = await aBusyOrg();
    await runOf('r1', { status: 'done', finishedAt: 1 });
    await runOf('other');
    expect(await handle(order({ trigger: 'user:cleo' }))).toEqual([]);
    await runOf('r1', { status: 'failed', finishedAt: 1 });
    expect(await handle(order({ trigger: 'user:cleo' }))).toHaveLength(1);
  });
});
