import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseDay } from '../../../src/domain/day.js';
import { FACTS_OF_ACCOUNT } from '../../../src/domain/facts/catalogue.js';
import { contactFacts, deriveFacts } from '../../../src/domain/facts/derive.js';
import { aBasis, aRow, day, mappedAll, noon, TODAY, valueIn } from './builders.js';

describe('facts of an account', () => {
  it('hold every id of the catalogue, unknown where nothing is mapped', () => {
    const facts = deriveFacts(
      {
        account: aRow({ seats: 10 }),
        rows: {},
      },
      aBasis({ mapped: new Set(['account.name']) }),
    );
    expect(Object.keys(facts)).toEqual(Object.keys(FACTS_OF_ACCOUNT));
    expect(Object.values(facts).every((fact) => fact.value === null && fact.asOf === null)).toBe(true);
  });

  it('tell no case object from no cases', () => {
    const unreadable = deriveFacts({ account: aRow({}), rows: {} }, aBasis());
    const none = deriveFacts({ account: aRow({}), rows: { case: [] } }, aBasis());
    expect(valueIn(unreadable, 'cases.open')).toBeNull();
    expect(valueIn(none, 'cases.open')).toBe(0);
    expect(valueIn(none, 'cases.medianHoursToResolution90')).toBeNull();
    expect(valueIn(none, 'cases.oldestOpenOn')).toBeNull();
  });

  it('leave out what needs an attribute that is not mapped, though its rows can be read', () => {
    const mapped = mappedAll();
    mapped.delete('case.priority');
    const facts = deriveFacts({ account: aRow({}), rows: { case: [] } }, aBasis({ mapped }));
    expect(valueIn(facts, 'cases.openCritical')).toBeNull();
    expect(valueIn(facts, 'cases.open')).toBe(0);
  });

  it('do not depend on the order of rows', () => {
    const rows = fc.array(
      fc.record({
        openedAt: fc.integer({ min: TODAY - 200, max: TODAY + 3 }).map(noon),
        closed: fc.boolean(),
        priority: fc.constantFrom('critical', 'High', null),
        csat: fc.constantFrom(1, 2.7, 4.1, null),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(rows, fc.func(fc.integer()), (cases, key) => {
        const made = cases.map((values, n) => aRow(values, `500${n}`));
        const shuffled = [...made].sort((a, b) => key(a.id) - key(b.id));
        const facts = (list: typeof made) =>
          deriveFacts({ account: aRow({}), rows: { case: list } }, aBasis());
        expect(facts(shuffled)).toEqual(facts(made));
      }),
    );
  });

  it('of deals, answers, contacts and use do not depend on the order of rows either', () => {
    const on = fc.integer({ min: TODAY - 400, max: TODAY + 2 });
    const amount = fc.double({ min: 0, max: 1e6, noNaN: true });
    const row = fc.record({
      on,
      closeOn: on,
      answeredOn: on,
      lastLoginOn: on,
      amount,
      count: amount,
      keyActions: amount,
      score: amount,
      won: fc.boolean(),
      closed: fc.boolean(),
      kind: fc.constantFrom('nps', 'csat', 'meeting'),
      type: fc.constantFrom('renewal', 'expansion', null),
      lostReason: fc.constantFrom('price', 'fit', null),
      feature: fc.constantFrom('a', 'b', null),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), (values) => {
        const list = values.map((held, n) => aRow(held, `row${n}`));
        const facts = (given: typeof list) => {
          const rows = { opportunity: given, survey: given, contact: given, usage: given, activity: given };
          return deriveFacts({ account: aRow({}), rows }, aBasis());
        };
        expect(facts(list.toReversed())).toEqual(facts(list));
      }),
    );
  });

  it('carry custom fields as custom facts', () => {
    const account = aRow({ 'custom.contract': 'Gold' });
    const basis = aBasis({ custom: [{ name: 'contract', type: 'text' }] });
    expect(valueIn(deriveFacts({ account, rows: {} }, basis), 'custom.contract')).toBe('Gold');
  });
});

describe('revenue', () => {
  it('sums the parts that are known, and is unknown where none is', () => {
    const facts = (values: Record<string, number>) =>
      deriveFacts({ account: aRow(values), rows: { opportunity: [] } }, aBasis());
    expect(valueIn(facts({ arr: 1200, serviceRevenue12m: 300 }), 'account.revenue12m')).toBe(1500);
    expect(valueIn(facts({}), 'account.revenue12m')).toBeNull();
  });

  it('is what was won in a year where the account has no revenue field', () => {
    const mapped = new Set(['opportunity.amount', 'opportunity.won', 'opportunity.closeOn']);
    const opportunity = [aRow({ won: true, amount: 900, closeOn: TODAY - 20 })];
    const facts = deriveFacts({ account: aRow({}), rows: { opportunity } }, aBasis({ mapped }));
    expect(valueIn(facts, 'account.revenue12m')).toBe(900);
    expect(valueIn(facts, 'account.customerSince')).toBe(TODAY - 20);
  });

  it('is converted at today’s rate, closed deals at the rate of their day, unknown currencies not at all', () => {
    const rates = {
      corporate: 'EUR',
      current: { EUR: 1, USD: 1.25 },
      dated: { USD: [{ from: TODAY - 400, rate: 2 }] },
    };
    const opportunity = [aRow({ won: true, amount: 100, currency: 'USD', closeOn: TODAY - 5 })];
    const at = (currency: string) =>
      deriveFacts({ account: aRow({ arr: 100, currency }), rows: { opportunity } }, aBasis({ rates }));
    expect(valueIn(at('USD'), 'account.arr')).toBe(80);
    expect(valueIn(at('USD'), 'opportunities.wonAmount365')).toBe(50);
    expect(valueIn(at('XYZ'), 'account.arr')).toBeNull();
  });
});

describe('cases', () => {
  it('count whole local days, and none that opens tomorrow', () => {
    const cases = [TODAY + 1, TODAY, TODAY - 6, TODAY - 7].map((on, n) =>
      aRow({ openedAt: noon(on) }, `${n}`),
    );
    const facts = deriveFacts({ account: aRow({}), rows: { case: cases } }, aBasis());
    expect(valueIn(facts, 'cases.openedLast7')).toBe(2);
    expect(valueIn(facts, 'cases.openedLast30')).toBe(3);
  });

  it('name the day on which the fourth case within a month was opened', () => {
    const days = [day('2026-08-01'), day('2026-08-02'), day('2026-08-03'), day('2026-08-30')];
    const surge = (list: number[]) => {
      const rows = { case: list.map((on, n) => aRow({ openedAt: noon(on) }, `${n}`)) };
      return valueIn(deriveFacts({ account: aRow({}), rows }, aBasis()), 'cases.surgeOn');
    };
    expect(surge(days)).toBe(parseDay('2026-08-30'));
    expect(surge([...days, day('2026-08-30'), day('2026-08-31')])).toBe(day('2026-08-30'));
    expect(surge(days.slice(0, 3))).toBeNull();
    expect(surge([...days.slice(0, 3), day('2026-08-31')])).toBeNull();
  });
});

describe('usage', () => {
  const daily = (from: number, to: number, count: number) =>
    Array.from({ length: to - from + 1 }, (_, n) =>
      aRow({ on: from + n, count, activeUsers: 3, feature: n % 2 ? 'a' : 'b' }, `u${from + n}`),
    );

  it('compares a day of the last 28 with a day of the 12 weeks before', () => {
    const usage = [...daily(TODAY - 111, TODAY - 28, 4), ...daily(TODAY - 27, TODAY, 3)];
    const facts = deriveFacts({ account: aRow({ seats: 6 }), rows: { usage } }, aBasis());
    expect(valueIn(facts, 'usage.trend')).toBe(-25);
    expect(valueIn(facts, 'usage.licenceUse')).toBe(50);
    expect(valueIn(facts, 'usage.featuresUsed90')).toBe(2);
  });

  it('is as old as its feed: the windows end there, and say so', () => {
    const usage = [...daily(TODAY - 150, TODAY - 68, 4), ...daily(TODAY - 67, TODAY - 40, 4)];
    const facts = deriveFacts(
      {
        account: aRow({}),
        rows: { usage },
      },
      aBasis({ feeds: { usage: TODAY - 40 } }),
    );
    expect(facts['usage.trend']).toEqual({ value: 0, asOf: TODAY - 40 });
    expect(facts['usage.count28']).toEqual({ value: 112, asOf: TODAY - 40 });
  });

  it('is unknown, not zero, where the feed never held a row', () => {
    const facts = deriveFacts(
      {
        account: aRow({}),
        rows: { usage: [] },
      },
      aBasis({ feeds: { usage: null } }),
    );
    expect(valueIn(facts, 'usage.count28')).toBeNull();
  });

  it('falls back on what the account itself keeps where no usage is mapped', () => {
    const mapped = new Set(['account.featuresUsed', 'account.featuresEntitled', 'account.activeUsers']);
    const account = aRow({ featuresUsed: 3, featuresEntitled: 12, activeUsers: 7 });
    const facts = deriveFacts({ account, rows: {} }, aBasis({ mapped }));
    expect(valueIn(facts, 'usage.featureShare')).toBe(25);
    expect(facts['usage.activeUsers28']).toEqual({ value: 7, asOf: TODAY });
    expect(valueIn(facts, 'usage.count28')).toBeNull();
  });
});

describe('what customers answered', () => {
  it('is as old as the answer, and tells value perception where nobody was asked', () => {
    const survey = [
      aRow({ kind: 'NPS', score: 9, answeredOn: TODAY - 30 }, 's1'),
      aRow({ kind: 'nps', score: 3, answeredOn: TODAY - 200 }, 's2'),
    ];
    const facts = deriveFacts({ account: aRow({}), rows: { survey } }, aBasis());
    expect(facts['surveys.npsLatest']).toEqual({ value: 9, asOf: TODAY - 30 });
    expect(valueIn(facts, 'account.valuePerception')).toBe('essential');
    expect(valueIn(facts, 'account.valuePerceptionDerived')).toBe(true);
    expect([valueIn(facts, 'account.valueAsked'), valueIn(facts, 'account.valueFromNps')]).toEqual([null, 9]);
    const asked = deriveFacts(
      { account: aRow({ valuePerception: 'Nice to have' }), rows: { survey } },
      aBasis(),
    );
    expect([valueIn(asked, 'account.valueAsked'), valueIn(asked, 'account.valueFromNps')]).toEqual([
      'nice-to-have',
      null,
    ]);
  });
});

describe('facts of a contact', () => {
  it('tell never logged in from not mapped', () => {
    const contact = aRow({ userCreatedOn: TODAY - 7, role: 'Economic Buyer' });
    const facts = contactFacts(contact, undefined, aBasis());
    expect(valueIn(facts, 'contact.loggedIn')).toBe(false);
    expect(valueIn(facts, 'contact.daysSinceUserCreated')).toBe(7);
    expect(valueIn(facts, 'contact.role')).toBe('economic-buyer');
    const blind = contactFacts(contact, undefined, aBasis({ mapped: new Set(['contact.userCreatedOn']) }));
    expect(valueIn(blind, 'contact.loggedIn')).toBeNull();
  });
});
