import { expect, it } from '@jest/globals';
import type { RecordToUpsert, UpsertOutcome } from '../../src/ports/crm.js';
import type { TheWorld } from './crm-world.js';

export function upsertPromises(world: TheWorld): void {
  const upsert = async (object: string, records: readonly RecordToUpsert[]) => {
    const outcomes: UpsertOutcome[] = [];
    for await (const some of world().crm.upsert(object, 'Key__c', records)) outcomes.push(...some);
    return new Map(outcomes.map((outcome) => [outcome.key, outcome]));
  };
  const named = async (...keys: readonly string[]) => {
    const found = await world().crm.select(
      'Account',
      ['Key__c', 'Name', 'NumberOfEmployees'],
      [{ field: 'Key__c', in: keys }],
    );
    return new Map(found.map(({ values }) => [values.Key__c, [values.Name, values.NumberOfEmployees]]));
  };

  it('makes what has no record yet and updates what has one, and is the same when it is sent twice', async () => {
    await upsert('Account', [{ key: 'u-1', values: { Name: 'First', NumberOfEmployees: 1 } }]);
    const both: readonly RecordToUpsert[] = [
      { key: 'u-1', values: { Name: 'First "again"', NumberOfEmployees: null } },
      { key: 'u-2', values: { Name: 'Second', NumberOfEmployees: 2 } },
    ];
    const wanted = new Map([
      ['u-1', ['First "again"', null]],
      ['u-2', ['Second', 2]],
    ]);
    for (const _ of [1, 2]) {
      const outcomes = await upsert('Account', both);
      expect([...outcomes.values()].map(({ ok }) => ok)).toEqual([true, true]);
      expect(await named('u-1', 'u-2')).toEqual(wanted);
    }
  });

  it('gives each record its own outcome, with advice where it was refused', async () => {
    const outcomes = await upsert('Account', [
      { key: 'u-3', values: { NumberOfEmployees: 3 } },
      { key: 'u-4', values: { Name: 'Fourth' } },
    ]);
    expect(outcomes.get('u-3')).toMatchObject({
      ok: false,
      refusal: { code: 'REQUIRED_FIELD_MISSING', advice: expect.stringMatching(/\w/) },
    });
    expect(outcomes.get('u-4')).toEqual({ key: 'u-4', ok: true });
  });

  it('names another record by its key, in requests and in a job', async () => {
    await upsert('Account', [{ key: 'parent', values: { Name: 'Parent' } }]);
    const many = Array.from({ length: 2_100 }, (_, at) => ({
      key: `child-${at}`,
      values: { Name: `Child ${at}`, 'Parent.Key__c': 'parent' },
    }));
    const outcomes = await upsert('Account', many);
    expect([...outcomes.values()].filter(({ ok }) => !ok)).toEqual([]);
    await upsert('Account', [{ key: 'child-few', values: { Name: 'Few', 'Parent.Key__c': 'parent' } }]);
    const keys = ['child-0', 'child-2099', 'child-few'];
    const found = await world().crm.select(
      'Account',
      ['Key__c', 'Parent.Key__c'],
      [{ field: 'Key__c', in: keys }],
    );
    expect(new Set(found.map(({ values }) => `${values.Key__c}<${values['Parent.Key__c']}`))).toEqual(
      new Set(keys.map((key) => `${key}<parent`)),
    );
  });

  it('tells the refused rows of a job apart by their key', async () => {
    const many = Array.from({ length: 2_050 }, (_, at) => ({
      key: `job-${at}`,
      values: at === 1_000 ? { NumberOfEmployees: 1 } : { Name: `Job ${at}` },
    }));
    const outcomes = await upsert('Account', many);
    expect(outcomes.size).toBe(2_050);
    expect([...outcomes.values()].filter(({ ok }) => !ok)).toMatchObject([
      { key: 'job-1000', refusal: { code: 'REQUIRED_FIELD_MISSING' } },
    ]);
  });

  it('asks nothing for no records', async () => {
    const before = world().crm.usage();
    expect((await upsert('Account', [])).size).toBe(0);
    expect(world().crm.usage()).toEqual(before);
  });
}
