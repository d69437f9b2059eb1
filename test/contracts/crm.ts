import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Crm, CrmRecord, PullRequest } from '../../src/ports/crm.js';
import { createPromises, removePromises, selectPromises } from './crm-records.js';
import { upsertPromises } from './crm-upsert.js';
import type { CrmWorld, TheWorld } from './crm-world.js';

export type { CrmWorld } from './crm-world.js';

const WHOLE = {
  object: 'Account',
  fields: ['Name', 'AnnualRevenue', 'NumberOfEmployees'],
  stampField: 'SystemModstamp',
  where: null,
  since: null,
  expectedRows: null,
  resume: null,
} as const satisfies PullRequest;

/** What every CRM adapter promises. */
export function crmContract(name: string, open: () => Promise<CrmWorld>): void {
  describe(`${name} as a CRM`, () => {
    let world: CrmWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());

    describePromises(() => world);
    readPromises(() => world);
    pagePromises(() => world);
    changePromises(() => world);
    writePromises(() => world);
    createPromises(() => world);
    removePromises(() => world);
    selectPromises(() => world);
    upsertPromises(() => world);
  });
}

function describePromises(world: TheWorld): void {
  it('knows the org', async () => {
    const org = await world().crm.org();
    expect(org.id).toMatch(/^00D[A-Za-z0-9]{15}$/);
    expect(org.currency).toMatch(/^[A-Z]{3}$/);
    expect(() => new Intl.DateTimeFormat('en', { timeZone: org.timeZone })).not.toThrow();
    expect(org.production).toBe(false);
  });

  it('describes objects in the order asked and leaves out what it cannot see', async () => {
    const described = await world().crm.describe(['Case', 'Nothing__c', 'Account']);
    expect(described.map((object) => object.name)).toEqual(['Case', 'Account']);
    const fields = described[1]?.fields ?? [];
    expect(fields.find((field) => field.name === 'Name')).toMatchObject({ type: 'string', updateable: true });
    const account = described[0]?.fields.find((field) => field.name === 'AccountId');
    expect(account).toMatchObject({
      type: 'reference',
      referenceTo: ['Account'],
      relationshipName: 'Account',
    });
  });

  it('lists its objects', async () => {
    const names = (await world().crm.objects()).map((object) => object.name);
    expect(names).toEqual(expect.arrayContaining(['Account', 'Case']));
  });

  it('counts rows, and leaves out what cannot be counted', async () => {
    await world().insert('Account', [{ Name: 'Counted' }]);
    const counts = await world().crm.counts(['Account', 'Nothing__c']);
    expect(counts.get('Account')).toBeGreaterThan(0);
    expect(counts.has('Nothing__c')).toBe(false);
  });
}

function readPromises(world: TheWorld): void {
  it('reads typed values, parents under their dotted names and 18-character ids', async () => {
    const [account = ''] = await world().insert('Account', [
      { Name: 'Typed "and", quoted\nÜ', AnnualRevenue: 1234.5, NumberOfEmployees: 7 },
    ]);
    const [id = ''] = await world().insert('Case', [{ Subject: 'Late', Status: 'New', AccountId: account }]);
    const fields = [
      'Subject',
      'IsClosed',
      'AccountId',
      'Account.Name',
      'Account.AnnualRevenue',
      'ClosedDate',
    ];
    const [record] = await world().crm.fetch('Case', [id.slice(0, 15)], fields);
    expect(record?.id).toBe(id);
    expect(id).toHaveLength(18);
    expect(record?.values).toEqual({
      Subject: 'Late',
      IsClosed: false,
      AccountId: account,
      'Account.Name': 'Typed "and", quoted\nÜ',
      'Account.AnnualRevenue': 1234.5,
      ClosedDate: null,
    });
  });

  it('leaves out of a fetch what does not exist', async () => {
    const [id = ''] = await world().insert('Account', [{ Name: 'There' }]);
    const found = await world().crm.fetch('Account', [id, '001000000000000AAA'], ['Name']);
    expect(found.map((record) => record.id)).toEqual([id]);
    expect(await world().crm.fetch('Account', [], ['Name'])).toEqual([]);
  });

  it('samples no more than was asked for', async () => {
    await world().insert('Account', [{ Name: 'One' }, { Name: 'Two' }, { Name: 'Three' }]);
    const records = await world().crm.sample('Account', ['Name'], 2);
    expect(records).toHaveLength(2);
    expect(records.every((record) => typeof record.values.Name === 'string')).toBe(true);
  });

  it('keeps to a condition', async () => {
    const [wanted = ''] = await world().insert('Account', [{ Name: "O'Brien" }, { Name: 'Other' }]);
    const request = { ...WHOLE, where: "Name = 'O\\'Brien'" };
    expect((await rows(world().crm, request)).map((record) => record.id)).toEqual([wanted]);
    const ids: string[] = [];
    for await (const page of world().crm.ids('Account', "Name = 'O\\'Brien'")) ids.push(...page);
    expect(ids).toEqual([wanted]);
  });
}

