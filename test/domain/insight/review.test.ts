import { describe, expect, it } from '@jest/globals';
import { parseDay } from '../../../src/domain/day.js';
import { FACTS } from '../../../src/domain/facts/catalogue.js';
import type { Facts } from '../../../src/domain/facts/fact.js';
import type { CrmRow } from '../../../src/domain/facts/record.js';
import { assessHealth } from '../../../src/domain/health/assess-health.js';
import { advocacyOf } from '../../../src/domain/insight/review/advocacy.js';
import { consumptionGaps } from '../../../src/domain/insight/review/consumption.js';
import { contradictionOf } from '../../../src/domain/insight/review/contradiction.js';
import { ranked } from '../../../src/domain/insight/review/ranked.js';
import { singleThread } from '../../../src/domain/insight/review/thread.js';
import { urgencyOf } from '../../../src/domain/insight/review/urgency.js';
import { SIGNALS } from '../../../src/domain/signals/catalogue.js';
import { aDimension, aModel, aPolicy, aSignal } from '../health/builders.js';

const TODAY = parseDay('2026-11-27') ?? Number.NaN;
const facts = (values: Readonly<Record<string, number | string | boolean | null>>) =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { value, asOf: TODAY }]));

describe('urgency', () => {
  const calm = { renewalOn: TODAY + 365, daysToRenewal: 365, escalations: 0, depth: 0 };

  it('grows with a near renewal, open escalations and depth, from 0 to 100', () => {
    expect(urgencyOf(calm).points).toBe(0);
    expect(urgencyOf({ ...calm, renewalOn: TODAY + 20, daysToRenewal: 20 }).points).toBe(50);
    expect(urgencyOf({ ...calm, escalations: 1 }).points).toBe(15);
    expect(urgencyOf({ ...calm, depth: 60 }).points).toBe(12);
    const all = { renewalOn: TODAY - 3, daysToRenewal: -3, escalations: 7, depth: 100 };
    expect(urgencyOf(all)).toMatchObject({ points: 100, renewalOn: '2026-11-24' });
    expect(urgencyOf(all).because).toBe('renewal on 24 Nov 2026, which has passed; 7 open escalations');
  });

  it('says where nothing is known', () => {
    const unknown = urgencyOf({ renewalOn: null, daysToRenewal: null, escalations: null, depth: 50 });
    expect(unknown).toMatchObject({ points: 10, because: 'no renewal date is known' });
  });
});

describe('what is paid for and not used', () => {
  it('is told from half unused on, the wider gap first', () => {
    const gaps = consumptionGaps(
      facts({
        'account.seats': 40,
        'usage.activeUsers28': 20,
        'account.featuresEntitled': 10,
        'usage.featuresUsed90': 1,
      }),
    );
    expect(gaps.map(({ what, unusedPercent }) => [what, unusedPercent])).toEqual([
      ['features', 90],
      ['seats', 50],
    ]);
    expect(gaps[1]?.evidence).toContain('20 of 40 licensed seats');
  });

  it('is not told where use is unknown, or above what was bought', () => {
    expect(consumptionGaps(facts({ 'account.seats': 40, 'usage.activeUsers28': null }))).toEqual([]);
    expect(consumptionGaps(facts({ 'account.seats': 4, 'usage.activeUsers28': 9 }))).toEqual([]);
    expect(consumptionGaps(facts({ 'account.seats': 10, 'usage.activeUsers28': 6 }))).toEqual([]);
  });
});

