import { afterEach, describe, expect, it } from '@jest/globals';
import type { BookPeople } from '../../../src/sandbox/hubspot/store/base-contacts.js';
import type { OutreachServer } from '../../../src/sandbox/outreach/start.js';
import { knownProspects } from '../../../src/sandbox/outreach/store/known-prospects.js';
import { SEQUENCE_NAMES } from '../../../src/sandbox/outreach/store/sequences.js';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.js';
import { peopleOf } from '../../support/hubspot-portal.js';
import { add, anOrg, caller, flip } from './outreach-org.js';

/** A book whose addresses can be computed backwards: nothing is kept for a million people. */
function manyPeople(count: number): BookPeople {
  return {
    count,
    at: (index) => ({
      email: `person.${index}@book.example`,
      firstName: 'P',
      lastName: `${index}`,
      companyName: 'Book',
    }),
    indexOfEmail: (email) => {
      const match = /^person\.(\d+)@book\.example$/.exec(email.trim().toLowerCase());
      return match === null || Number(match[1]) >= count ? -1 : Number(match[1]);
    },
  };
}

let org: OutreachServer | undefined;
let sandbox: Sandbox | undefined;
afterEach(async () => {
  await Promise.all([org?.close(), sandbox?.close()]);
  org = undefined;
  sandbox = undefined;
});

async function open(count: number): Promise<OutreachServer> {
  org = await anOrg({ prospects: knownProspects(manyPeople(count), 7, SEQUENCE_NAMES.length) });
  return org;
}

describe('the people that Outreach knows', () => {
  it('are about 40 % of the book, a few opted out, in a sequence or through with one', () => {
    const known = knownProspects(manyPeople(10_000), 7, SEQUENCE_NAMES.length);
    const all = Array.from({ length: 10_000 }, (_, index) => known.at(index)).filter((one) => one !== null);
    const share = (test: (one: (typeof all)[number]) => boolean): number =>
      all.filter(test).length / all.length;
    expect(all.length / 10_000).toBeCloseTo(0.4, 1);
    expect(share((one) => one.optedOut)).toBeGreaterThan(0.02);
    expect(share((one) => one.optedOut)).toBeLessThan(0.06);
    expect(share((one) => one.sequence !== null && !one.finished)).toBeGreaterThan(0.02);
    expect(share((one) => one.sequence !== null && one.finished)).toBeGreaterThan(0.02);
    const again = knownProspects(manyPeople(10_000), 7, SEQUENCE_NAMES.length);
    expect(again.at(17)).toEqual(known.at(17));
  });

  it('are one for each address, however many rows carry it', () => {
    const names = { firstName: 'A', lastName: 'B', companyName: '' };
    const rows = Array.from({ length: 200 }, (_, index) => ({
      ...names,
      email: index % 2 === 0 ? ' SAME@example.org' : '',
    }));
    const known = knownProspects(peopleOf(rows), 3, 2);
    expect(rows.filter((_, index) => known.at(index) !== null).length).toBeLessThanOrEqual(1);
  });

  it('can be a million: found by address, changed, and listed', async () => {
    const { org: state } = await open(1_000_000);
    const call = caller(org as OutreachServer);
    const asked = Array.from({ length: 100 }, (_, index) => `person.${index * 9_999}@book.example`);
    const found = await call.get(`/prospects?page[size]=100&filter[emails]=${asked.join(',')}`);
    expect(found.list.length).toBeGreaterThan(25);
    const [first] = found.list;
    const id = first?.id ?? 0;
    await call.patch(`/prospects/${id}`, { data: { type: 'prospect', id, attributes: { title: 'CEO' } } });
    expect(state.prospects.byId(id)?.attributes.title).toBe('CEO');
    const page = await call.get(`/prospects?newFilterSyntax=true&filter[id][gte]=${id}&page[size]=2`);
    expect(page.list.map(({ attributes }) => attributes.title)).toEqual(['CEO', null]);
    const taken = { data: { type: 'prospect', attributes: { emails: first?.attributes.emails } } };
    expect((await call.post('/prospects', taken)).status).toBe(422);
  });

  it('are in the sequence that their state tells, and are not added to it again', async () => {
    const server = await open(2_000);
    const { list } = await caller(server).get('/sequenceStates?filter[state]=active&page[size]=5');
    const [state] = list;
    const prospect = state?.relationships.prospect?.data?.id ?? 0;
    const mine = await caller(server).get(`/sequenceStates?filter[prospect][id]=${prospect}`);
    expect(mine.list).toEqual([state]);
    const sequence = await caller(server).get(`/sequences/${state?.relationships.sequence?.data?.id}`);
    const repeat = await add(server, prospect, { sequence: String(sequence.data.attributes.name) });
    expect(repeat.status).toBe(422);
    const replied = await flip(server, 'engage', { prospectId: prospect, kind: 'replied' });
    expect(replied.body).toMatchObject({ sequenceStateId: state?.id, state: 'finished' });
  });

  it('are served beside Salesforce and HubSpot, from the same book', async () => {
    sandbox = await startSandbox({ accounts: 40, seed: 3, now: Date.parse('2026-03-10T12:00:00Z') });
    const { url, accessToken } = sandbox.outreach;
    expect(url).toBe(sandbox.servers.outreach.url());
    const answer = await fetch(`${url}/api/v2/prospects?count=true&page[size]=1`, {
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/vnd.api+json' },
    });
    const { meta } = (await answer.json()) as { meta: { count: number } };
    expect(meta.count).toBeGreaterThan(10);
    expect(sandbox.servers.outreach.clock.now()).toBeGreaterThanOrEqual(Date.parse('2026-03-10T12:00:00Z'));
  });
});