function pagePromises(world: TheWorld): void {
  it('reads rows that share one stamp across page edges, each once', async () => {
    await insertMany(world());
    const all = await rows(world().crm, WHOLE);
    expect(new Set(all.map((record) => record.id)).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(world().severalPages);
    const counted = (await world().crm.counts(['Account'])).get('Account');
    expect(all.length).toBe(counted);
  });

  it('says on the last page alone that it is done', async () => {
    await insertMany(world());
    const pages = [];
    for await (const page of world().crm.pull(WHOLE)) pages.push(page);
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.map((page) => page.done)).toEqual(pages.map((_, index) => index === pages.length - 1));
    expect(pages.map((page) => page.resume === null)).toEqual(pages.map((page) => page.done));
    expect(new Set(pages.map((page) => page.serverTime)).size).toBe(1);
  });

  it('continues after any page, losing nothing', async () => {
    await insertMany(world());
    const first = await world().crm.pull(WHOLE)[Symbol.asyncIterator]().next();
    const page = first.value;
    const rest = await rows(world().crm, { ...WHOLE, resume: page.resume });
    const both = new Set([...page.records, ...rest].map((record: CrmRecord) => record.id));
    expect(both).toEqual(new Set((await rows(world().crm, WHOLE)).map((record) => record.id)));
    expect(rest.length).toBeLessThan(both.size);
  });

  it('answers an empty pull with one last page', async () => {
    const request = { ...WHOLE, where: "Name = 'O\\'Brien'", since: Date.UTC(2100, 0, 1) };
    const pages = [];
    for await (const page of world().crm.pull(request)) pages.push(page);
    expect(pages).toEqual([{ records: [], resume: null, serverTime: pages[0]?.serverTime, done: true }]);
  });
}

function changePromises(world: TheWorld): void {
  it('reads what changed at or after an instant, deleted rows included', async () => {
    const [kept = '', changed = '', removed = ''] = await world().insert('Account', [
      { Name: 'Kept' },
      { Name: 'Changed' },
      { Name: 'Removed' },
    ]);
    await world().pass(2000);
    await world().update('Account', changed, { Name: 'Changed again' });
    const [at] = await world().crm.fetch('Account', [changed], []);
    await world().remove('Account', removed);
    const delta = await rows(world().crm, { ...WHOLE, since: at?.stamp ?? 0 });
    const found = new Map(delta.map((record) => [record.id, record]));
    expect(found.has(kept)).toBe(false);
    expect(found.get(changed)).toMatchObject({ deleted: false, values: { Name: 'Changed again' } });
    expect(found.get(removed)).toMatchObject({ deleted: true });
    expect(Object.keys(found.get(removed)?.values ?? {})).toEqual(WHOLE.fields);
  });

  it('leaves deleted rows out of a full pull and of the ids', async () => {
    const [id = ''] = await world().insert('Account', [{ Name: 'Short-lived' }]);
    await world().remove('Account', id);
    expect((await rows(world().crm, WHOLE)).some((record) => record.id === id)).toBe(false);
    for await (const page of world().crm.ids('Account', null)) expect(page).not.toContain(id);
  });
}

function writePromises(world: TheWorld): void {
  it('gives each change one outcome, refused ones with advice', async () => {
    const [id = '', cleared = ''] = await world().insert('Account', [
      { Name: 'Mine', NumberOfEmployees: 1 },
      { Name: 'Yours', NumberOfEmployees: 2 },
    ]);
    const outcomes = [];
    const changes = [
      { id, values: { NumberOfEmployees: 42 } },
      { id: cleared, values: { NumberOfEmployees: null } },
      { id: '001000000000000AAA', values: { NumberOfEmployees: 1 } },
    ];
    for await (const some of world().crm.write('Account', changes)) outcomes.push(...some);
    expect(new Map(outcomes.map((outcome) => [outcome.id, outcome.ok]))).toEqual(
      new Map([
        [id, true],
        [cleared, true],
        ['001000000000000AAA', false],
      ]),
    );
    expect(outcomes).toHaveLength(3);
    const refused = outcomes.find((outcome) => !outcome.ok);
    expect(refused).toMatchObject({ refusal: { advice: expect.stringMatching(/\w/), retryable: false } });
    const after = await world().crm.fetch('Account', [id, cleared], ['NumberOfEmployees']);
    expect(new Map(after.map((record) => [record.id, record.values.NumberOfEmployees]))).toEqual(
      new Map([
        [id, 42],
        [cleared, null],
      ]),
    );
  });

  it('writes nothing for no changes', async () => {
    const before = world().crm.usage();
    const outcomes = [];
    for await (const some of world().crm.write('Account', [])) outcomes.push(...some);
    expect(outcomes).toEqual([]);
    expect(world().crm.usage()).toEqual(before);
    expect(world().crm.forecastWrite(0)).toMatchObject({ mode: 'none', calls: 0 });
  });

  it('counts its requests by kind', async () => {
    const before = world().crm.usage().calls.collections ?? 0;
    const [id = ''] = await world().insert('Account', [{ Name: 'Counted' }]);
    for await (const _ of world().crm.write('Account', [{ id, values: { Name: 'Recounted' } }]));
    expect((world().crm.usage().calls.collections ?? 0) - before).toBe(world().crm.forecastWrite(1).calls);
  });
}

async function rows(crm: Crm, request: PullRequest): Promise<CrmRecord[]> {
  const all: CrmRecord[] = [];
  for await (const page of crm.pull(request)) all.push(...page.records);
  return all;
}

const filled = new WeakSet<CrmWorld>();

/** Once per world: enough rows of one instant for several pages. */
async function insertMany(world: CrmWorld): Promise<void> {
  if (filled.has(world)) return;
  filled.add(world);
  const count = world.severalPages;
  await world.insert(
    'Account',
    Array.from({ length: count }, (_, index) => ({ Name: `Many ${index}`, NumberOfEmployees: index })),
  );
}
