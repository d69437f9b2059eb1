import { expect, it } from '@jest/globals';
import { gateOf } from '../../support/gate-of.js';
import { until } from '../../support/until.js';
import { aJob, type Doing, type QueueBench, writing } from './bench.js';

export function orderContract(bench: () => QueueBench): void {
  const idsOf = (done: readonly Doing[]): readonly string[] => done.map(({ job }) => job.id);

  it('does every job that was asked for, with its payload, its trace and its first attempt', async () => {
    const { asking, doing } = bench();
    const { done, handlers } = writing(bench());
    await doing.work(handlers, { refresh: 2, run: 1 });
    const payload = { accounts: ['001A', '001B'], full: false, since: null };
    await asking.add(aJob('one', { payload }));
    await asking.add(aJob('two', { name: 'run', payload: [1, 'two'] }));
    await until('both are done', () => done.length === 2);
    const jobs = done.map(({ job }) => job).sort((a, b) => a.id.localeCompare(b.id));
    expect(jobs).toEqual([
      { name: 'refresh', id: 'one', payload, attempt: 1, trace: 'trace-one' },
      { name: 'run', id: 'two', payload: [1, 'two'], attempt: 1, trace: 'trace-two' },
    ]);
  });

  it('keeps the payload as it was when the job was asked for', async () => {
    const { asking, doing } = bench();
    const { done, handlers } = writing(bench());
    const payload = { ids: ['first'] };
    await asking.add(aJob('one', { payload }));
    payload.ids.push('later');
    await doing.work(handlers, { refresh: 1 });
    await until('it is done', () => done.length === 1);
    expect(done[0]?.job.payload).toEqual({ ids: ['first'] });
  });

  it('takes an id once, while it waits, while it runs and when it is done', async () => {
    const { asking, doing } = bench();
    const gate = gateOf();
    const { done, handlers } = writing(bench(), () => gate.opened);
    await asking.add(aJob('same', { payload: 1 }));
    await asking.add(aJob('same', { payload: 2 }));
    expect((await asking.counts()).waiting).toBe(1);
    await doing.work(handlers, { refresh: 5 });
    await until('it runs', () => done.length === 1);
    await asking.add(aJob('same', { payload: 3 }));
    gate.open();
    await until('it is done', async () => (await asking.counts()).active === 0);
    await asking.add(aJob('same', { payload: 4 }));
    await asking.add(aJob('other'));
    await until('the other one is done', () => done.length > 1);
    expect(done.map(({ job }) => [job.id, job.payload])).toEqual([
      ['same', 1],
      ['other', {}],
    ]);
  });

  it('takes an id again once enough others have ended since', async () => {
    const { asking, doing } = bench();
    const { done, handlers } = writing(bench());
    await doing.work(handlers, { refresh: 1 });
    for (const [place, id] of ['first', 'second', 'third', 'fourth', 'first'].entries()) {
      await asking.add(aJob(id));
      await until(
        `${id} is done`,
        async () => done.length === place + 1 && (await asking.counts()).active === 0,
      );
    }
    expect(idsOf(done)).toEqual(['first', 'second', 'third', 'fourth', 'first']);
  });

  it('lets a job wait for its delay, and others go before it', async () => {
    const { asking, doing, now, pass } = bench();
    const { done, handlers } = writing(bench());
    await doing.work(handlers, { refresh: 1 });
    const asked = now();
    await asking.add(aJob('later', { delayMs: 300 }));
    await asking.add(aJob('sooner'));
    await until('the first is done', () => done.length === 1);
    expect(await asking.counts()).toMatchObject({ delayed: 1, waiting: 0, lagMs: null });
    await pass(300);
    await until('both are done', () => done.length === 2);
    expect(idsOf(done)).toEqual(['sooner', 'later']);
    expect(Number(done[1]?.at) - asked).toBeGreaterThanOrEqual(300);
  });

  it('lets the smaller priority go first, and equals in the order in which they came', async () => {
    const { asking, doing } = bench();
    const { done, handlers } = writing(bench());
    const told = [
      ['c', 9],
      ['a', 0],
      ['d', 9],
      ['b', 3],
    ] as const;
    for (const [id, priority] of told) await asking.add(aJob(id, { priority }));
    await doing.work(handlers, { refresh: 1 });
    await until('all are done', () => done.length === 4);
    expect(idsOf(done)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('runs no more of a name at once than it was told, and takes no name that was left out', async () => {
    const { asking, doing } = bench();
    const gate = gateOf();
    const { done, handlers } = writing(bench(), () => gate.opened);
    for (const id of ['r1', 'r2', 'r3']) await asking.add(aJob(id));
    for (const id of ['p1', 'p2', 'p3']) await asking.add(aJob(id, { name: 'piece' }));
    await asking.add(aJob('d1', { name: 'digest' }));
    await doing.work(handlers, { refresh: 2, piece: 1 });
    await until('three are under way', async () => (await asking.counts()).active === 3);
    await until('each has begun', () => done.length === 3);
    expect(idsOf(done).toSorted()).toEqual(['p1', 'r1', 'r2']);
    gate.open();
    await until(
      'all but one are done',
      async () => done.length === 6 && (await asking.counts()).active === 0,
    );
    expect(await asking.counts()).toMatchObject({ waiting: 1, active: 0 });
  });

  it('tells how many wait, and for how long the first of them', async () => {
    const { asking, now, pass } = bench();
    expect(await asking.counts()).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0, lagMs: null });
    const before = now();
    await asking.add(aJob('one', { priority: 1 }));
    await pass(50);
    await until('time has passed', () => now() - before >= 50);
    await asking.add(aJob('two', { priority: 0 }));
    const { waiting, lagMs } = await asking.counts();
    expect(waiting).toBe(2);
    expect(lagMs).toBeGreaterThanOrEqual(50);
    expect(lagMs).toBeLessThanOrEqual(now() - before);
  });
}
