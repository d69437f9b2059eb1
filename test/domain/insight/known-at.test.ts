import { describe, expect, it } from '@jest/globals';
import type { RecordKind, RecordValue } from '../../../src/domain/facts/record.js';
import type { StampedRow } from '../../../src/domain/insight/as-of.js';
import { alsoKnown, type KnownAt, knownAt } from '../../../src/domain/insight/known-at.js';
import { aBasis, noon, valueIn } from '../facts/builders.js';

const CUT = 20_000;
const LATER = CUT + 30;

let made = 0;
function row(values: Readonly<Record<string, RecordValue>>, writtenOn: number): StampedRow {
  made += 1;
  return { id: `R${made}`, accountId: 'A', values, stamp: noon(writtenOn) };
}

type Rows = Partial<Record<Exclude<RecordKind, 'account'>, readonly StampedRow[]>>;

function known(rows: Rows, account = row({ name: 'Acme', seats: 10, createdAt: noon(CUT - 900) }, CUT - 5)) {
  const found = knownAt({ account, rows }, aBasis({ today: CUT }));
  if (found === null) throw new Error('the account was not there yet');
  return found;
}

function told(at: KnownAt, ...ids: readonly string[]) {
  return ids.map((id) => valueIn(at.facts, id));
}

describe('What was known of an account', () => {
  it('is nothing before there was one', () => {
    const account = row({ name: 'Acme', createdAt: noon(LATER) }, LATER);
    expect(knownAt({ account, rows: {} }, aBasis({ today: CUT }))).toBeNull();
  });

  it('holds a case that was closed later as open, its priority only where nobody has written it since', () => {
    const open = { openedAt: noon(CUT - 20), closedAt: noon(LATER), closed: true, priority: 'critical' };
    const at = known({ case: [row(open, LATER)] });
    expect(told(at, 'cases.open', 'cases.openedLast30', 'cases.openCritical')).toEqual([1, 1, null]);
    const untouched = { ...open, closedAt: null, closed: false };
    expect(told(known({ case: [row(untouched, CUT - 1)] }), 'cases.open', 'cases.openCritical')).toEqual([
      1, 1,
    ]);
  });

  it('counts what needs a lost attribute as unknown, and what does not as ever', () => {
    const closed = {
      openedAt: noon(CUT - 30),
      closedAt: noon(CUT - 10),
      closed: true,
      csat: 5,
      priority: 'high',
    };
    const at = known({ case: [row(closed, LATER)] });
    expect(told(at, 'cases.csatMean90', 'cases.medianHoursToResolution90')).toEqual([null, 480]);
    expect(told(at, 'cases.open', 'cases.openCritical')).toEqual([0, 0]);
  });

  it('holds a renewal that closed later as open, whatever its stamp says', () => {
    const won = {
      type: 'renewal',
      closed: true,
      won: true,
      closeOn: LATER,
      createdAt: noon(CUT - 1),
      amount: 9,
    };
    for (const stamp of [CUT, LATER]) {
      const at = known({ opportunity: [row(won, stamp)] });
      expect(told(at, 'opportunities.open', 'opportunities.won365')).toEqual([1, 0]);
      expect(told(at, 'opportunities.openAmount', 'opportunities.nextRenewalOn')).toEqual([null, null]);
    }
  });

  it('does not know of a deal that was due before whether it was won, once it was written again', () => {
    const deal = {
      type: 'new',
      closed: true,
      won: true,
      closeOn: CUT - 10,
      createdAt: noon(CUT - 50),
      amount: 9,
    };
    expect(told(known({ opportunity: [row(deal, CUT - 10)] }), 'opportunities.won365')).toEqual([1]);
    expect(told(known({ opportunity: [row(deal, LATER)] }), 'opportunities.won365')).toEqual([null]);
  });

  it('does not count a contact of whom it is not known whether it was there', () => {
    const at = known({ contact: [row({ email: 'a@example.com', role: 'sponsor' }, LATER)] });
    expect(told(at, 'contacts.count', 'contacts.sponsors')).toEqual([null, null]);
  });

  it('does not believe a day that lies ahead, unless it is a plan', () => {
    const contact = row({ email: 'a@example.com', lastLoginOn: LATER, createdAt: noon(CUT - 50) }, CUT - 50);
    const account = row({ name: 'Acme', renewalOn: LATER, createdAt: noon(CUT - 900) }, CUT - 5);
    expect(
      told(known({ contact: [contact] }, account), 'contacts.lastLoginOn', 'account.daysToRenewal'),
    ).toEqual([null, 30]);
  });

  it('takes from history what the rows no longer tell, and nothing that they do', () => {
    const account = row({ name: 'Acme', seats: 99, createdAt: noon(CUT - 900) }, LATER);
    const at = known({ case: [] }, account);
    const filled = alsoKnown(at, {
      'account.seats': { value: 12, asOf: CUT - 3 },
      'cases.open': { value: 7, asOf: CUT - 3 },
      'account.industry': { value: 'Retail', asOf: CUT + 1 },
    });
    expect(told(at, 'account.seats', 'cases.open')).toEqual([null, 0]);
    expect(told(filled, 'account.seats', 'cases.open', 'account.industry')).toEqual([12, 0, null]);
  });
});
