import { beforeAll, describe, expect, it } from '@jest/globals';
import type { UsageReading } from '../../src/ports/service-store.js';
import type { Settings } from '../../src/ports/settings.js';
import { runSync } from '../../src/sync/run-sync.js';
import { STRANGER_DAYS } from '../../src/sync/take-readings.js';
import { MAPPING } from '../support/world/objects.js';
import { settingsWith } from '../support/world/settings.js';
import { anAccount, aWorld, type World } from '../support/world/world.js';

/** Nobody active is 0, a hundred and more are 100. */
const HEALTH = `
models:
  - id: one
    dimensions:
      adoption:
        weight: 10
        signals:
          people: { label: People, weight: 10, value: 'usage.activeUsers28', curve: { linear: { from: 0, to: 100 } } }
`;

let settings: Settings;
beforeAll(() => {
  settings = settingsWith({}, 'brakes: { share: 100 %, missing: 100 % }', {
    'mappings/salesforce.yaml': `${MAPPING}\nsentUsage: [activeUsers, count]\n`,
    'config/health.yaml': HEALTH,
  });
});

/** So many people were active today, as somebody's product tells. */
async function send(world: World, account: string, activeUsers: number, id = 'r1'): Promise<void> {
  const values = { on: world.today(), activeUsers };
  const reading: UsageReading = {
    source: 'product',
    id,
    content: JSON.stringify([account, values]),
    account,
    values,
    receivedAt: world.tools.clock.now(),
  };
  await world.inbox.add([reading]);
}

function scoreOf({ crm }: World, account: string): unknown {
  return crm.tables.rows('Account').find(({ id }) => id === account)?.values.Truenorth_Score__c ?? null;
}

function aCompany() {
  const world = aWorld({ settings });
  return { world, account: anAccount(world), other: anAccount(world) };
}

describe('usage that is sent in', () => {
  it('counts without an object of usage in the CRM, and leaves the inbox', async () => {
    const { world, account, other } = aCompany();
    await send(world, account, 40);
    await world.sync();
    expect([scoreOf(world, account), scoreOf(world, other)]).toEqual([40, null]);
    expect(await world.inbox.count()).toBe(0);
  });

  it('makes its account be assessed again the same day, and only that one', async () => {
    const { world, account } = aCompany();
    await world.sync();
    await send(world, account, 40);
    expect((await world.sync()).accounts.assessed).toBe(1);
    await send(world, account, 70);
    expect((await world.sync()).accounts.assessed).toBe(1);
    expect(scoreOf(world, account)).toBe(70);
    await send(world, account, 70);
    expect((await world.sync()).changes.fields).toBe(0);
  });

  it('goes over to the account that stays', async () => {
    const { world, account, other } = aCompany();
    await send(world, account, 40);
    await world.sync();
    world.pass(1);
    world.crm.tables.remove('Account', account, other);
    await world.sync();
    expect(scoreOf(world, other)).toBe(40);
    await send(world, account, 80, 'r2');
    await world.sync();
    expect(scoreOf(world, other)).toBe(80);
  });

  it('waits for an account that is not read, says so, and is let go after a month', async () => {
    const { world, account } = aCompany();
    await send(world, '001000000000999AAA', 40);
    await send(world, account, 30, 'r2');
    const { notes } = await world.sync();
    expect(notes.join('\n')).toContain('Usage was sent in for account 001000000000999AAA');
    world.pass(STRANGER_DAYS + 1);
    expect((await world.sync()).notes.join('\n')).not.toContain('Usage was sent in');
    expect(await world.state.rows.count('usage')).toBe(1);
  });

  it('is let go when it is older than the retention', async () => {
    const { world, account } = aCompany();
    await send(world, account, 40);
    await world.sync();
    world.pass(settings.service.retention.usage + 1);
    await world.sync();
    expect(await world.state.rows.count('usage')).toBe(0);
  });

  it('is not lost when the run dies between storing and letting go', async () => {
    const { world, account } = aCompany();
    await send(world, account, 40);
    const dying = { ...world.tools.readings, taken: () => Promise.reject(new Error('killed')) };
    const options = {
      apply: true,
      reconcile: false,
      runId: 'dying',
      callsBefore: { salesforce: {}, hubspot: {}, outreach: {} },
      holder: 'dying',
      holderIsGone: () => false,
      realNow: world.tools.clock.now,
    };
    await expect(runSync({ ...world.tools, readings: dying }, options)).rejects.toThrow('killed');
    expect(await world.inbox.count()).toBe(1);
    await world.sync();
    expect(scoreOf(world, account)).toBe(40);
    expect(await world.state.rows.count('usage')).toBe(1);
  });
});