describe('what lies beneath', () => {
  const own = (id: 'nps' | 'valuePerception') => ({ id, ...SIGNALS[id] });
  const policy = aPolicy(
    aModel([
      aDimension('adoption', [aSignal('x')], { label: 'Adoption' }),
      aDimension('sentiment', [own('nps'), own('valuePerception')], { label: 'Sentiment' }),
    ]),
    { watermelon: { surface: 'adoption', dimensions: ['sentiment'], signs: [], cap: 69 } },
  );
  const evidenceOf = (values: Parameters<typeof facts>[0]) => {
    const known = facts({ x: 95, ...values });
    const question = { policy, facts: known, pulse: null, base: null, today: TODAY };
    const health = assessHealth(question).assessment;
    const found = contradictionOf({ policy, health, facts: known, today: TODAY, definitions: FACTS });
    return found?.hidden.flatMap(({ evidence }) => evidence);
  };
  const said = { 'account.valuePerception': 'no-longer-needed' };

  it('is no complaint where only a review is old or missing', () => {
    const signs = ['account.criteriaReviewedOn', 'account.usedAsIntended'].map((fact) => ({
      id: fact,
      label: fact,
      when: { source: fact, facts: [fact], evaluate: (known: Facts) => known[fact]?.value != null },
    }));
    const rules = { surface: 'adoption', dimensions: [], signs, cap: 69 };
    const looked = { ...policy, watermelon: rules };
    const complaintOf = (values: Parameters<typeof facts>[0]) => {
      const known = facts({ x: 95, ...values });
      const question = { policy: looked, facts: known, pulse: null, base: null, today: TODAY };
      const health = assessHealth(question).assessment;
      return contradictionOf({ policy: looked, health, facts: known, today: TODAY, definitions: FACTS })
        ?.complaint;
    };
    const old = { 'account.criteriaReviewedOn': TODAY - 200 };
    expect(complaintOf(old)).toBe(false);
    expect(complaintOf({ ...old, 'account.usedAsIntended': 'no' })).toBe(true);
  });

  it('is told once where value perception is derived from the NPS answer beside it', () => {
    const derived = { 'account.valuePerceptionDerived': true, 'account.valueFromNps': 2 };
    expect(evidenceOf({ ...said, ...derived, 'surveys.npsLatest': 2 })).toEqual([
      'Sentiment: NPS answer 2 of 10',
    ]);
  });

  it('is told by both where the customer was asked', () => {
    const asked = { 'account.valuePerceptionDerived': false, 'account.valueAsked': 'no-longer-needed' };
    expect(evidenceOf({ ...said, ...asked, 'surveys.npsLatest': 2 })).toEqual([
      'Sentiment: the product is seen as no longer needed',
      'Sentiment: NPS answer 2 of 10',
    ]);
  });
});

const row = (id: string, values: CrmRow['values']): CrmRow => ({ id, accountId: 'A1', values });
const account = row('A1', {});

describe('an account that hangs on one person', () => {
  const ann = row('C1', { role: 'Economic Buyer', email: 'ann@customer.example', lastLoginOn: TODAY - 5 });
  const bob = row('C2', { role: 'User', email: 'bob@customer.example', lastLoginOn: TODAY - 200 });

  it('is told by role, and names nobody', () => {
    const thread = singleThread({ account, rows: { contact: [ann, bob] } }, TODAY);
    expect(thread).toMatchObject({ role: 'economic buyer', contacts: 2, lastOn: '2026-11-22' });
    expect(JSON.stringify(thread)).not.toContain('customer.example');
    expect(thread?.evidence).toContain('Of 2 contacts only one, the economic buyer');
  });

  it('is none where a second person answered, or nobody was heard of', () => {
    const answer = row('E1', { contactId: 'C2', kind: 'replied', on: TODAY - 3 });
    const two = { account, rows: { contact: [ann, bob], engagement: [answer] } };
    expect(singleThread(two, TODAY)).toBeNull();
    expect(singleThread({ account, rows: { contact: [bob] } }, TODAY)).toBeNull();
  });

  it('does not count who has left', () => {
    const gone = row('C3', { left: true, lastLoginOn: TODAY - 1 });
    expect(singleThread({ account, rows: { contact: [ann, gone] } }, TODAY)?.contacts).toBe(1);
  });
});

describe('who may speak for us', () => {
  const promoter = {
    'surveys.npsLatest': 9,
    'surveys.npsOn': TODAY - 9,
    'account.valuePerception': 'essential',
  };

  it('is healthy, a promoter and calls us essential, each with its evidence', () => {
    const found = advocacyOf(facts({ ...promoter, 'account.referenceWilling': true }), {
      band: 'healthy',
      score: 91,
    });
    expect(found).toEqual({
      willing: true,
      evidence: [
        'Promoter: NPS answer 9 of 10, given on 18 Nov 2026',
        'Essential, by their own word',
        'Healthy, score 91',
        'Willing to be a reference',
      ],
    });
    expect(advocacyOf(facts(promoter), { band: 'watch', score: 60 })).toBeNull();
    expect(advocacyOf(facts(promoter), { band: 'healthy', score: 91 })?.willing).toBeNull();
  });
});

describe('a list by tier', () => {
  it('keeps the first of each tier, counts all, and has tiers in their order', () => {
    const list = ranked<number>((a, b) => b - a, 2);
    for (const [tier, value] of [
      ['digital', 1],
      ['digital', 9],
      ['odd', 4],
      ['digital', 5],
      ['hybrid', 2],
    ] as const)
      list.add(tier, value);
    expect(list.tiers(['hybrid', 'digital'])).toEqual([
      { tier: 'hybrid', found: 1, shown: [2] },
      { tier: 'digital', found: 3, shown: [9, 5] },
      { tier: 'odd', found: 1, shown: [4] },
    ]);
  });
});
