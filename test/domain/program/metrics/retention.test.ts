import { describe, expect, it } from '@jest/globals';
import { mappedAll } from '../../facts/builders.js';
import { type AccountDraft, day, recordAt, recordsOf, valueAt } from './builders.js';

const SINCE = day('2020-01-01');

function customer(account: Readonly<Record<string, number | boolean>> = {}): AccountDraft {
  return { account: { customerSince: SINCE, churned: false, ...account } };
}

function gone(on: string): AccountDraft {
  return customer({ churned: true, churnedOn: day(on) });
}

function deal(type: string, won: boolean, closeOn: string, amount: number | null) {
  return { type, closed: true, won, closeOn: day(closeOn), amount };
}

describe('churn', () => {
  const accounts = [customer(), customer(), customer(), gone('2026-03-01')];

  it('is the share that left, of the customers of a year before', () => {
    const records = recordsOf({ accounts });
    expect(recordAt(records, 'churn')).toMatchObject({ value: 25, numerator: 1, denominator: 4, sample: 4 });
    expect(recordAt(records, 'retention-logo')).toMatchObject({ value: 75 });
  });

  it('leaves out who came within the year, and who had left before it', () => {
    const young = customer({ customerSince: day('2026-02-01') });
    expect(valueAt({ accounts: [...accounts, young, gone('2025-11-26')] }, 'churn')).toBe(25);
    expect(valueAt({ accounts: [...accounts, gone('2025-11-27')] }, 'churn')).toBe(40);
  });

  it('says nothing of who left on an unknown day, or came on one', () => {
    const unknown = customer({ churned: true });
    const nameless: AccountDraft = { account: { churned: false } };
    expect(recordAt(recordsOf({ accounts: [unknown, nameless] }), 'churn')).toMatchObject({
      value: null,
      sample: 0,
      met: 'too little data',
    });
  });

  it('tells a period that is over as of its last day', () => {
    const book = { accounts: [...accounts, gone('2026-11-03')] };
    expect(valueAt(book, 'churn', { period: '2026-10' })).toBe(20);
    expect(valueAt(book, 'churn', { period: '2026-11' })).toBe(40);
  });
});

describe('revenue retention', () => {
  const accounts: readonly AccountDraft[] = [
    {
      ...customer(),
      opportunities: [
        deal('renewal', true, '2026-06-01', 900),
        deal('expansion', true, '2026-07-01', 300),
        deal('expansion', false, '2026-07-02', 5_000),
      ],
    },
    { ...customer(), opportunities: [deal('renewal', false, '2026-05-01', 100)] },
    // Without a renewal in the year its expansion says nothing of what was retained.
    { ...customer(), opportunities: [deal('expansion', true, '2026-05-01', 77)] },
    { ...customer(), opportunities: [deal('renewal', false, '2025-11-26', 9_999)] },
  ];

  it('is what was renewed, of what was up for renewal', () => {
    expect(recordAt(recordsOf({ accounts }), 'retention')).toMatchObject({
      value: 90,
      numerator: 900,
      denominator: 1_000,
      sample: 2,
      target: 90,
      met: 'met',
    });
  });

  it('with growth may pass a hundred', () => {
    expect(valueAt({ accounts }, 'retention-net')).toBe(120);
  });

  it('leaves out deals without an amount', () => {
    const unknown = { ...customer(), opportunities: [deal('renewal', false, '2026-05-01', null)] };
    expect(valueAt({ accounts: [...accounts, unknown] }, 'retention')).toBe(90);
  });

  describe('where no renewal of the year was recorded as won', () => {
    const lost = { ...customer(), opportunities: [deal('renewal', false, '2026-05-01', 100)] };
    const grew = [deal('renewal', false, '2026-05-01', 100), deal('expansion', true, '2026-06-01', 217)];
    const book = {
      accounts: [...Array.from({ length: 39 }, () => lost), { ...customer(), opportunities: grew }],
    };

    it('is too little data, with growth too: those who stay are not recorded', () => {
      const records = recordsOf(book);
      for (const metric of ['retention', 'retention-net'] as const)
        for (const tier of ['All', 'digital'])
          expect(recordAt(records, metric, { tier })).toMatchObject({
            value: null,
            sample: 40,
            met: 'too little data',
          });
    });

    it('is told of a tier that lost them all as soon as one of another tier was won', () => {
      const won = {
        ...customer(),
        tier: 'hybrid',
        opportunities: [deal('renewal', true, '2026-05-01', 100)],
      };
      const records = recordsOf({ accounts: [...book.accounts, won] });
      expect(recordAt(records, 'retention')).toMatchObject({ value: 2.4, sample: 41 });
      expect(recordAt(records, 'retention', { tier: 'digital' })).toMatchObject({ value: 0, sample: 40 });
    });

    it('is told of a year in which some were won, whatever the year before it looks like', () => {
      const won = { ...customer(), opportunities: [deal('renewal', true, '2026-11-20', 100)] };
      const records = recordsOf({ accounts: [...book.accounts, won] });
      expect(recordAt(records, 'retention', { period: '2026-10' })?.value).toBeNull();
      expect(recordAt(records, 'retention')?.value).toBe(2.4);
    });
  });

  it('falls back to the revenue of those who left where deals are not mapped', () => {
    const mapped = new Set([...mappedAll()].filter((name) => !name.startsWith('opportunity.')));
    const book = {
      mapped,
      accounts: [customer({ arr: 300 }), { account: { ...gone('2026-03-01').account, arr: 100 } }],
    };
    expect(recordAt(recordsOf(book), 'retention')).toMatchObject({ value: 75, denominator: 400 });
    expect(valueAt(book, 'retention', { period: '2026-10' })).toBeUndefined();
  });
});

describe('upsell', () => {
  it('is the share of customers with an expansion won in the year', () => {
    const accounts: readonly AccountDraft[] = [
      { ...customer(), opportunities: [deal('expansion', true, '2026-02-01', 10)] },
      { ...customer(), opportunities: [deal('expansion', true, '2025-02-01', 10)] },
      { ...customer(), opportunities: [deal('expansion', false, '2026-02-01', 10)] },
      { ...gone('2026-06-01'), opportunities: [deal('expansion', true, '2026-02-01', 10)] },
      customer(),
    ];
    expect(recordAt(recordsOf({ accounts }), 'upsell')).toMatchObject({ value: 25, denominator: 4 });
  });
});
