import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { inlineQueue, queueOverPort, serveQueue } from '../../../../src/adapters/queue/inline/index.js';
import { IntegrationError } from '../../../../src/ports/errors.js';
import type { JobQueue } from '../../../../src/ports/job-queue.js';
import { aJob, handling, PATIENCE } from '../../../contracts/job-queue/bench.js';
import { movedClock } from '../../../support/moved-clock.js';
import { SILENT } from '../../../support/silent-log.js';

const AWAY = { name: 'IntegrationError', code: 'QUEUE_AWAY', retryable: true };

describe('a queue over a port', () => {
  let channel: MessageChannel;
  let queue: JobQueue;
  beforeEach(() => {
    channel = new MessageChannel();
    const clock = movedClock(Date.UTC(2026, 10, 26, 9));
    queue = inlineQueue({ clock, log: SILENT, patience: PATIENCE, random: () => 0.5, kept: 10 });
  });
  afterEach(async () => {
    channel.port1.close();
    await queue.close();
  });

  it('refuses to do jobs: they are done where the queue is', async () => {
    const asking = queueOverPort(channel.port2, 1_000);
    const work = asking.work(
      handling(async () => {}),
      {},
    );
    await expect(work).rejects.toMatchObject({ code: 'QUEUE_ELSEWHERE', retryable: false });
  });

  it('gives up on a thread that does not answer in time', async () => {
    const asking = queueOverPort(channel.port2, 20);
    await expect(asking.add(aJob('one'))).rejects.toMatchObject(AWAY);
  });

  it('gives up at once on a thread that has ended, also on calls made later', async () => {
    const asking = queueOverPort(channel.port2, 600_000);
    const pending = asking.counts();
    channel.port1.close();
    await expect(pending).rejects.toMatchObject(AWAY);
    await expect(asking.add(aJob('one'))).rejects.toMatchObject(AWAY);
  });

  it('tells a look what was known last where the thread is in the middle of something', async () => {
    const stuck = new Promise<never>(() => {});
    let looks = 0;
    const counts = () => (looks++ === 0 ? queue.counts() : stuck);
    serveQueue(channel.port1, { ...queue, counts });
    const asking = queueOverPort(channel.port2, 1_000);
    await queue.add(aJob('one'));
    const first = await asking.counts();
    expect(first).toEqual(await queue.counts());
    expect(await asking.counts()).toEqual(first);
    expect(looks).toBe(2);
  });

  it('tells nothing old of jobs that were changed since', async () => {
    const gone: string[] = [];
    let busy = Promise.resolve();
    const look = async <T>(answer: () => T): Promise<T> => {
      await busy;
      return answer();
    };
    const counted = await queue.counts();
    const failed = () =>
      look(() => gone.map((id) => ({ id, name: 'run', attempts: 1, reason: '', failedAt: 0 }) as const));
    const discard = async (id: string) => gone.push(id) > 0;
    serveQueue(channel.port1, { ...queue, failed, discard, counts: () => look(() => counted) });
    const asking = queueOverPort(channel.port2, 20_000);
    expect(await asking.failed(5)).toEqual([]);
    await asking.discard('one');
    await asking.counts();
    const { promise, resolve } = Promise.withResolvers<void>();
    busy = promise;
    let told = false;
    const later = asking.failed(5).then((jobs) => {
      told = true;
      return jobs;
    });
    // Asked after it, and told what is known when the patience of a look is over.
    await asking.counts();
    expect(told).toBe(false);
    resolve();
    expect(await later).toHaveLength(1);
  });

  it('hands an error of the far side over with everything that it says', async () => {
    serveQueue(channel.port1, queue);
    const asking = queueOverPort(channel.port2, 20_000);
    await queue.close();
    const there = await queue.add(aJob('one')).catch((error: unknown) => error);
    const here = await asking.add(aJob('one')).catch((error: unknown) => error);
    expect(here).toBeInstanceOf(IntegrationError);
    expect({ ...(here as IntegrationError) }).toEqual({ ...(there as IntegrationError) });
    expect(String(here)).toBe(String(there));
  });
});
