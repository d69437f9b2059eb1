import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OutreachServer } from '../../../src/sandbox/outreach/start.js';
import { anOrg, aProspect, type Caller, caller, NOON, type Reply, SENDER } from './outreach-org.js';

let org: OutreachServer;
let call: Caller;
let ids: readonly number[];

/** Five prospects, one a minute, named from E to A. */
beforeEach(async () => {
  org = await anOrg();
  call = caller(org);
  const made: number[] = [];
  for (const name of ['E', 'D', 'C', 'B', 'A']) {
    made.push(await aProspect(org, `${name}@example.org`, { firstName: name }));
    org.clock.advance(60_000);
  }
  ids = made;
});
afterEach(() => org.close());

/** Follows `links.next` to the end. */
async function pages(path: string): Promise<readonly Reply[]> {
  const found = [await call.get(path)];
  for (let next = found[0]?.links.next; next !== undefined; next = found.at(-1)?.links.next) {
    found.push(await call.get(next));
  }
  return found;
}

const idsOf = (replies: readonly Reply[]): readonly number[] =>
  replies.flatMap(({ list }) => list.map(({ id }) => id));

describe('pages', () => {
  it('follow each other by cursor, in the order of the ids', async () => {
    const found = await pages('/prospects?page[size]=2');
    expect(found.map(({ list }) => list.length)).toEqual([2, 2, 1]);
    expect(idsOf(found)).toEqual(ids);
    expect(found[0]?.meta).toEqual({ count: null, count_truncated: false });
    expect(found.map(({ links }) => links.first?.includes('after'))).toEqual([false, false, false]);
  });

  it('follow each other when addresses are asked for', async () => {
    const addresses = 'A@example.org,C@example.org,E@example.org';
    const found = await pages(`/prospects?page[size]=1&filter[emails]=${addresses}`);
    expect(idsOf(found)).toEqual([ids[0], ids[2], ids[4]]);
  });

  it('keep filter, order and fields in their links', async () => {
    const found = await pages(
      '/prospects?page[size]=1&sort=firstName&filter[firstName]=A,B,C&fields[prospect]=firstName',
    );
    expect(found.flatMap(({ list }) => list.map(({ attributes }) => attributes))).toEqual([
      { firstName: 'A' },
      { firstName: 'B' },
      { firstName: 'C' },
    ]);
  });

  it('lose nothing and repeat nothing when records join meanwhile', async () => {
    const first = await call.get('/prospects?page[size]=3&sort=-updatedAt');
    expect(idsOf([first])).toEqual([ids[4], ids[3], ids[2]]);
    await aProspect(org, 'late@example.org');
    expect(idsOf(await pages(first.links.next ?? ''))).toEqual([ids[1], ids[0]]);
  });

  it('tell the number of records when asked', async () => {
    const found = await call.get('/prospects?count=true&page[size]=1&filter[firstName]=A,B');
    expect([found.meta.count, found.list.length]).toEqual([2, 1]);
  });

  it('do not take the cursor of another order', async () => {
    const { links } = await call.get('/prospects?page[size]=1');
    const cursor = new URL(links.next ?? '').searchParams.get('page[after]');
    expect((await call.get(`/prospects?sort=firstName&page[after]=${cursor}`)).status).toBe(422);
  });
});

describe('filters', () => {
  it('take lists, ranges that include their ends, and emptiness', async () => {
    const from = new Date(NOON + 120_000).toISOString();
    const to = new Date(NOON + 180_000).toISOString();
    expect(idsOf([await call.get(`/prospects?filter[updatedAt]=${from}..${to}`)])).toEqual(ids.slice(2, 4));
    expect(idsOf([await call.get(`/prospects?filter[updatedAt]=${from}..inf`)])).toEqual(ids.slice(2));
    expect(idsOf([await call.get(`/prospects?filter[updatedAt]=neginf..${from}`)])).toEqual(ids.slice(0, 3));
    expect(idsOf([await call.get(`/prospects?filter[id]=${ids[4]},${ids[0]},1`)])).toEqual([ids[0], ids[4]]);
    expect(idsOf([await call.get('/prospects?filter[title]=__null__')])).toEqual(ids);
    expect(idsOf([await call.get('/prospects?filter[title]=__notnull__')])).toEqual([]);
  });

  it('find each address, in any case, and other texts letter by letter', async () => {
    const found = await call.get('/prospects?filter[emails]=a@EXAMPLE.org,b@example.org,none@example.org');
    expect(idsOf([found])).toEqual([ids[3], ids[4]]);
    expect(idsOf([await call.get('/prospects?filter[firstName]=a')])).toEqual([]);
  });

  it('take the newer syntax too, where commas mean nothing', async () => {
    const modern = 'newFilterSyntax=true';
    const both = await call.get(`/prospects?${modern}&filter[firstName][]=A&filter[firstName][]=B`);
    expect(idsOf([both])).toEqual([ids[3], ids[4]]);
    expect(idsOf([await call.get(`/prospects?${modern}&filter[firstName][]=A,B`)])).toEqual([]);
    expect(idsOf([await call.get(`/prospects?${modern}&filter[id][gte]=${ids[3]}`)])).toEqual(ids.slice(3));
    expect(idsOf([await call.get(`/prospects?${modern}&filter[id][gt]=${ids[3]}`)])).toEqual([ids[4]]);
  });
});

describe('sequences, mailboxes and users', () => {
  it('are found by name and address, with what an adding depends on', async () => {
    const { list: sequences } = await call.get('/sequences?filter[name]=Renewal 90 days');
    expect(sequences[0]?.attributes).toMatchObject({
      enabled: true,
      sequenceType: 'interval',
      sequenceStepCount: 3,
      throttleMaxAddsPerDay: 150,
      throttleCapacity: null,
      throttlePaused: false,
      maxActivations: null,
      primaryReplyAction: 'finish',
      finishOnReply: true,
    });
    const ruleset = sequences[0]?.relationships.ruleset?.data?.id;
    expect((await call.get(`/rulesets/${ruleset}`)).data.attributes).toMatchObject({
      permitDuplicateProspects: 'only_if_inactive',
      sequenceExclusivity: 'none',
    });
    const { list: users } = await call.get(`/users?filter[email]=${SENDER}`);
    const { list: mailboxes } = await call.get(`/mailboxes?filter[userId]=${users[0]?.id}`);
    expect(mailboxes[0]).toMatchObject({
      attributes: { email: SENDER, sendDisabled: false, maxMailingsPerDay: 500, maxEmailsPerDay: 5_000 },
      relationships: { user: { data: { type: 'user', id: users[0]?.id } } },
    });
  });

  it('are called what the sandbox promises', async () => {
    const { list } = await call.get('/sequences');
    expect(list.map(({ attributes }) => attributes.name)).toEqual([
      'Getting started',
      'Renewal 90 days',
      'Quiet account',
    ]);
  });
});
