import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../../../src/adapters/crm/salesforce/index.js';
import { anEmbeddedOrg, type EmbeddedOrg } from './support/embedded.js';

const DELETE = '^DELETE .*/composite/sobjects';

let org: EmbeddedOrg;
beforeEach(async () => {
  org = await anEmbeddedOrg();
});
afterEach(() => org.close());

const plantAccounts = (count: number) =>
  org.plant(
    'Account',
    Array.from({ length: count }, (_, at) => ({ Name: `A${at}` })),
  );
const stored = () => org.server.org.table('Account').liveCount();

describe('deleting records', () => {
  it('is sent again after a lost answer, and finds the records gone', async () => {
    const ids = plantAccounts(3);
    org.server.faults.set({ kind: 'reset', match: DELETE, times: 1, afterBytes: 0 });
    const outcomes = await org.connect().crm.remove('Account', ids);
    expect(outcomes).toEqual(ids.map((id) => ({ id, ok: true })));
    expect(stored()).toBe(0);
  });

  it('tries locked records again in smaller groups', async () => {
    const ids = plantAccounts(2);
    org.server.faults.set({ kind: 'lock-row', match: DELETE, times: 1 });
    const { crm } = org.connect();
    expect((await crm.remove('Account', ids)).every(({ ok }) => ok)).toBe(true);
    expect(crm.usage().calls.collections).toBe(2);
  });

  it('deletes 200 a request and names each record as it was asked for, a repeated one once', async () => {
    const ids = plantAccounts(201);
    const short = ids[0]?.slice(0, 15) ?? '';
    const { crm } = org.connect();
    const outcomes = await crm.remove('Account', [...ids, short]);
    expect(outcomes.map(({ id }) => id)).toEqual([...ids, short]);
    expect(crm.usage().calls.collections).toBe(2);
    expect(stored()).toBe(0);
  });

  it('refuses what the org forbids, record by record', async () => {
    const [busy = '', free = ''] = plantAccounts(2);
    org.plant('Case', [{ AccountId: busy }]);
    const [kept, gone] = await org.connect().crm.remove('Account', [busy, free]);
    expect(kept).toMatchObject({ id: busy, ok: false, refusal: { code: 'DELETE_FAILED' } });
    expect(gone).toEqual({ id: free, ok: true });
  });

  it('keeps what was done when a later request is not allowed any more', async () => {
    const ids = plantAccounts(201);
    const budget = { ...DEFAULT_SETTINGS.budget, share: 0.00002 };
    const outcomes = await org.connect({ budget }).crm.remove('Account', ids);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(200);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({
      refusal: { code: 'SF_BUDGET_SPENT', retryable: true },
    });
  });

  it('sends nothing when an id is that of another object', async () => {
    const [account = ''] = plantAccounts(1);
    const { crm } = org.connect();
    await expect(crm.remove('Case', [account])).rejects.toMatchObject({ code: 'SF_BAD_ID', kind: 'Config' });
    expect(crm.usage().calls.collections).toBeUndefined();
    expect(stored()).toBe(1);
  });
});
