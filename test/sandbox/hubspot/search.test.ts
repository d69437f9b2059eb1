import type { Client } from '@hubspot/api-client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HubspotServer } from '../../../src/sandbox/hubspot/start.js';
import { aClient, aPortal, refusalOf } from '../../support/hubspot-portal.js';

let portal: HubspotServer;
let client: Client;

const BOOK = [
  { name: 'Acme', domain: 'acme.example', numberofemployees: '9', lifecyclestage: 'lead' },
  { name: 'Bolt Works', domain: 'bolt.example', numberofemployees: '80', lifecyclestage: 'customer' },
  { name: 'Cedar', domain: 'cedar.example', numberofemployees: '700' },
];

beforeAll(async () => {
  portal = await aPortal({ searchLagMs: 5_000 });
  client = aClient(portal);
  await client.crm.companies.batchApi.create({
    inputs: BOOK.map((properties) => ({
      properties: properties as Record<string, string>,
      associations: [],
    })),
  });
  portal.clock.advance(5_000);
});
afterAll(() => portal.close());

interface Filter {
  readonly propertyName: string;
  readonly operator: string;
  readonly value?: string;
  readonly highValue?: string;
  readonly values?: readonly string[];
}

async function found(...groups: readonly (readonly Filter[])[]): Promise<readonly unknown[]> {
  const answer = await client.crm.companies.searchApi.doSearch({
    filterGroups: groups.map((filters) => ({ filters })),
    properties: ['name'],
    limit: 100,
  } as never);
  return answer.results.map((row) => row.properties.name);
}

describe('search', () => {
  it.each<[string, Filter, readonly string[]]>([
    [
      'compares numbers as numbers',
      { propertyName: 'numberofemployees', operator: 'GT', value: '9' },
      ['Bolt Works', 'Cedar'],
    ],
    [
      'takes both ends of a range',
      { propertyName: 'numberofemployees', operator: 'BETWEEN', value: '9', highValue: '80' },
      ['Acme', 'Bolt Works'],
    ],
    ['leaves case aside in texts', { propertyName: 'name', operator: 'EQ', value: 'ACME' }, ['Acme']],
    ['wants lower case in IN', { propertyName: 'name', operator: 'IN', values: ['acme', 'Cedar'] }, ['Acme']],
    ['keeps case in enumerations', { propertyName: 'lifecyclestage', operator: 'EQ', value: 'Customer' }, []],
    ['knows what is empty', { propertyName: 'lifecyclestage', operator: 'NOT_HAS_PROPERTY' }, ['Cedar']],
    ['finds words', { propertyName: 'name', operator: 'CONTAINS_TOKEN', value: 'works' }, ['Bolt Works']],
    [
      'finds beginnings of words',
      { propertyName: 'name', operator: 'CONTAINS_TOKEN', value: 'ce*' },
      ['Cedar'],
    ],
  ])('%s', async (_, filter, names) => {
    expect(await found([filter])).toEqual(names);
  });

  it('takes groups as alternatives and filters of a group together', async () => {
    const large: Filter = { propertyName: 'numberofemployees', operator: 'GTE', value: '80' };
    const customer: Filter = { propertyName: 'lifecyclestage', operator: 'HAS_PROPERTY' };
    expect(
      await found([large, customer], [{ propertyName: 'name', operator: 'EQ', value: 'cedar' }]),
    ).toEqual(['Bolt Works', 'Cedar']);
  });

  it('pages by offset, sorts, and stops at ten thousand', async () => {
    const page = (after: string) =>
      client.crm.companies.searchApi.doSearch({
        sorts: ['-numberofemployees'],
        properties: ['name'],
        limit: 2,
        after,
      } as never);
    const first = await page('0');
    expect(first.results.map((row) => row.properties.name)).toEqual(['Cedar', 'Bolt Works']);
    expect((await page(first.paging?.next?.after ?? '')).results.map((row) => row.properties.name)).toEqual([
      'Acme',
    ]);
    expect((await refusalOf(page('9999'))).code).toBe(400);
  });

  it('sees a write only after the lag of its index', async () => {
    await client.crm.companies.basicApi.create({ properties: { name: 'Delta' }, associations: [] });
    const delta: Filter = { propertyName: 'name', operator: 'EQ', value: 'Delta' };
    expect(await found([delta])).toEqual([]);
    portal.clock.advance(5_000);
    expect(await found([delta])).toEqual(['Delta']);
  });

  it('refuses more filters than HubSpot takes', async () => {
    const filter: Filter = { propertyName: 'name', operator: 'HAS_PROPERTY' };
    await expect(found(Array.from({ length: 7 }, () => filter))).rejects.toMatchObject({ code: 400 });
    await expect(found(...Array.from({ length: 6 }, () => [filter]))).rejects.toMatchObject({ code: 400 });
  });
});
