import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import { jobQueueContract } from '../../../contracts/job-queue.js';
import { type ARedis, aRedis, describeWith } from '../../../support/services.js';
import { aBullQueue } from './support.js';

describeWith('redis')('Bull', () => {
  let redis: ARedis;
  beforeAll(async () => {
    redis = await aRedis();
  });
  afterAll(() => redis.stop());

  jobQueueContract('Bull on Redis', async (kept) => {
    const prefix = `truenorth:${randomUUID()}`;
    const asking = aBullQueue(redis.url, { prefix, kept });
    const doing = aBullQueue(redis.url, { prefix, kept });
    const close = async (): Promise<void> => {
      await doing.close();
      await asking.close();
    };
    return { asking, doing, now: () => Date.now(), pass: async () => {}, close };
  });
});
