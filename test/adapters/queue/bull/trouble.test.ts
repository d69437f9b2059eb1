import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { JobQueue } from '../../../../src/ports/job-queue.js';
import { aJob, handling } from '../../../contracts/job-queue/bench.js';
import { type ARedis, aRedis, describeWith } from '../../../support/services.js';
import { SILENT } from '../../../support/silent-log.js';
import { startChild } from '../../../support/typescript-child.js';
import { until } from '../../../support/until.js';
import { aBullQueue } from './support.js';

const AWAY = { name: 'IntegrationError', code: 'QUEUE_REDIS_AWAY', retryable: true };

describeWith('redis')('Bull in trouble', () => {
  let redis: ARedis;
  let prefix: string;
  let open: JobQueue[];
  beforeEach(async () => {
    redis = await aRedis({ appendOnly: true });
    prefix = `truenorth:${randomUUID()}`;
    open = [];
  });
  afterEach(async () => {
    await Promise.all(open.map((queue) => queue.close()));
    await redis.stop();
  });
  const aQueue = (log = SILENT): JobQueue => {
    const queue = aBullQueue(redis.url, { prefix, log });
    open.push(queue);
    return queue;
  };

  it('gives the jobs of a worker that was killed to another one, as first attempts', async () => {
    const asking = aQueue();
    for (const id of ['one', 'two']) await asking.add(aJob(id, { name: 'piece', payload: { of: id } }));
    const child = startChild(new URL('./child/worker.ts', import.meta.url), redis.url, prefix);
    if (child.stdout === null) throw new Error('The child has no output.');
    const taken: string[] = [];
    for await (const id of createInterface(child.stdout)) {
      taken.push(id);
      if (taken.length === 2) child.kill('SIGKILL');
    }
    expect(taken.toSorted()).toEqual(['one', 'two']);
    expect((await asking.counts()).active).toBe(2);

    const done: unknown[] = [];
    await aQueue().work(
      handling(async ({ id, payload, attempt }) => void done.push([id, payload, attempt])),
      { piece: 1 },
    );
    await until('the other one has done both', () => done.length === 2);
    expect(done.toSorted()).toEqual([
      ['one', { of: 'one' }, 1],
      ['two', { of: 'two' }, 1],
    ]);
    await until('none is left', async () => (await asking.counts()).active === 0);
  });

  it('loses no job when Redis is killed while they are asked for and done, and goes on by itself', async () => {
    const asking = aQueue();
    const done = new Set<string>();
    await aQueue().work(
      handling(async ({ id }) => void done.add(id)),
      { refresh: 10 },
    );
    const confirmed = new Set<string>();
    let killed = 0;
    for (let at = 0; at < 600; at += 1) {
      if (at === 200 || at === 400) {
        killed += 1;
        await redis.restart();
      }
      await asking.add(aJob(`job-${at}`)).then(
        () => confirmed.add(`job-${at}`),
        () => undefined,
      );
    }
    await until('all that were confirmed are done', () => [...confirmed].every((id) => done.has(id)), 60_000);
    expect(killed).toBe(2);
    expect(confirmed.size).toBeGreaterThan(590);
    await until('nothing is left', async () => {
      const { waiting, active } = await asking.counts();
      return waiting + active === 0;
    });
  });

  it('refuses within seconds while Redis is away, says so once, and takes jobs again when it is back', async () => {
    const said: string[] = [];
    const say = (message: string): void => void said.push(message);
    const log = { debug: () => undefined, info: say, warn: say, error: say };
    const asking = aQueue(log);
    await asking.add(aJob('before'));
    await redis.kill();
    await expect(asking.add(aJob('meanwhile'))).rejects.toMatchObject(AWAY);
    await expect(asking.counts()).rejects.toMatchObject(AWAY);
    await expect(asking.failed(10)).rejects.toMatchObject(AWAY);
    await expect(asking.retry('before')).rejects.toMatchObject(AWAY);
    await redis.restart();
    await until('it takes jobs again', () =>
      asking.add(aJob('after')).then(
        () => true,
        () => false,
      ),
    );
    await until('it said so', () => said.length === 2);
    expect(said).toEqual(['redis of the job queue is away', 'redis of the job queue is back']);
  });

  it('starts to work without Redis, and does what is there once Redis comes', async () => {
    await aQueue().add(aJob('one'));
    await redis.kill();
    const done: string[] = [];
    const worker = await aQueue().work(
      handling(async ({ id }) => void done.push(id)),
      { refresh: 1 },
    );
    await redis.restart();
    await until('it is done', () => done.length === 1);
    await worker.stop(5_000);
  });

  it('stops without Redis', async () => {
    const started = Promise.withResolvers<void>();
    const asking = aQueue();
    const worker = await aQueue().work(
      handling((_, signal) => {
        started.resolve();
        return once(signal, 'abort').then(() => undefined);
      }),
      { refresh: 1 },
    );
    await asking.add(aJob('one'));
    await started.promise;
    await redis.kill();
    await worker.stop(200);
    await redis.restart();
  });
});
