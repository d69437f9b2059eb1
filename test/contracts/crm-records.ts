import { expect, it } from '@jest/globals';
import type { TheWorld } from './crm-world.js';

export function createPromises(world: TheWorld): void {
  it('makes records, and gives each one outcome in their order, refused ones with advice', async () => {
    const outcomes = await world().crm.create('Account', [
      { key: 'a', values: { Name: 'Made "first"', NumberOfEmployees: 3 } },
      { key: 'b', values: { NumberOfEmployees: 4 } },
      { key: 'c', values: { Name: 'Made last', NumberOfEmployees: null } },
    ]);
    expect(outcomes.map(({ key, outcome }) => [key, outcome])).toEqual([
      ['a', 'created'],
      ['b', 'refused'],
      ['c', 'created'],
    ]);
    expect(outcomes[1]).toMatchObject({
      refusal: { code: 'REQUIRED_FIELD_MISSING', retryable: false, advice: expect.stringMatching(/\w/) },
    });
    const ids = outcomes.flatMap((one) => (one.outcome === 'created' ? [one.id] : []));
    const found = await world().crm.fetch('Account', ids, ['Name', 'NumberOfEmployees']);
    expect(new Map(found.map(({ id, values }) => [id, values]))).toEqual(
      new Map([
        [ids[0], { Name: 'Made "first"', NumberOfEmployees: 3 }],
        [ids[1], { Name: 'Made last', NumberOfEmployees: null }],
      ]),
    );
  });

  it('asks nothing for no new records', async () => {
    const before = world().crm.usage();
    expect(await world().crm.create('Account', [])).toEqual([]);
    expect(world().crm.usage()).toEqual(before);
  });

  it('makes 200 records a request', async () => {
    const records = Array.from({ length: 201 }, (_, at) => ({
      key: `${at}`,
      values: { Name: `Bulk ${at}` },
    }));
    const before = world().crm.usage().calls.collections ?? 0;
    const outcomes = await world().crm.create('Account', records);
    expect((world().crm.usage().calls.collections ?? 0) - before).toBe(2);
    expect(outcomes.map(({ key }) => key)).toEqual(records.map(({ key }) => key));
    expect(outcomes.every(({ outcome }) => outcome === 'created')).toBe(true);
  });
}

export function removePromises(world: TheWorld): void {
  it('deletes records, and calls one that is gone already deleted, too', async () => {
    const [id = '', gone = '', kept = ''] = await world().insert('Account', [
      { Name: 'Deleted' },
      { Name: 'Deleted before' },
      { Name: 'Kept' },
    ]);
    await world().remove('Account', gone);
    const never = `${id.slice(0, 3)}000000000000AAA`;
    const outcomes = await world().crm.remove('Account', [id, gone, never]);
    expect(outcomes).toEqual([
      { id, ok: true },
      { id: gone, ok: true },
      { id: never, ok: true },
    ]);
    const left = await world().crm.fetch('Account', [id, gone, kept], ['Name']);
    expect(left.map((record) => record.id)).toEqual([kept]);
  });

  it('asks nothing for no deletions', async () => {
    const before = world().crm.usage();
    expect(await world().crm.remove('Account', [])).toEqual([]);
    expect(world().crm.usage()).toEqual(before);
  });
}

export function selectPromises(world: TheWorld): void {
  it('selects what meets all criteria, whatever characters the texts hold', async () => {
    const odd = 'Select \'it\' \\ "now" % _ ü';
    const [wanted = ''] = await world().insert('Account', [
      { Name: odd, NumberOfEmployees: 30 },
      { Name: odd, NumberOfEmployees: 29 },
      { Name: 'Select something else', NumberOfEmployees: 31 },
    ]);
    const found = await world().crm.select(
      'Account',
      ['Name', 'NumberOfEmployees'],
      [
        { field: 'Name', in: [odd, 'Nobody'] },
        { field: 'NumberOfEmployees', atLeast: 30 },
      ],
    );
    expect(found).toMatchObject([
      { id: wanted, deleted: false, values: { Name: odd, NumberOfEmployees: 30 } },
    ]);
  });

  it('selects by the moment of creation, and leaves deleted records out', async () => {
    const old = { Name: 'Selected by time', NumberOfEmployees: 1 };
    await world().insert('Account', [old]);
    await world().pass(5000);
    const [young = '', gone = ''] = await world().insert('Account', [old, old]);
    const [record] = await world().crm.fetch('Account', [young], ['CreatedDate']);
    await world().remove('Account', gone);
    const found = await world().crm.select(
      'Account',
      [],
      [
        { field: 'Name', in: [old.Name] },
        { field: 'CreatedDate', atLeast: record?.values.CreatedDate ?? null },
      ],
    );
    expect(found.map(({ id }) => id)).toEqual([young]);
  });

  it('takes a list of any length and finds each record once', async () => {
    const accounts = Array.from({ length: 1100 }, (_, at) => ({ Name: `Listed ${at}` }));
    const ids = await world().insert('Account', accounts);
    const cases = ids
      .filter((_, at) => at % 100 === 0)
      .map((AccountId) => ({ Subject: 'Listed', AccountId }));
    const wanted = await world().insert('Case', cases);
    const found = await world().crm.select(
      'Case',
      ['AccountId'],
      [{ field: 'AccountId', in: [...ids, ...ids] }],
    );
    expect(found).toHaveLength(wanted.length);
    expect(new Set(found.map(({ id }) => id))).toEqual(new Set(wanted));
  });

  it('asks nothing for an empty list', async () => {
    const before = world().crm.usage();
    expect(await world().crm.select('Account', ['Name'], [{ field: 'Name', in: [] }])).toEqual([]);
    expect(world().crm.usage()).toEqual(before);
  });
}
