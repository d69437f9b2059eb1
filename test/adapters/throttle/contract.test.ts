import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { memoryThrottles, redisThrottles } from '../../../src/adapters/throttle/flexible/index.js';
import { throttleContract } from '../../contracts/throttle.js';
import { type ARedis, aRedis, describeWith } from '../../support/services.js';

throttleContract('memory', memoryThrottles);

describeWith('redis')('Redis', () => {
  let redis: ARedis;
  beforeAll(async () => {
    redis = await aRedis();
  });
  afterAll(() => redis.stop());

  throttleContract('Redis', () => redisThrottles(redis.url, randomUUID()));

  it('counts for all processes together', async () => {
    const prefix = randomUUID();
    const [one, other] = [redisThrottles(redis.url, prefix), redisThrottles(redis.url, prefix)];
    const rule = { most: 1, windowMs: 60_000 };
    expect((await one.of('x', rule).take('a')).waitMs).toBe(0);
    expect((await other.of('x', rule).take('a')).waitMs).toBeGreaterThan(0);
    await Promise.all([one.close(), other.close()]);
  });

  it('goes on counting in memory while Redis is away', async () => {
    const throttles = redisThrottles(redis.url, randomUUID());
    const throttle = throttles.of('x', { most: 1, windowMs: 60_000 });
    await throttle.take('a');
    await redis.kill();
    expect((await throttle.take('b')).waitMs).toBe(0);
    expect((await throttle.take('b')).waitMs).toBeGreaterThan(0);
    await redis.restart();
    await throttles.close();
  });
});
