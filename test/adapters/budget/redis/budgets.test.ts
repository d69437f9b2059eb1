import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { redisBudgets } from '../../../../src/adapters/budget/redis/index.js';
import { budgetsContract, SPAN } from '../../../contracts/budgets.js';
import { type ARedis, aRedis, describeWith } from '../../../support/services.js';
import { SILENT } from '../../../support/silent-log.js';
import { startChild } from '../../../support/typescript-child.js';
import { until } from '../../../support/until.js';

const LIMITS = { share: 0.25, ceiling: 0.8, spentBefore: 0 };
const REAL = { now: () => Date.now(), sleep: (ms: number) => wait(ms) };
/** Goes on at once: what counts are the moments that Redis gave away. */
const HASTY = { now: () => Date.now(), sleep: () => Promise.resolve() };

describeWith('redis')('budgets in Redis', () => {
  let redis: ARedis;
  let prefix: string;
  beforeAll(async () => {
    redis = await aRedis();
  });
  afterAll(() => redis.stop());
  beforeEach(() => {
    prefix = `truenorth:${randomUUID()}`;
  });
  const aWorker = (clock = REAL, more = {}) =>
    redisBudgets({ url: redis.url, prefix, clock, log: SILENT, ...more });

  budgetsContract('of four connections', async () => ({
    workers: [aWorker(REAL, SPAN), aWorker(REAL, SPAN), aWorker(REAL, SPAN), aWorker(REAL, SPAN)],
    now: () => Date.now(),
    pass: async () => {},
  }));

  it('give exactly our share to four processes that hammer at once', async () => {
    const budgets = aWorker();
    await budgets.calls('crm', LIMITS).take(1, { used: 0, max: 2_000 });
    const children = [1, 2, 3, 4].map(() =>
      startChild(new URL('./child/worker.ts', import.meta.url), redis.url, prefix, '300'),
    );
    const told = await Promise.all(children.map(async ({ stdout }) => String(await stdout?.toArray())));
    const given = told.map(Number);
    expect(given.reduce((sum, one) => sum + one, 1)).toBe(500);
    expect(await budgets.calls('crm', LIMITS).spent()).toBe(500);
    await budgets.close();
  });

  it('give moments away of which no window holds more than its size, whenever they are asked for', async () => {
    const workers = [aWorker(HASTY), aWorker(HASTY), aWorker(HASTY)];
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(workers.map((worker) => worker.window('mail', 3, 40).turn()));
      await wait(round % 7);
    }
    const reader = new Redis(redis.url);
    const kept = await reader.zrange(`${prefix}:window:mail`, 0, -1, 'WITHSCORES');
    reader.disconnect();
    const moments = kept.filter((_, at) => at % 2 === 1).map(Number);
    expect(moments.length).toBeGreaterThan(10);
    const spans = moments.slice(3).map((at, index) => at - Number(moments[index]));
    expect(spans.filter((span) => span < 40)).toEqual([]);
    await Promise.all(workers.map((worker) => worker.close()));
  });

  it('keep orgs apart', async () => {
    const one = aWorker();
    await one.calls('crm', LIMITS).take(25, { used: 0, max: 100 });
    prefix = `truenorth:${randomUUID()}`;
    const other = aWorker();
    expect(await other.calls('crm', LIMITS).spent()).toBe(0);
    await Promise.all([one.close(), other.close()]);
  });

  it('refuse within seconds while Redis is away, and go on when it is back', async () => {
    const mine = await aRedis({ appendOnly: true });
    const budgets = redisBudgets({ url: mine.url, prefix, clock: REAL, log: SILENT });
    const budget = budgets.calls('crm', LIMITS);
    await budget.take(7, { used: 0, max: 100 });
    await mine.kill();
    const away = { name: 'IntegrationError', code: 'BUDGET_REDIS_AWAY', retryable: true };
    await expect(budget.take(1, null)).rejects.toMatchObject(away);
    await expect(budgets.window('mail', 1, 10).turn()).rejects.toMatchObject(away);
    await mine.restart();
    await until('it counts again', () =>
      budget.take(1, null).then(
        () => true,
        () => false,
      ),
    );
    expect(await budget.spent()).toBe(8);
    await budgets.close();
    await mine.stop();
  });
});
