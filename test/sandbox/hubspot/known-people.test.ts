import { afterEach, describe, expect, it } from '@jest/globals';
import type { HubspotServer } from '../../../src/sandbox/hubspot/start.js';
import type { BookPeople } from '../../../src/sandbox/hubspot/store/base-contacts.js';
import { knownPeople } from '../../../src/sandbox/hubspot/store/known-people.js';
import { SEQUENCE_NAMES } from '../../../src/sandbox/hubspot/store/sequences.js';
import { aClient, aPortal, peopleOf } from '../../support/hubspot-portal.js';

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

let portal: HubspotServer | undefined;
afterEach(async () => {
  await portal?.close();
  portal = undefined;
});

describe('the people that a portal knows', () => {
  it('are about 60 % of the book, some opted out, bounced, in a sequence, or under an older address', () => {
    const known = knownPeople(manyPeople(10_000), 7, SEQUENCE_NAMES.length);
    const contacts = Array.from({ length: 10_000 }, (_, index) => known.at(index)).filter(
      (one) => one !== null,
    );
    const share = (test: (contact: (typeof contacts)[number]) => boolean): number =>
      contacts.filter(test).length / contacts.length;
    expect(contacts.length / 10_000).toBeCloseTo(0.6, 1);
    expect(share((one) => one.optedOut)).toBeCloseTo(0.05, 1);
    expect(share((one) => one.optedOut)).toBeGreaterThan(0);
    expect(share((one) => one.bounced)).toBeGreaterThan(0.01);
    expect(share((one) => one.inSequence !== null)).toBeGreaterThan(0.01);
    expect(share((one) => one.secondaryEmails.length > 0)).toBeGreaterThan(0.01);
    expect(share((one) => one.marketable === true)).toBeCloseTo(0.95, 1);
    expect(share((one) => one.marketable === false)).toBeGreaterThan(0.01);
  });

  it('are found by every address that they have, and follow from the seed', () => {
    const known = knownPeople(manyPeople(1_000), 7, 2);
    const again = knownPeople(manyPeople(1_000), 7, 2);
    const slots = Array.from({ length: 1_000 }, (_, index) => index);
    expect(slots.map(again.at)).toEqual(slots.map(known.at));
    const addresses = slots.flatMap((slot) => {
      const contact = known.at(slot);
      return contact === null
        ? []
        : [contact.email, ...contact.secondaryEmails].map((email) => ({ slot, email }));
    });
    const lost = addresses.filter(({ slot, email }) => known.indexOfEmail(email.toUpperCase()) !== slot);
    expect(lost).toEqual([]);
  });

  it('are one for each address, however many rows carry it, and none without an address', () => {
    const names = { firstName: 'A', lastName: 'B', companyName: '' };
    const rows = Array.from({ length: 200 }, (_, index) => ({
      ...names,
      email: index % 2 === 0 ? ' SAME@example.org' : '',
    }));
    const known = knownPeople(peopleOf(rows), 3, 2);
    expect(rows.filter((_, index) => known.at(index) !== null).length).toBeLessThanOrEqual(1);
  });

  it('can be a million without being kept: found by address, written to, and listed', async () => {
    const contacts = knownPeople(manyPeople(1_000_000), 7, SEQUENCE_NAMES.length);
    portal = await aPortal({ contacts });
    const client = aClient(portal);
    const inputs = Array.from({ length: 100 }, (_, index) => ({
      id: `person.${index * 9_999}@book.example`,
    }));
    const read = await client.crm.contacts.batchApi.read({
      inputs,
      properties: ['email', 'hs_additional_emails'],
      propertiesWithHistory: [],
      idProperty: 'email',
    });
    expect(read.results.length).toBeGreaterThan(40);
    const first = read.results[0];
    await client.crm.contacts.basicApi.update(first?.id ?? '', { properties: { firstname: 'Changed' } });
    const page = await client.crm.contacts.basicApi.getPage(2, first?.id, ['firstname']);
    expect(page.results[0]?.properties.firstname).toBe('Changed');
    expect(page.results[1]?.properties.firstname).toBe('P');
  });

  it('are in the sequence that the state endpoint tells', async () => {
    portal = await aPortal({ contacts: knownPeople(manyPeople(2_000), 7, SEQUENCE_NAMES.length) });
    const client = aClient(portal);
    const enrolled = [...portal.portal.contacts.rows.scan()].filter(
      (one) => one.properties.hs_sequences_is_enrolled === 'true',
    );
    expect(enrolled.length).toBeGreaterThan(0);
    const { id, properties } = enrolled[0] ?? { id: '', properties: {} as Record<string, string> };
    const answer = await client.apiRequest({
      method: 'GET',
      path: `/automation/v4/sequences/enrollments/contact/${id}`,
    });
    expect(await answer.json()).toMatchObject({
      sequenceId: properties.hs_latest_sequence_enrolled,
      toEmail: properties.email,
    });
  });
});
