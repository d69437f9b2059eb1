import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EngagementEvent } from '../../../../src/ports/marketing.js';
import { stampObject } from '../../../../src/sandbox/hubspot/rules/write.js';
import type { HubspotServer } from '../../../../src/sandbox/hubspot/start.js';
import { allOf, aPerson } from '../../../contracts/marketing-tool.js';
import { aPortal, engage, NOON, setFaults } from '../../../support/hubspot-portal.js';
import { aTool, baseContacts, errorOf } from '../../../support/hubspot-tool.js';

const DAY_MS = 86_400_000;

let portal: HubspotServer;
let ids: readonly string[];

beforeEach(async () => {
  const contacts = Array.from({ length: 101 }, (_, index) => ({ email: `p${index}@example.org` }));
  portal = await aPortal({ contacts: baseContacts(contacts) });
  ids = [...portal.portal.contacts.rows.scan()].map(({ id }) => id);
});
afterEach(() => portal.close());

function events(since = 0, tool = aTool(portal)): Promise<readonly EngagementEvent[]> {
  const people = ids.map((recordId) => ({ person: `p:${recordId}`, recordId }));
  return allOf(tool.engagement({ people, since }));
}

describe('engagement', () => {
  it.each([
    ['mailed', 'marketing', 'sent', 'hubspot-list'],
    ['opened', 'marketing', 'opened', 'hubspot-list'],
    ['clicked', 'marketing', 'clicked', 'hubspot-list'],
    ['replied', 'marketing', 'replied', 'hubspot-list'],
    ['opened', 'sales', 'opened', 'hubspot-sequence'],
    ['clicked', 'sales', 'clicked', 'hubspot-sequence'],
    ['replied', 'sales', 'replied', 'hubspot-sequence'],
    ['bounced', 'sales', 'bounced', null],
    ['unsubscribed', 'marketing', 'unsubscribed', null],
    ['meeting-booked', 'sales', 'meeting-booked', null],
  ] as const)('of kind %s by %s mail is told as %s of %s', async (kind, channel, told, by) => {
    const contactId = ids[0] ?? '';
    await engage(portal, { contactId, kind, channel });
    expect(await events()).toEqual([
      {
        id: `hubspot:${contactId}:${told}:${NOON}`,
        person: `p:${contactId}`,
        kind: told,
        at: NOON,
        channel: by,
        target: null,
      },
    ]);
  });

  it('is read a hundred people a call, in pages of those who did something', async () => {
    const tool = aTool(portal);
    await engage(portal, { contactId: ids[100] ?? '', kind: 'opened' });
    expect(await events(0, tool)).toHaveLength(1);
    expect(tool.calls()).toEqual({ 'contacts-batch-read': 2 });
  });

  it('asks for histories only where an opt-out or a bounce may be new', async () => {
    const [first = '', second = ''] = ids;
    await engage(portal, { contactId: first, kind: 'unsubscribed' });
    portal.clock.advance(DAY_MS);
    await engage(portal, { contactId: second, kind: 'bounced' });
    const tool = aTool(portal);
    expect((await events(NOON + DAY_MS, tool)).map(({ person }) => person)).toEqual([`p:${second}`]);
    expect(tool.calls()).toEqual({ 'contacts-batch-read': 3 });
    const later = aTool(portal);
    expect(await events(NOON + DAY_MS + 1, later)).toEqual([]);
    expect(later.calls()).toEqual({ 'contacts-batch-read': 2 });
  });

  it('dates an opt-out by the last time, when somebody had come back in between', async () => {
    const contactId = ids[0] ?? '';
    await engage(portal, { contactId, kind: 'unsubscribed' });
    portal.clock.advance(DAY_MS);
    stampObject(portal.portal.contacts, contactId, { hs_email_optout: 'false' });
    portal.clock.advance(DAY_MS);
    await engage(portal, { contactId, kind: 'unsubscribed' });
    portal.clock.advance(DAY_MS);
    stampObject(portal.portal.contacts, contactId, { hs_email_optout: 'true' });
    expect(await events()).toMatchObject([{ kind: 'unsubscribed', at: NOON + 2 * DAY_MS }]);
  });

  it('has one id for an opt-out without a history, however often the contact changes', async () => {
    const contactId = ids[0] ?? '';
    const answer = (modified: number) => ({
      status: 'COMPLETE',
      results: [
        {
          id: contactId,
          properties: { hs_email_optout: 'true', lastmodifieddate: new Date(modified).toISOString() },
        },
      ],
    });
    const told: EngagementEvent[] = [];
    for (const modified of [NOON, NOON + DAY_MS]) {
      await setFaults(portal, { kind: 'status', status: 200, body: answer(modified), times: 2 });
      const tool = aTool(portal);
      const people = [{ person: 'p', recordId: contactId }];
      told.push(...(await allOf(tool.engagement({ people, since: NOON }))));
    }
    expect(told.map(({ id }) => id)).toEqual(Array(2).fill(`hubspot:${contactId}:unsubscribed:undated`));
    expect(told.map(({ at }) => at)).toEqual([NOON, NOON + DAY_MS]);
  });

  it('of a contact that two people share is the first one’s', async () => {
    const recordId = ids[0] ?? '';
    await engage(portal, { contactId: recordId, kind: 'opened' });
    const people = [
      { person: 'p:one', recordId },
      { person: 'p:other', recordId },
    ];
    const told = await allOf(aTool(portal).engagement({ people, since: 0 }));
    expect(told.map(({ person }) => person)).toEqual(['p:one']);
  });

  it('throws what stops it', async () => {
    await setFaults(portal, { kind: 'expire-session' });
    expect(await errorOf(events())).toMatchObject({ kind: 'Authentication' });
  });
});

describe('who may get marketing mail', () => {
  it('is unknown where HubSpot shows no status, and forbidden where it says no', async () => {
    const [first = '', second = ''] = ids;
    stampObject(portal.portal.contacts, first, { hs_marketable_status: 'false' });
    stampObject(portal.portal.contacts, second, { hs_marketable_status: 'true' });
    const persons = ['p0', 'p1', 'p2'].map((name) => aPerson(`${name}@example.org`));
    const readings = await aTool(portal).consent(persons);
    expect(readings.map(({ marketable }) => marketable)).toEqual([false, true, null]);
  });
});
