import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Arrivals, arrivals, refusals } from '../support/channels/arrivals.js';
import {
  aChannelCompany,
  aCustomer,
  type ChannelCompany,
  type Customer,
  created,
} from '../support/channels/channel-company.js';
import {
  inHubspot,
  inOutreach,
  optedOutOfHubspot,
  optedOutOfOutreach,
  respondToCampaign,
} from '../support/channels/people-do.js';
import { JOURNEY, NOTICE, SEATS } from '../support/channels/playbooks.js';
import { NOTHING } from '../support/world/what-happened.js';

const NOWHERE: Arrivals = {
  lists: [],
  hubspot: null,
  outreach: [],
  campaigns: [],
  tasks: [],
  events: [],
};
const ANSWER = 'Answer the customer’s reply';
const CALL = 'Call them';

/** On the journey; `silent` wanted no mail from Outreach before it began. */
const JOURNEY_OF = ['full', 'replier', 'responder', 'achiever', 'quitter', 'silent'];
/** Get the notice; `shy` wanted no mail from HubSpot before it began. */
const NOTICE_OF = ['reader', 'leaver', 'shy'];

describe('six channels over the real wires', () => {
  let company: ChannelCompany;
  const customers = new Map<string, Customer>();
  const who = (name: string): Customer => {
    const found = customers.get(name);
    if (found === undefined) throw new Error(`nobody is called ${name}`);
    return found;
  };
  const at = (name: string): Promise<Arrivals> => arrivals(company, who(name));
  const refused = (name: string) => refusals(company, who(name));

  /** A day's work, after which nothing is left to do. */
  const day = async (date: string) => {
    const { first, again } = await company.day(date);
    expect(first).toMatchObject({ status: 'done', rejected: [] });
    expect(again).toMatchObject({ status: 'done', changes: NOTHING, refused: {} });
    return first;
  };

  beforeAll(async () => {
    company = await aChannelCompany({ journey: JOURNEY, notice: NOTICE });
    await created(company, 'Campaign', { Name: 'Journey campaign', IsActive: true });
    const [user] = await company.soql(
      "SELECT Id FROM User WHERE IsActive = true AND Email LIKE '%@truenorth.example' ORDER BY Id LIMIT 1",
    );
    const owner = String(user?.Id);
    for (const name of [...JOURNEY_OF, ...NOTICE_OF]) {
      const seats = NOTICE_OF.includes(name) ? SEATS.notice : SEATS.journey;
      customers.set(name, await aCustomer(company, { name, owner, seats }));
    }
    await optedOutOfOutreach(company, who('silent'));
    await optedOutOfHubspot(company, who('shy'));
  });
  afterAll(() => company.close());

  it('on Monday put people into a HubSpot list and an Outreach sequence, and nobody who opted out in the other of the two', async () => {
    await day('2026-11-23');
    expect(await at('full')).toEqual({ ...NOWHERE, lists: ['Journey list'] });
    expect(await at('reader')).toEqual({ ...NOWHERE, outreach: ['Quiet account: active'] });
    expect(await at('silent')).toEqual(NOWHERE);
    expect(await at('shy')).toEqual(NOWHERE);
    expect([await refused('silent'), await refused('shy')]).toEqual([
      { list: 'opted_out_marketing' },
      { outreach: 'opted_out_marketing' },
    ]);
  });

  it('on Tuesday an Outreach sequence; who leaves in one of the two tools gets no mail from the other', async () => {
    await inOutreach(company, who('leaver'), 'unsubscribed');
    await inHubspot(company, who('quitter'), 'unsubscribed');
    await day('2026-11-24');
    expect(await at('full')).toEqual({
      ...NOWHERE,
      lists: ['Journey list'],
      outreach: ['Renewal 90 days: active'],
    });
    expect(await at('reader')).toMatchObject({ lists: ['Notice list'] });
    expect(await at('leaver')).toEqual({ ...NOWHERE, outreach: ['Quiet account: opted_out'] });
    expect(await at('quitter')).toEqual(NOWHERE);
  });

  it('on Wednesday a HubSpot sequence; who replied in Outreach gets a person instead', async () => {
    await inOutreach(company, who('replier'), 'replied');
    await day('2026-11-25');
    expect(await at('full')).toMatchObject({ hubspot: 'Getting started', tasks: [] });
    expect(await at('replier')).toMatchObject({ lists: [], hubspot: null, tasks: [ANSWER] });
  });

  it('on Thursday a Salesforce campaign', async () => {
    await day('2026-11-26');
    expect(await at('full')).toMatchObject({ campaigns: ['Journey campaign'], tasks: [] });
    expect(await at('replier')).toMatchObject({ campaigns: [], tasks: [ANSWER] });
  });

  it('on Friday a Salesforce task; who responded to the campaign gets a person, too', async () => {
    await respondToCampaign(company, who('responder'));
    await day('2026-11-27');
    expect((await at('full')).tasks).toEqual([CALL]);
    expect((await at('responder')).tasks.toSorted()).toEqual([ANSWER, CALL]);
  });

  it('take out whoever has reached the goal, and ask a person to do it where a vendor has no way out', async () => {
    expect(await at('achiever')).toMatchObject({
      lists: ['Journey list'],
      hubspot: 'Getting started',
      outreach: ['Renewal 90 days: active'],
      campaigns: ['Journey campaign'],
    });
    const { account } = who('achiever');
    await company.asAdmin('PATCH', `/sobjects/Account/${account}`, { Seats__c: SEATS.goal });
    await day('2026-11-27');
    const { lists, outreach, campaigns, tasks } = await at('achiever');
    // A campaign's members tell who was asked: a good end takes nobody out of it.
    expect([lists, campaigns]).toEqual([[], ['Journey campaign']]);
    expect(outreach.filter((state) => state.endsWith('active'))).toEqual([]);
    expect(tasks).toEqual([CALL, 'Take out of "Getting started"']);
  });

  it('on the next Monday a signed event, to whom nothing has stopped', async () => {
    await day('2026-11-30');
    expect((await at('full')).events).toEqual(['journey.finished']);
    expect(company.webhook.deliveries()).toHaveLength(1);
    const [delivery] = company.webhook.deliveries();
    expect(delivery?.body).toMatchObject({
      account: who('full').account,
      contact: who('full').contact,
      facts: { playbook: 'journey', step: 'event', edge: '2026-11-23' },
    });
    expect(JSON.stringify(delivery?.body)).not.toContain('@');
  });

  it('have done nothing twice, by the vendors’ own books', async () => {
    await day('2026-12-01');
    const books = await Promise.all([
      company.control('hubspot', 'GET', '/enrolments'),
      company.control('hubspot', 'GET', '/list-additions'),
    ]);
    for (const book of books as readonly (readonly Readonly<Record<string, string>>[])[]) {
      const keys = book.map(({ contactId, recordId, sequenceId, listId }) =>
        [contactId ?? recordId, sequenceId ?? listId].join('/'),
      );
      expect(keys).toHaveLength(new Set(keys).size);
    }
    const tasks = await company.soql('SELECT WhatId, Subject FROM Task WHERE Subject != null');
    const made = tasks.filter(({ Subject }) => /Call them|Answer|Take out/.test(String(Subject)));
    expect(made).toHaveLength(new Set(made.map(({ WhatId, Subject }) => `${WhatId} ${Subject}`)).size);
  });
});
