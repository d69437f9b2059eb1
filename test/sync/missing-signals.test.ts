import { describe, expect, it } from '@jest/globals';
import { countMissing, sharesOf } from '../../src/sync/missing-signals.js';
import { settingsWith } from '../support/world/settings.js';
import { anAccount, aWorld } from '../support/world/world.js';

const MAPPING = `
objects:
  account:
    object: Account
    attributes: { name: Name, arr: ARR__c, ownerId: OwnerId, daysOverdue: Days_Overdue__c }
write: { score: Truenorth_Score__c, band: Truenorth_Band__c, tier: Truenorth_Tier__c, tierSince: Truenorth_Tier_Since__c }
`;

describe('what the book does not tell', () => {
  it('is counted by signal, old values included', () => {
    const count = countMissing();
    const signal = (id: string, state: 'present' | 'missing' | 'stale') => ({
      id,
      state,
      dimension: 'd',
      value: null,
      asOf: null,
      score: null,
      share: 0,
    });
    count.add({ signals: [signal('nps', 'present'), signal('use', 'stale')] });
    count.add({ signals: [signal('nps', 'missing'), signal('use', 'stale')] });
    expect(sharesOf([count.counts()])).toEqual({ nps: 0.5, use: 1 });
    expect(sharesOf([{ nps: [2, 1] }, { nps: [2, 0], use: [1, 1] }])).toEqual({ nps: 0.25, use: 1 });
  });

  it('pauses a run when it grows at once, and not when a single account falls silent', async () => {
    const settings = settingsWith({}, '', { 'mappings/salesforce.yaml': MAPPING });
    const world = aWorld({ settings });
    const accounts = Array.from({ length: 6 }, () => anAccount(world, { Days_Overdue__c: 0 }));
    const silence = (id: string) => world.crm.tables.update('Account', id, { Days_Overdue__c: null });
    expect((await world.sync()).status).toBe('done');
    world.pass(1);
    accounts.slice(0, 1).forEach(silence);
    expect((await world.sync()).status).toBe('done');
    world.pass(1);
    accounts.forEach(silence);
    const paused = await world.sync();
    expect(paused.status).toBe('paused');
    expect(paused.brakes).toEqual([
      { kind: 'source', sentence: expect.stringContaining('overdue is unknown for 100 %') },
    ]);
  });
});
