import { expect, it } from '@jest/globals';
import { until } from '../../support/until.js';
import { aJob, busyError, type Doing, PATIENCE, type QueueBench, refusedError, writing } from './bench.js';

/** Lets time pass after each failure, until the handler has been called so often. */
async function attemptsMade(bench: QueueBench, done: readonly Doing[], count: number): Promise<void> {
  await until('it is tried', () => done.length > 0);
  while (done.length < count) {
    const before = done.length;
    await until(
      'it is put off',
      async () => (await bench.asking.counts()).delayed === 1 || done.length > before,
    );
    await bench.pass(PATIENCE.longestWaitMs);
    await until('it is tried again', () => done.length > before);
  }
}

export function failuresContract(bench: () => QueueBench): void {
  it('tries a retryable failure again, waiting twice as long each time', async () => {
    const { asking, doing } = bench();
    const { done, handlers } = writing(bench(), async ({ attempt }) => {
      if (attempt < 3) throw busyError();
    });
    await doing.work(handlers, { refresh: 1 });
    await asking.add(aJob('one'));
    await attemptsMade(bench(), done, 3);
    await until('nothing is left to do', async () => (await asking.counts()).active === 0);
    const [first = 0, second = 0, third = 0] = done.map(({ at }) => at);
    expect(done.map(({ job }) => job.attempt)).toEqual([1, 2, 3]);
    expect(second - first).toBeGreaterThanOrEqual(PATIENCE.firstWaitMs);
    expect(third - second).toBeGreaterThanOrEqual(PATIENCE.firstWaitMs * 2);
    expect(await asking.counts()).toMatchObject({ waiting: 0, delayed: 0, failed: 0 });
  });

  it('does not try again before the vendor wants to be asked', async () => {
    const { asking, doing, pass } = bench();
    const { done, handlers } = writing(bench(), async ({ attempt }) => {
      if (attempt === 1) throw busyError(700);
    });
    await doing.work(handlers, { refresh: 1 });
    await asking.add(aJob('one'));
    await until('it was put off', async () => (await asking.counts()).delayed === 1);
    await pass(1_050);
    await until('it was tried again', () => done.length === 2);
    expect(Number(done[1]?.at) - Number(done[0]?.at)).toBeGreaterThanOrEqual(700);
  });

  it('gives up after the last attempt, and says why', async () => {
    const { asking, doing } = bench();
    const { done, handlers } = writing(bench(), async () => {
      throw busyError();
    });
    await doing.work(handlers, { refresh: 1 });
    await asking.add(aJob('one'));
    await attemptsMade(bench(), done, 3);
    await until('it has failed', async () => (await asking.counts()).failed === 1);
    const [failed] = await asking.failed(10);
    expect(failed).toMatchObject({ id: 'one', name: 'refresh', attempts: 3 });
    expect(failed?.reason).toBe('The vendor is busy. Wait a moment.');
  });

  it('lists what failed for good at the first try, latest first, without the words of a defect', async () => {
    const { asking, doing, now, pass } = bench();
    const { done, handlers } = writing(bench(), async ({ id }) => {
      throw id === 'wrong' ? refusedError() : new TypeError('ann@example.com is not a function');
    });
    await doing.work(handlers, { refresh: 1, digest: 1 });
    const asked = now();
    await asking.add(aJob('wrong'));
    await until('the first failed', async () => (await asking.counts()).failed === 1);
    await pass(1);
    const first = Number((await asking.failed(1))[0]?.failedAt);
    await until('time has passed', () => now() > first);
    await asking.add(aJob('defect', { name: 'digest' }));
    await until('both failed', async () => (await asking.counts()).failed === 2);
    expect(done).toHaveLength(2);
    const failed = await asking.failed(10);
    expect(failed.map(({ id, name }) => [id, name])).toEqual([
      ['defect', 'digest'],
      ['wrong', 'refresh'],
    ]);
    expect(failed.find(({ id }) => id === 'wrong')?.reason).toBe(
      'The key is missing. Write the key into the environment.',
    );
    expect(failed.find(({ id }) => id === 'defect')?.reason).toMatch(
      /^The job stopped with a fault .*TypeError/,
    );
    expect(JSON.stringify(failed)).not.toContain('ann@example.com');
    expect(failed.every(({ failedAt }) => failedAt >= asked && failedAt <= now())).toBe(true);
    expect(await asking.failed(1)).toHaveLength(1);
  });

  it('tries a failed job anew when a person asks for it, with all its attempts', async () => {
    const { asking, doing } = bench();
    let mended = false;
    const { done, handlers } = writing(bench(), async ({ attempt }) => {
      if (!mended) throw refusedError();
      if (attempt === 1) throw busyError();
    });
    await doing.work(handlers, { refresh: 1 });
    await asking.add(aJob('one', { payload: { kept: true } }));
    await until('it has failed', async () => (await asking.counts()).failed === 1);
    mended = true;
    expect(await asking.retry('one')).toBe(true);
    await until('it was tried', () => done.length === 2);
    await attemptsMade(bench(), done, 3);
    expect(done.map(({ job }) => job.attempt)).toEqual([1, 1, 2]);
    expect(done[2]?.job.payload).toEqual({ kept: true });
    await until('it is done', async () => (await asking.counts()).active === 0);
    expect(await asking.failed(10)).toEqual([]);
    expect(await asking.retry('one')).toBe(false);
  });

  it('forgets a failed job when a person discards it, so that it may be asked for again', async () => {
    const { asking, doing } = bench();
    const { done, handlers } = writing(bench(), async ({ payload }) => {
      if (payload === 'bad') throw refusedError();
    });
    await doing.work(handlers, { refresh: 1 });
    await asking.add(aJob('one', { payload: 'bad' }));
    await until('it has failed', async () => (await asking.counts()).failed === 1);
    await asking.add(aJob('one', { payload: 'good' }));
    expect(await asking.discard('one')).toBe(true);
    expect(await asking.discard('one')).toBe(false);
    expect(await asking.failed(10)).toEqual([]);
    await asking.add(aJob('one', { payload: 'good' }));
    await until('it is done', () => done.length === 2);
    expect(done.map(({ job }) => job.payload)).toEqual(['bad', 'good']);
  });

  it('neither retries nor discards what has not failed', async () => {
    const { asking } = bench();
    await asking.add(aJob('waiting'));
    for (const id of ['waiting', 'unknown']) {
      expect(await asking.retry(id)).toBe(false);
      expect(await asking.discard(id)).toBe(false);
    }
    expect((await asking.counts()).waiting).toBe(1);
  });
}
