import { describe, expect, it } from '@jest/globals';
import { generateBook } from '../../../src/sandbox/book/generate-book.js';
import { people } from '../../../src/sandbox/book/people.js';
import { knownPeople } from '../../../src/sandbox/hubspot/store/known-people.js';

const BOOK = generateBook({ accounts: 600, seed: 3, now: Date.parse('2026-03-02T09:00:00Z') });

describe('the people of a book', () => {
  it('are found by address as an index over all of them would', () => {
    const { contactWithEmail: _, ...unaided } = BOOK;
    const computed = people(BOOK);
    const indexed = people(unaided);
    for (let index = 0; index < computed.count; index += 1) {
      const { email } = computed.at(index);
      if (email !== '') expect(computed.indexOfEmail(email)).toBe(indexed.indexOfEmail(email));
    }
    expect(computed.indexOfEmail('nobody@nowhere.example')).toBe(-1);
  });

  it('share some addresses, and leave some blank', () => {
    const all = people(BOOK);
    const emails = Array.from({ length: all.count }, (_, index) => all.at(index).email.toLowerCase());
    expect(emails.filter((email) => email === '').length).toBeGreaterThan(20);
    expect(new Set(emails).size).toBeLessThan(emails.filter((email) => email !== '').length);
  });

  it('fill a marketing portal in part', () => {
    const portal = knownPeople(people(BOOK), 3, 2);
    const known = Array.from({ length: portal.count }, (_, index) => portal.at(index)).filter(
      (one) => one !== null,
    );
    expect(known.length / portal.count).toBeGreaterThan(0.4);
    expect(known.length / portal.count).toBeLessThan(0.7);
    expect(known.some((one) => one.optedOut)).toBe(true);
  });
});
