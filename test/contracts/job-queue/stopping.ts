import { expect, it } from '@jest/globals';
import { gateOf } from '../../support/gate-of.js';
import { until } from '../../support/until.js';
import { aJob, type QueueBench, writing } from './bench.js';

const GRACE_MS = 20_000;

export function stoppingContract(bench: () => QueueBench): void {
  it('waits for what is under way when it is stopped, and takes nothing more', async () => {
    const { asking, doing } = bench();
    const gate = gateOf();
    const { done, handlers } = writing(bench(), () => gate.opened);
    const worker = await doing.work(handlers, { refresh: 1 });
    await asking.add(aJob('one'));
    await asking.add(aJob('two'));
    await until('the first is under way', () => done.length === 1);
    let stopped = false;
    const stopping = worker.stop(GRACE_MS).then(() => {
      stopped = true;
    });
    await until('the other one waits', async () => (await asking.counts()).waiting === 1);
    expect(stopped).toBe(false);
    gate.open();
    await stopping;
    expect(done.map(({ job }) => job.id)).toEqual(['one']);
    expect(await asking.counts()).toMatchObject({ waiting: 1, active: 0 });
  });

  it('aborts what is under way when it is stopped, and the next worker does it as if for the first time', async () => {
    const { asking, doing } = bench();
    const { done, handlers } = writing(bench(), (_, signal) => untilAborted(signal));
    const worker = await doing.work(handlers, { refresh: 1 });
    await asking.add(aJob('one', { payload: { page: 7 } }));
    await until('it is under way', () => done.length === 1);
    await worker.stop(GRACE_MS);
    expect(await asking.counts()).toMatchObject({ waiting: 1, active: 0, delayed: 0, failed: 0 });
    const next = writing(bench());
    await doing.work(next.handlers, { refresh: 1 });
    await until('the next one has done it', () => next.done.length === 1);
    expect(next.done[0]?.job).toEqual({ ...done[0]?.job, attempt: 1 });
  });

  it('does not wait longer than the grace it was given', async () => {
    const { asking, doing, pass } = bench();
    const gate = gateOf();
    const { done, handlers } = writing(bench(), () => gate.opened);
    const worker = await doing.work(handlers, { refresh: 1 });
    await asking.add(aJob('one'));
    await until('it is under way', () => done.length === 1);
    const stopping = worker.stop(50);
    await pass(50);
    await stopping;
    expect((await asking.counts()).active).toBe(1);
    gate.open();
  });

  it('keeps what is asked for while nobody works, and the next worker does it', async () => {
    const { asking, doing } = bench();
    const { done, handlers } = writing(bench());
    const worker = await doing.work(handlers, { refresh: 1 });
    await worker.stop(GRACE_MS);
    await asking.add(aJob('one'));
    expect((await asking.counts()).waiting).toBe(1);
    await doing.work(handlers, { refresh: 1 });
    await until('it is done', () => done.length === 1);
  });

  it('refuses jobs once it is closed', async () => {
    const { asking } = bench();
    await asking.close();
    await expect(asking.add(aJob('one'))).rejects.toMatchObject({
      name: 'IntegrationError',
      kind: 'Transient',
      retryable: true,
    });
  });
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}
