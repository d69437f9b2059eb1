import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { memoryThrottles } from '../../../../src/adapters/throttle/flexible/index.js';
import { logInGuard } from '../../../../src/entrypoints/http/session/log-in-guard.js';

const MINUTE_MS = 60_000;
const TRIED = { name: 'cleo', address: '192.0.2.1' };

beforeEach(() => {
  // Only what the clock says is moved: everything else goes on as it does.
  jest.useFakeTimers({
    now: 0,
    doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval', 'clearTimeout', 'queueMicrotask'],
  });
});
afterEach(() => {
  jest.useRealTimers();
});

/** How long the next try waits, in minutes; 0 = it may be made. */
async function wait(guard: ReturnType<typeof logInGuard>, tried = TRIED): Promise<number> {
  try {
    await guard.before(tried);
    return 0;
  } catch (error) {
    return Number((error as { headers: Record<string, string> }).headers['Retry-After']) / 60;
  }
}

it('doubles the wait after each five wrong guesses, up to an hour', async () => {
  const guard = logInGuard(memoryThrottles(), 'world', 5);
  const waits: number[] = [];
  for (let round = 0; round < 8; round += 1) {
    for (let tries = 0; tries < 5; tries += 1) expect(await wait(guard)).toBe(0);
    const minutes = await wait(guard);
    waits.push(minutes);
    jest.setSystemTime(Date.now() + minutes * MINUTE_MS + 1);
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
});

it('keeps nobody waiting who knew the password in time', async () => {
  const guard = logInGuard(memoryThrottles(), 'world', 5);
  for (let tries = 0; tries < 4; tries += 1) await guard.before(TRIED);
  await guard.before(TRIED);
  await guard.succeeded(TRIED);
  expect(await wait(guard)).toBe(0);
});

it('stops guesses at one user from many addresses, and at many users from one', async () => {
  const guard = logInGuard(memoryThrottles(), 'world', 5);
  const from = (address: number) => wait(guard, { name: 'cleo', address: `192.0.2.${address}` });
  for (let address = 0; address < 100; address += 1) expect(await from(address)).toBe(0);
  expect(await from(101)).toBeGreaterThan(0);
  const as = (user: number) => wait(guard, { name: `user${user}`, address: '198.51.100.7' });
  for (let user = 0; user < 100; user += 1) expect(await as(user)).toBe(0);
  expect(await as(101)).toBeGreaterThan(0);
});
